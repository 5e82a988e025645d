// The agents of an account: a searchable list of any length; administrators of the account can edit it.
import { Button, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { answerOf, api } from '../../../api/client.ts';
import { AGENTS_KEY } from '../../../api/directory.ts';
import { mayAdminister, useSession } from '../../../api/session.ts';
import { useAccount } from '../../../parts/account/account-choice.tsx';
import { EmptyState } from '../../../parts/frame/states.tsx';
import { SpaceRow } from '../../../parts/tables/space-row.tsx';
import { type Agent, AgentForm } from './agent-form.tsx';
import classes from './agents-section.module.css';
import { Loaded } from '../../../parts/frame/loaded.tsx';
import { SectionFrame } from '../../../parts/frame/section-frame.tsx';

const PAGE_ROWS = 200;
const ROW_PX = 44;

export function AgentsSection() {
  const session = useSession();
  const { accountId, timezone } = useAccount();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 200);
  const [edited, setEdited] = useState<{ agent: Agent | undefined }>();
  const mayChange = mayAdminister(session, accountId);
  const query = useInfiniteQuery({
    queryKey: [AGENTS_KEY, accountId, asked],
    queryFn: ({ pageParam: page }) =>
      answerOf(
        api.GET('/api/v1/admin/accounts/{accountId}/agents', {
          params: { path: { accountId }, query: { page, maxRows: PAGE_ROWS, search: asked } },
        }),
      ) as Promise<Agent[]>,
    initialPageParam: 1,
    getNextPageParam: (last, pages) => (last.length < PAGE_ROWS ? undefined : pages.length + 1),
    placeholderData: before => before,
  });
  const more = () => query.hasNextPage && !query.isFetching && query.fetchNextPage();
  return (
    <SectionFrame
      title="Agents"
      text={
        mayChange
          ? 'Names, teams and groups as they are now. Reports show the values that applied at each login.'
          : 'The agents that you may see.'
      }
      action={
        mayChange && (
          <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setEdited({ agent: undefined })}>
            New agent
          </Button>
        )
      }
    >
      <TextInput
        label="Search"
        placeholder="ID, name, email or team"
        leftSection={<IconSearch size={18} aria-hidden />}
        value={search}
        onChange={event => setSearch(event.currentTarget.value)}
        maw={420}
        type="search"
      />
      <Loaded query={query} label="Loading the agents">
        {({ pages }) => {
          const agents = pages.flat();
          return agents.length === 0 ? (
            <EmptyState
              title={asked === '' ? 'No agents yet' : 'No agents found'}
              text={
                asked === '' ? 'Import agents from a CSV file, or add one.' : 'Try another ID, name, email or team.'
              }
            />
          ) : (
            <AgentList agents={agents} more={more} edit={mayChange ? agent => setEdited({ agent }) : undefined} />
          );
        }}
      </Loaded>
      {edited && (
        <AgentForm accountId={accountId} timezone={timezone} agent={edited.agent} close={() => setEdited(undefined)} />
      )}
    </SectionFrame>
  );
}

interface AgentListProps {
  agents: readonly Agent[];
  /** Loads more; called near the end of the list. */
  more: () => void;
  /** Undefined: read only. */
  edit: ((agent: Agent) => void) | undefined;
}

/** Only the rows in view are drawn. */
function AgentList({ agents, more, edit }: AgentListProps) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: agents.length,
    estimateSize: () => ROW_PX,
    overscan: 10,
    getScrollElement: () => box.current,
  });
  const items = rows.getVirtualItems();
  const isNearEnd = (items.at(-1)?.index ?? 0) >= agents.length - 20;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each length of the list
  useEffect(() => {
    if (isNearEnd) more();
  }, [isNearEnd, agents.length]);
  const columns = ['ID', 'Name', 'User name', 'Team', 'Group', ...(edit ? ['Action'] : [])];
  const before = items[0]?.start ?? 0;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also with the keyboard
    <section ref={box} className={classes.box} tabIndex={0} aria-label="Agents">
      <Table className={classes.table} stickyHeader aria-rowcount={agents.length + 1} layout="fixed" miw={760}>
        <Table.Thead>
          <Table.Tr aria-rowindex={1}>
            {columns.map(column => (
              <Table.Th key={column} w={column === 'Action' ? 112 : undefined}>
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <SpaceRow heightPx={before} columns={columns.length} />
          {items.map(({ index }) => (
            <AgentRow key={index} index={index} agent={agents[index] as Agent} edit={edit} />
          ))}
          <SpaceRow heightPx={after} columns={columns.length} />
        </Table.Tbody>
      </Table>
    </section>
  );
}

interface AgentRowProps {
  agent: Agent;
  index: number;
  edit: AgentListProps['edit'];
}

function AgentRow({ agent, index, edit }: AgentRowProps) {
  const name = `${agent.firstName} ${agent.lastName}`.trim();
  return (
    <Table.Tr h={ROW_PX} aria-rowindex={index + 2} className={classes.row}>
      <Table.Td>{agent.agentId}</Table.Td>
      <Table.Td>{name || <Text c="dimmed">No name</Text>}</Table.Td>
      <Table.Td>{agent.username}</Table.Td>
      <Table.Td>{agent.team}</Table.Td>
      <Table.Td>{agent.agentGroupName}</Table.Td>
      {edit && (
        <Table.Td>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => edit(agent)}
            aria-label={`Edit ${name || agent.agentId}`}
          >
            Edit
          </Button>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
