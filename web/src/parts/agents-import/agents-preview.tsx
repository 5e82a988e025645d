// What an agents file would change: the counts and the first changes.
import { Badge, Table, Text } from '@mantine/core';
import { formatCount } from '../../format/numbers.ts';
import classes from '../tables/scroll-table.module.css';
import { ScrollTable } from '../tables/scroll-table.tsx';

const SHOWN = 20;

interface Plan {
  new: number;
  changed: number;
  unchanged: number;
  /** How the text was decoded, if it is not UTF-8. */
  note?: string;
  changes: readonly {
    agentId: number | string;
    kind: 'NEW' | 'CHANGED';
    fields: Readonly<Record<string, { from: string; to: string }>>;
  }[];
}

export const countsText = (counts: Pick<Plan, 'new' | 'changed' | 'unchanged'>): string =>
  `${formatCount(counts.new)} new, ${formatCount(counts.changed)} changed, ${formatCount(counts.unchanged)} unchanged`;

export function AgentsPreview({ plan }: { plan: Plan }) {
  const { changes } = plan;
  return (
    <div>
      <Text fw={600} mb="xs">
        {countsText(plan)}
      </Text>
      {plan.note && (
        <Text size="sm" mb="xs">
          {plan.note}
        </Text>
      )}
      {changes.length > 0 && (
        <ScrollTable label="What the file changes" minWidth={320} heads={['Agent', 'Change', 'Values']}>
          {changes.slice(0, SHOWN).map(({ agentId, kind, fields }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an agent may come several times; the list never changes
            <Table.Tr key={`${agentId} ${index}`}>
              <Table.Td>{agentId}</Table.Td>
              <Table.Td>
                <Badge variant="outline" color={kind === 'NEW' ? 'green' : 'yellow'} c="inherit">
                  {kind === 'NEW' ? 'New' : 'Changed'}
                </Badge>
              </Table.Td>
              <Table.Td className={classes.name}>{changeText(kind, fields)}</Table.Td>
            </Table.Tr>
          ))}
        </ScrollTable>
      )}
      {changes.length > SHOWN && (
        <Text size="sm" c="dimmed" mt="xs">
          and {formatCount(changes.length - SHOWN)} more.
        </Text>
      )}
    </div>
  );
}

function changeText(kind: 'NEW' | 'CHANGED', fields: Plan['changes'][number]['fields']): string {
  return Object.entries(fields)
    .filter(([name, { to }]) => name !== 'agent_id' && (kind === 'CHANGED' || to !== ''))
    .map(([name, { from, to }]) =>
      kind === 'NEW' ? to : `${name.replaceAll('_', ' ')}: ${from || '(empty)'} → ${to || '(empty)'}`,
    )
    .join(' · ');
}
