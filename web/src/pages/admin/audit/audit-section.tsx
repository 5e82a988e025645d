// Who did what, newest first, with filters; older entries load on demand.
import { Code, Group, NativeSelect, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.ts';
import { formatInstant } from '../../../format/dates.ts';
import { localDayStart } from '../../../format/days.ts';
import { LOCAL_ZONE } from '../../../format/time-zones.ts';
import { EmptyState } from '../../../parts/frame/states.tsx';
import { urlText, useUrlState } from '../../../parts/address/url-state.ts';
import { MoreButton } from '../../../parts/tables/more-button.tsx';
import { AUDIT_ACTIONS, type AuditAction } from './audit-actions.ts';
import { Loaded } from '../../../parts/frame/loaded.tsx';
import { ScrollTable } from '../../../parts/tables/scroll-table.tsx';
import { SectionFrame } from '../../../parts/frame/section-frame.tsx';

const FIELDS = { username: urlText(), action: urlText(), from: urlText(), to: urlText() };
const PAGE_ROWS = 50;

export function AuditSection() {
  const [filter, change] = useUrlState(FIELDS);
  const [username] = useDebouncedValue(filter.username.trim(), 300);
  const query = useInfiniteQuery({
    queryKey: ['auditLog', username, filter.action, filter.from, filter.to],
    queryFn: ({ pageParam: cursor }) =>
      answerOf(
        api.GET('/api/v1/admin/auditLog/pages', {
          params: {
            query: {
              ...(username !== '' && { username }),
              ...(filter.action !== '' && { action: filter.action as AuditAction }),
              ...(filter.from !== '' && { from: localDayStart(filter.from, 0) }),
              ...(filter.to !== '' && { to: localDayStart(filter.to, 1) }),
              ...(cursor !== '' && { cursor }),
              maxRows: PAGE_ROWS,
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <SectionFrame
      title="Audit log"
      text={`Who did what and when. Entries cannot be changed, and reading the log is recorded as well. Times are in this device’s time zone, ${LOCAL_ZONE}.`}
    >
      <Group gap="sm" align="flex-end">
        <TextInput
          label="User"
          value={filter.username}
          onChange={event => change({ username: event.currentTarget.value })}
          autoComplete="off"
        />
        <NativeSelect
          label="Action"
          value={filter.action}
          onChange={event => change({ action: event.currentTarget.value })}
          data={[
            { value: '', label: 'All' },
            ...Object.entries(AUDIT_ACTIONS).map(([value, label]) => ({ value, label })),
          ]}
        />
        <TextInput
          type="date"
          label="From"
          value={filter.from}
          onChange={event => change({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label="To"
          value={filter.to}
          onChange={event => change({ to: event.currentTarget.value })}
        />
      </Group>
      <Loaded query={query} label="Loading the audit log">
        {({ pages }) => {
          const entries = pages.flatMap(page => page.entries);
          if (entries.length === 0)
            return <EmptyState title="No entries" text="Choose other dates, another user or all actions." />;
          return (
            <Stack gap="md">
              <ScrollTable label="Audit log" minWidth={760} heads={['Time', 'User', 'Action', 'Account', 'Details']}>
                {entries.map((entry, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: entries have no id; the list only grows at its end
                  <Table.Tr key={index}>
                    <Table.Td style={{ whiteSpace: 'nowrap' }}>
                      {formatInstant(Date.parse(entry.at), LOCAL_ZONE)}
                    </Table.Td>
                    <Table.Td>
                      {entry.username || 'Unknown'}
                      <Text size="xs" c="dimmed">
                        {entry.address}
                      </Text>
                    </Table.Td>
                    <Table.Td>{AUDIT_ACTIONS[entry.action as AuditAction] ?? entry.action}</Table.Td>
                    <Table.Td>{entry.accountId}</Table.Td>
                    <Table.Td>
                      <Detail detail={entry.detail} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </ScrollTable>
              <MoreButton query={query}>Older entries</MoreButton>
            </Stack>
          );
        }}
      </Loaded>
    </SectionFrame>
  );
}

function Detail({ detail }: { detail: unknown }) {
  const fields = Object.entries(detail as Record<string, unknown>).filter(([, value]) => value != null && value !== '');
  return fields.map(([name, value]) => (
    <Text key={name} size="xs" style={{ overflowWrap: 'anywhere' }}>
      {name}: <Code>{typeof value === 'string' ? value : JSON.stringify(value)}</Code>
    </Text>
  ));
}
