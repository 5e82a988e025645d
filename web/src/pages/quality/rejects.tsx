// The rejected inputs: counts by feed and reason, the newest first, and each in full.
import { Button, Code, Group, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { seesAllGroups, useSession } from '../../api/session.ts';
import { formatInstant } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import type { ChosenAccount } from '../../parts/account/account-choice.tsx';
import { EmptyState } from '../../parts/frame/states.tsx';
import { urlText, useUrlState } from '../../parts/address/url-state.ts';
import { Loaded } from '../../parts/frame/loaded.tsx';
import { MoreButton } from '../../parts/tables/more-button.tsx';
import { ScrollTable } from '../../parts/tables/scroll-table.tsx';
import { reasonName } from './reasons.ts';
import { RejectViewer } from './reject-viewer.tsx';

const FIELDS = { source: urlText(), reason: urlText(), reject: urlText() };

export function Rejects({ account: { accountId, timezone } }: { account: ChosenAccount }) {
  const session = useSession();
  const [{ source, reason, reject }, change] = useUrlState(FIELDS);
  const seesAll = seesAllGroups(session, accountId);
  const query = useInfiniteQuery({
    queryKey: ['rejects', accountId, source, reason],
    queryFn: ({ pageParam: cursor }) =>
      answerOf(
        api.GET('/api/v1/admin/accounts/{accountId}/rejects', {
          params: {
            path: { accountId },
            query: {
              ...(source !== '' && { source }),
              ...(reason !== '' && { reason }),
              ...(cursor !== '' && { cursor }),
              maxRows: 50,
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: before => before,
    enabled: seesAll,
  });
  if (!seesAll) {
    return (
      <EmptyState
        title="Not available for your groups"
        text="You may see the agents of some groups only. A rejected input cannot be matched to an agent, so rejected inputs are shown only to users who may see every group."
      />
    );
  }
  return (
    <Loaded query={query} label="Loading the rejected inputs">
      {({ pages }) => {
        const rejects = pages.flatMap(page => page.rejects);
        const counts = pages[0]?.counts ?? [];
        if (counts.length === 0) {
          return <EmptyState title="No rejected inputs" text="All inputs received could be used." />;
        }
        return (
          <Stack gap="md">
            <Group gap="sm" align="flex-end">
              <NativeSelect
                label="Feed"
                value={source}
                onChange={event => change({ source: event.currentTarget.value })}
                data={[{ value: '', label: 'All' }, ...totals(counts, 'source')]}
              />
              <NativeSelect
                label="Reason"
                value={reason}
                onChange={event => change({ reason: event.currentTarget.value })}
                data={[
                  { value: '', label: 'All' },
                  ...totals(
                    counts.filter(count => source === '' || count.source === source),
                    'reason',
                  ),
                ]}
              />
            </Group>
            {rejects.length === 0 ? (
              <EmptyState title="No matching inputs" text="Choose another feed or reason." />
            ) : (
              <ScrollTable
                label="Rejected inputs"
                minWidth={760}
                heads={['Received', 'Feed', 'Reason', 'Input', 'Action']}
              >
                {rejects.map(row => (
                  <Table.Tr key={row.rejectId}>
                    <Table.Td style={{ whiteSpace: 'nowrap' }}>
                      {formatInstant(Date.parse(row.receivedAt), timezone)}
                    </Table.Td>
                    <Table.Td>{row.source}</Table.Td>
                    <Table.Td maw={440}>
                      <Text fw={500}>{reasonName(row.reason)}</Text>
                      <Text size="sm" c="dimmed">
                        {row.detail}
                      </Text>
                    </Table.Td>
                    <Table.Td miw={280} maw={420}>
                      <Code style={{ overflowWrap: 'anywhere' }}>{shortened(row.raw)}</Code>
                    </Table.Td>
                    <Table.Td>
                      <Button
                        variant="default"
                        size="compact-sm"
                        onClick={() => change({ reject: row.rejectId }, true)}
                        aria-label={`Show the input received ${formatInstant(Date.parse(row.receivedAt), timezone)}`}
                      >
                        Show
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </ScrollTable>
            )}
            <MoreButton query={query}>Older inputs</MoreButton>
            {reject !== '' && (
              <RejectViewer
                accountId={accountId}
                timezone={timezone}
                rejectId={reject}
                close={() => change({ reject: '' })}
              />
            )}
          </Stack>
        );
      }}
    </Loaded>
  );
}

const SHOWN_CHARS = 120;
const shortened = (raw: string) => (raw.length > SHOWN_CHARS ? `${raw.slice(0, SHOWN_CHARS)}…` : raw);

interface Count {
  source: string;
  reason: string;
  count: number;
}

/** Choices of a filter, each with its count. */
function totals(counts: readonly Count[], by: 'source' | 'reason') {
  const sums = new Map<string, number>();
  for (const count of counts) sums.set(count[by], (sums.get(count[by]) ?? 0) + count.count);
  return [...sums].map(([value, count]) => ({
    value,
    label: `${by === 'reason' ? reasonName(value) : value} (${formatCount(count)})`,
  }));
}
