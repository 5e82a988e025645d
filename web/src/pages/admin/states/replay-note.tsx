// Replay of stored events: a preview of what it would change, and the button and command that run it.
import { Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.ts';
import { daysAgo } from '../../../format/days.ts';
import { formatDuration } from '../../../format/durations.ts';
import { counted } from '../../../format/numbers.ts';
import { CopyValue } from '../../../parts/forms/copy-value.tsx';
import { Problem } from '../../../parts/forms/problem.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';

const DAYS = 30;

export function ReplayNote({ accountId }: { accountId: string }) {
  const from = daysAgo(DAYS);
  const preview = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/admin/accounts/{accountId}/replayPreview', {
          params: { path: { accountId } },
          body: { from },
        }),
      ),
  });
  const replay = useSaving({
    save: () =>
      answerOf(api.POST('/api/v1/admin/accounts/{accountId}/replay', { params: { path: { accountId } }, body: {} })),
    affects: ['dataQuality'],
    done: (_, { sessions }) => `Replay done: ${counted(sessions, 'session')} changed.`,
    after: preview.reset,
  });
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={3} size="h4">
          Stored events
        </Title>
        <Text c="dimmed">
          Stored events keep the state they were received with. A replay applies the present settings to them.
        </Text>
        <Group>
          <Button variant="default" onClick={() => preview.mutate()} loading={preview.isPending}>
            Preview a replay
          </Button>
          <Button variant="default" onClick={() => replay.mutate()} loading={replay.isPending}>
            Replay all stored events
          </Button>
        </Group>
        <Problem error={preview.error} title="The preview failed" />
        <Problem error={replay.error} title="The replay failed" />
        <div role="status">
          {preview.data && (
            <>
              <Text fw={600}>
                In the last {DAYS} days, a replay would change {counted(preview.data.sessions, 'session')} and accept{' '}
                {counted(preview.data.rejectsUsed, 'rejected input')}.
              </Text>
              <List size="sm" mt="xs">
                {preview.data.changes.map(({ what, events, durationMs }) => (
                  <List.Item key={what}>
                    {what}: {counted(events, 'event')}
                    {durationMs > 0 && `, ${formatDuration(durationMs)}`}
                  </List.Item>
                ))}
              </List>
            </>
          )}
        </div>
        <CopyValue
          label="For a very large account, stop the server and run"
          value={`./offhook replay --account '${accountId}'`}
          isCode
        />
      </Stack>
    </Paper>
  );
}
