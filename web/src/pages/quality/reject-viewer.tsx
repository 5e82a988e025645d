// One rejected input: why it was rejected, and the input itself.
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { formatInstant } from '../../format/dates.ts';
import { counted, formatCount } from '../../format/numbers.ts';
import { Loaded } from '../../parts/frame/loaded.tsx';
import { RawInput } from '../../parts/raw-input/raw-input.tsx';
import { reasonName } from './reasons.ts';
import { Window } from '../../parts/dialogs/window.tsx';

interface RejectViewerProps {
  accountId: string;
  timezone: string;
  rejectId: string;
  close: () => void;
}

export function RejectViewer({ accountId, timezone, rejectId, close }: RejectViewerProps) {
  const query = useQuery({
    queryKey: ['rejects', accountId, 'one', rejectId],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/admin/accounts/{accountId}/rejects/{rejectId}', {
          params: { path: { accountId, rejectId } },
        }),
      ),
  });
  return (
    <Window title="Rejected input" isOpen close={close} size="xl">
      <Loaded query={query} label="Loading the input">
        {reject => (
          <Stack gap="md">
            <div>
              <Text fw={600}>{reasonName(reject.reason)}</Text>
              <Text>{reject.detail}</Text>
              <Text size="sm" c="dimmed">
                {reject.source}, line {formatCount(reject.position)}, received{' '}
                {formatInstant(Date.parse(reject.receivedAt), timezone)}, {counted(reject.rawChars, 'character')}
                {reject.accountId === '' && ', without an account'}
              </Text>
            </div>
            <RawInput raw={reject.raw} />
          </Stack>
        )}
      </Loaded>
    </Window>
  );
}
