// Says that the server cannot be reached, and reloads everything when it is back.
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
          title="Connection to the server lost"
        >
          This page shows the last data received. Offhook tries again every two seconds; you do not need to reload.
        </Alert>
      )}
    </div>
  );
}
