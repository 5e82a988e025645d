// What a change of settings would change in what is stored, and the button and the command that do it.
import { Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.ts';
import { daysAgo } from '../../../format/days.ts';
import { formatDuration } from '../../../format/durations.ts';
import { formatCount } from '../../../format/numbers.ts';
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
    concerns: ['dataQuality'],
    done: (_, { sessions }) => `${formatCount(sessions)} ${sessions === 1 ? 'session has' : 'sessions have'} changed.`,
    after: preview.reset,
  });
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={3} size="h4">
          Stored events
        </Title>
        <Text c="dimmed">
          Events that are stored keep the state that they came with. A replay reads them again by the settings as they
          are now.
        </Text>
        <Group>
          <Button variant="default" onClick={() => preview.mutate()} loading={preview.isPending}>
            See what a replay would change
          </Button>
          <Button variant="default" onClick={() => replay.mutate()} loading={replay.isPending}>
            Replay all stored events
          </Button>
        </Group>
        <Problem error={preview.error} title="No preview" />
        <Problem error={replay.error} title="Nothing was replayed" />
        <div role="status">
          {preview.data && (
            <>
              <Text fw={600}>
                Of the last {DAYS} days: {formatCount(preview.data.sessions)}{' '}
                {preview.data.sessions === 1 ? 'session changes' : 'sessions change'},{' '}
                {formatCount(preview.data.rejectsUsed)} rejected{' '}
                {preview.data.rejectsUsed === 1 ? 'input becomes an event' : 'inputs become events'}.
              </Text>
              <List size="sm" mt="xs">
                {preview.data.changes.map(({ what, events, durationMs }) => (
                  <List.Item key={what}>
                    {what}: {formatCount(events)} {events === 1 ? 'event' : 'events'}
                    {durationMs > 0 && `, ${formatDuration(durationMs)} of time`}
                  </List.Item>
                ))}
              </List>
            </>
          )}
        </div>
        <CopyValue
          label="Too many events for it? After stopping the server"
          value={`./offhook replay --account '${accountId}'`}
          isCode
        />
      </Stack>
    </Paper>
  );
}
