// The input that an event was read from.
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatInstant } from '../../../format/dates.ts';
import type { SessionId } from '../../../parts/address/session-address.ts';
import { Loaded } from '../../../parts/frame/loaded.tsx';
import { RawInput } from '../../../parts/raw-input/raw-input.tsx';
import { rawQuery } from '../session-queries.ts';

export function EventInput({ id, eventId, timezone }: { id: SessionId; eventId: string; timezone: string }) {
  const query = useQuery(rawQuery({ ...id, eventId }));
  return (
    <Loaded query={query} label="Loading the input">
      {({ raw, source, receivedAt }) =>
        raw === '' ? (
          <Text size="sm" c="dimmed">
            This event has no input: it was simulated, not received.
          </Text>
        ) : (
          <Stack gap={6}>
            <RawInput raw={raw} />
            <Text size="xs" c="dimmed">
              From {source}, received {formatInstant(Date.parse(receivedAt), timezone)}
            </Text>
          </Stack>
        )
      }
    </Loaded>
  );
}
