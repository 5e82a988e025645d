// Says that the server does not answer, and loads everything again when it does.
import { Alert } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useConnectionLost } from '../api/connection.ts';

export function ConnectionBanner() {
  const isLost = useConnectionLost();
  const wasLost = useRef(false);
  const client = useQueryClient();
  useEffect(() => {
    if (wasLost.current && !isLost) client.invalidateQueries();
    wasLost.current = isLost;
  }, [isLost, client]);
  return (
    <div role="status">
      {isLost && (
        <Alert
          color="orange"
          variant="outline"
          mb="md"
          icon={<IconPlugConnectedX aria-hidden />}
          title="The connection to the server is lost"
        >
          What you see is as of the last answer. Offhook tries again every two seconds and goes on by itself.
        </Alert>
      )}
    </div>
  );
}
