// Labels that came in the last thirty days and of which nobody has said what they count as.
import { Alert, Button, Stack, Table, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { formatDuration } from '../../format/durations.ts';
import { formatCount } from '../../format/numbers.ts';
import { Loaded } from './loaded.tsx';
import { ScrollTable } from './scroll-table.tsx';

const DAYS = 30;
/** How the check calls events that came without a label: nothing can be said about them. */
const NO_LABEL = '(no label)';

interface UnknownStatesProps {
  accountId: string;
  mayChange: boolean;
  /** Labels that are set up: their stored events are unknown until a replay. */
  known: readonly string[];
  map: (label: string) => void;
}

export function UnknownStates({ accountId, mayChange, known, map }: UnknownStatesProps) {
  const from = new Date(Date.now() - DAYS * 86_400_000).toISOString().slice(0, 10);
  const query = useQuery({
    queryKey: ['dataQuality', accountId, 'UNKNOWN_STATES', from],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/admin/accounts/{accountId}/dataQuality', {
          params: { path: { accountId }, query: { from, check: 'UNKNOWN_STATES' } },
        }),
      ),
  });
  const isKnown = (label: string) =>
    known.some(other => other.trim().toLowerCase() === label.trim().toLowerCase());
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        Unknown labels of the last {DAYS} days
      </Title>
      <Loaded query={query} label="Looking for unknown labels">
        {({ findings }) => {
          const kinds = findings.flatMap(finding => finding.kinds);
          if (kinds.length === 0) {
            return (
              <Alert variant="outline" color="green" icon={<IconCircleCheck aria-hidden />} title="None">
                Every label that came is understood.
              </Alert>
            );
          }
          return (
            <ScrollTable
              label="Unknown labels"
              minWidth={560}
              heads={['Label', 'Sessions', 'Time', 'Action']}
            >
              {kinds.map(({ kind, count, durationMs }) => (
                <Table.Tr key={kind}>
                  <Table.Td fw={600}>{kind}</Table.Td>
                  <Table.Td>{formatCount(count)}</Table.Td>
                  <Table.Td>{formatDuration(durationMs)}</Table.Td>
                  <Table.Td>
                    {isKnown(kind) ? (
                      <Text c="dimmed">Understood from now on; see «Stored events» below</Text>
                    ) : kind === NO_LABEL ? (
                      <Text c="dimmed">The feed sent no label</Text>
                    ) : mayChange ? (
                      <Button
                        size="compact-sm"
                        onClick={() => map(kind)}
                        aria-label={`Say what it counts as: ${kind}`}
                      >
                        Say what it counts as
                      </Button>
                    ) : (
                      <Text c="dimmed">Ask an administrator of the account</Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </ScrollTable>
          );
        }}
      </Loaded>
    </Stack>
  );
}
