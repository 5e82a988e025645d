// Labels of the last thirty days that have no meaning yet.
import { Alert, Button, Stack, Table, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.ts';
import { daysAgo } from '../../../format/days.ts';
import { formatDuration } from '../../../format/durations.ts';
import { Loaded } from '../../../parts/frame/loaded.tsx';
import { ScrollTable } from '../../../parts/tables/scroll-table.tsx';
import classes from '../../../parts/tables/scroll-table.module.css';

const DAYS = 30;
/** The check's name for events without a label, which cannot be given a meaning. */
const NO_LABEL = '(no label)';

/** The two checks that find labels without a meaning. */
const CHECKS = {
  UNKNOWN_STATES: {
    title: `Unknown labels of the last ${DAYS} days`,
    table: 'Unknown labels',
    none: 'All labels have a meaning.',
  },
  GUESSED_STATES: {
    title: `Labels of the last ${DAYS} days that count as Away by default`,
    table: 'Labels counted as Away',
    none: 'No label counts as Away by default.',
  },
} as const;

interface UnknownStatesProps {
  check: keyof typeof CHECKS;
  accountId: string;
  mayChange: boolean;
  /** Labels with a meaning: their stored events keep their old state until a replay. */
  known: readonly string[];
  map: (label: string) => void;
}

export function UnknownStates({ check, accountId, mayChange, known, map }: UnknownStatesProps) {
  const { title, table, none } = CHECKS[check];
  const from = daysAgo(DAYS);
  const query = useQuery({
    queryKey: ['dataQuality', accountId, check, from],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/admin/accounts/{accountId}/dataQuality', {
          params: { path: { accountId }, query: { from, check } },
        }),
      ),
  });
  const isKnown = (label: string) => known.some(other => other.trim().toLowerCase() === label.trim().toLowerCase());
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        {title}
      </Title>
      <Loaded query={query} label="Loading the labels">
        {({ findings }) => {
          const kinds = findings.flatMap(finding => finding.kinds);
          if (kinds.length === 0) {
            return (
              <Alert variant="outline" color="green" icon={<IconCircleCheck aria-hidden />} title="None">
                {none}
              </Alert>
            );
          }
          return (
            <ScrollTable label={table} minWidth={320} heads={['Label', 'Time', 'Action']}>
              {kinds.map(({ kind, durationMs }) => (
                <Table.Tr key={kind}>
                  <Table.Td className={classes.name} fw={600}>
                    {kind}
                  </Table.Td>
                  <Table.Td>{formatDuration(durationMs)}</Table.Td>
                  <Table.Td>
                    {isKnown(kind) ? (
                      <Text c="dimmed">Set for new events; see “Stored events” below</Text>
                    ) : kind === NO_LABEL ? (
                      <Text c="dimmed">The feed sends no label</Text>
                    ) : mayChange ? (
                      <Button size="compact-sm" onClick={() => map(kind)} aria-label={`Set meaning of ${kind}`}>
                        Set meaning
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
