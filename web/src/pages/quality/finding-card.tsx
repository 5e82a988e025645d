// What one check found: meaning, amount, examples with their sessions, and how to fix it.
import { Anchor, Badge, Button, Code, Collapse, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { formatInstant } from '../../format/dates.ts';
import { formatDuration } from '../../format/durations.ts';
import { counted, formatCount } from '../../format/numbers.ts';
import { sessionAddress } from '../../parts/address/session-address.ts';
import { ScrollTable } from '../../parts/tables/scroll-table.tsx';
import classes from './finding-card.module.css';
import { FIX_PAGES, severityOf } from './severity.ts';

export interface Finding {
  key: string;
  title: string;
  meaning: string;
  remedy: string;
  count: number;
  durationMs: number;
  /** Total of what is too small to be a finding. */
  toleratedMs: number;
  summary?: string;
  commands?: readonly string[];
  kinds: readonly { kind: string; count: number; durationMs: number }[];
  examples: readonly Example[];
}

interface Example {
  kind: string;
  accountId: string;
  source: string;
  agentId: number | string;
  loginSessionId: number | string;
  from: string;
  durationMs: number;
  detail: string;
}

const KINDS_SHOWN = 6;

interface FindingCardProps {
  finding: Finding;
  timezone: string;
  /** Fixes the finding right here. */
  children?: ReactNode;
}

export function FindingCard({ finding, timezone, children }: FindingCardProps) {
  const { key, title, meaning, remedy, count, durationMs, toleratedMs, kinds, examples } = finding;
  const { summary, commands = [] } = finding;
  const [isOpen, { toggle }] = useDisclosure(false);
  const { label, color } = severityOf(key);
  const fixPage = FIX_PAGES[key];
  const named = kinds.filter(({ kind }) => kind !== '');
  return (
    <Paper component="section" withBorder p={{ base: 'md', sm: 'lg' }} className={classes.card} data-weight={color}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <div>
            <Group gap="sm">
              <Title order={2} size="h4">
                {title}
              </Title>
              <Badge variant="outline" color={color} c="inherit" tt="none">
                {label}
              </Badge>
            </Group>
            {summary !== undefined && (
              <Text size="sm" fw={500} maw={760} mt={4} className={classes.text}>
                {summary}
              </Text>
            )}
            <Text c="dimmed" size="sm" maw={760} mt={4} className={classes.text}>
              {meaning}
            </Text>
          </div>
          <Group gap="lg" className={classes.numbers}>
            <Figure value={formatCount(count)} name="found" />
            {durationMs > 0 && <Figure value={formatDuration(durationMs)} name="duration" />}
            {toleratedMs > 0 && <Figure value={formatDuration(durationMs + toleratedMs)} name="total" />}
          </Group>
        </Group>
        {named.length > 0 && (
          <Group gap="xs">
            {named.slice(0, KINDS_SHOWN).map(kind => (
              <Badge key={kind.kind} variant="default" tt="none" fw={500} maw="100%">
                {kind.kind}: {formatCount(kind.count)}
              </Badge>
            ))}
            {named.length > KINDS_SHOWN && (
              <Text size="sm" c="dimmed">
                and {named.length - KINDS_SHOWN} more
              </Text>
            )}
          </Group>
        )}
        <Text size="sm" className={classes.text}>
          <strong>How to fix it: </strong>
          {remedy}
        </Text>
        {commands.length > 0 && (
          <Code block tabIndex={0} role="group" aria-label={`Commands: ${title}`}>
            {commands.join('\n')}
          </Code>
        )}
        {children}
        <Group gap="sm">
          <Button variant="default" onClick={toggle} aria-expanded={isOpen}>
            {isOpen ? 'Hide the examples' : `Show ${counted(examples.length, 'example')}`}
          </Button>
          {fixPage && (
            <Button component={Link} href={fixPage.href} variant="subtle" className={classes.link}>
              {fixPage.label}
            </Button>
          )}
        </Group>
        <Collapse expanded={isOpen}>
          {isOpen && (
            <ScrollTable
              label={`Examples: ${title}`}
              minWidth={640}
              heads={['Time', 'Session', 'Agent', 'Duration', 'Details']}
            >
              {examples.map((example, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: examples have no id, and their list does not change
                <ExampleRow key={index} example={example} timezone={timezone} />
              ))}
            </ScrollTable>
          )}
        </Collapse>
      </Stack>
    </Paper>
  );
}

function Figure({ value, name }: { value: string; name: string }) {
  return (
    <div>
      <Text fz={22} fw={600} lh={1.2}>
        {value}
      </Text>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
    </div>
  );
}

function ExampleRow({ example, timezone }: { example: Example; timezone: string }) {
  const { accountId, loginSessionId, agentId, source, from, durationMs, kind, detail } = example;
  const session = String(loginSessionId);
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatInstant(Date.parse(from), timezone)}</Table.Td>
      <Table.Td>
        {session === '' ? (
          <Text c="dimmed">–</Text>
        ) : (
          <Anchor component={Link} href={sessionAddress({ accountId, loginSessionId: session })}>
            {session}
          </Anchor>
        )}
      </Table.Td>
      <Table.Td>{agentId === '' ? <Text c="dimmed">–</Text> : agentId}</Table.Td>
      <Table.Td>{durationMs > 0 ? formatDuration(durationMs) : <Text c="dimmed">–</Text>}</Table.Td>
      <Table.Td className={classes.detail}>
        {kind !== '' && <Text fw={500}>{kind}</Text>}
        <Text size="sm">{detail}</Text>
        <Text size="xs" c="dimmed">
          {source}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}
