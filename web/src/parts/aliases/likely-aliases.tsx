// Names that probably belong to one agent, each with a button that joins them, stored events included.
import { Badge, Button, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { addAliases, ALIAS_DEPENDENTS, movedText } from './aliases.ts';
import { Loaded } from '../frame/loaded.tsx';
import { Problem } from '../forms/problem.tsx';
import { ScrollTable } from '../tables/scroll-table.tsx';
import { useSaving } from '../forms/use-saving.ts';
import classes from '../tables/scroll-table.module.css';

interface LikelyAliasesProps {
  accountId: string;
  /** Days in the account's zone. */
  from: string;
  to?: string;
  /** Shown where there are none. */
  none: string;
}

export function LikelyAliases({ accountId, from, to, none }: LikelyAliasesProps) {
  const query = useQuery({
    queryKey: ['likelyAliases', accountId, from, to],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/admin/accounts/{accountId}/agentAliases/suggestions', {
          params: { path: { accountId }, query: { from, ...(to !== undefined && { to }) } },
        }),
      ),
  });
  return (
    <Loaded query={query} label="Looking for names that probably belong to one agent">
      {pairs =>
        pairs.length === 0 ? (
          <Text c="dimmed">{none}</Text>
        ) : (
          <ScrollTable
            label="Names that probably belong to one agent"
            minWidth={320}
            heads={['Name', 'Agent', 'Certainty', 'Action']}
          >
            {pairs.map(pair => (
              <PairRow key={pair.alias} accountId={accountId} pair={pair} />
            ))}
          </ScrollTable>
        )
      }
    </Loaded>
  );
}

interface Pair {
  agentId: number | string;
  alias: string;
  isLikely: boolean;
  others: readonly (number | string)[];
}

function PairRow({ accountId, pair }: { accountId: string; pair: Pair }) {
  const { agentId, alias, isLikely, others } = pair;
  const join = useSaving({
    save: () => addAliases(accountId, agentId, [alias]),
    affects: ALIAS_DEPENDENTS,
    done: (_, { movedEvents }) => `${alias} joined to agent ${agentId}. ${movedText(movedEvents)}`,
  });
  return (
    <Table.Tr>
      <Table.Td className={classes.name} fw={600}>
        {alias}
      </Table.Td>
      <Table.Td className={classes.name}>{agentId}</Table.Td>
      <Table.Td>
        <Badge variant="outline" color={isLikely ? 'green' : 'yellow'} c="inherit" tt="none">
          {isLikely ? 'Likely' : 'Possible'}
        </Badge>
        {others.length > 0 && (
          <Text size="sm" c="dimmed">
            Could also be: {others.slice(0, 5).join(', ')}
            {others.length > 5 && ` and ${others.length - 5} more`}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Button
          size="compact-sm"
          variant={isLikely ? 'filled' : 'default'}
          onClick={() => join.mutate(undefined)}
          loading={join.isPending}
          aria-label={`Join ${alias} to agent ${agentId}`}
        >
          Join
        </Button>
        <Problem error={join.error} title="Not joined" />
      </Table.Td>
    </Table.Tr>
  );
}
