// Aliases of an account's agents: likely ones, those that are set, and an import from a file.
import { Button, FileButton, Group, List, Stack, Table, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { daysAgo } from '../../../format/days.ts';
import { formatCount } from '../../../format/numbers.ts';
import { useAccount } from '../../../parts/account/account-choice.tsx';
import { FileProblem } from '../../../parts/forms/file-problem.tsx';
import { AliasForm } from './alias-form.tsx';
import {
  type Alias,
  ALIAS_DEPENDENTS,
  ALIASES_KEY,
  importAliases,
  movedText,
  readAliases,
  removeAlias,
} from '../../../parts/aliases/aliases.ts';
import { ConfirmButton } from '../../../parts/forms/confirm-button.tsx';
import { LikelyAliases } from '../../../parts/aliases/likely-aliases.tsx';
import { Loaded } from '../../../parts/frame/loaded.tsx';
import { ScrollTable } from '../../../parts/tables/scroll-table.tsx';
import { SectionFrame } from '../../../parts/frame/section-frame.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';
import classes from '../../../parts/tables/scroll-table.module.css';

const DAYS = 30;

export function AliasesSection() {
  const { accountId } = useAccount();
  const [isNew, setNew] = useState(false);
  const from = daysAgo(DAYS);
  const query = useQuery({ queryKey: [ALIASES_KEY, accountId], queryFn: () => readAliases(accountId) });
  return (
    <SectionFrame
      title="Aliases"
      text="Different names, interfaces and numbers of the same agent. Aliases apply to stored and to future events, so all reports count them as one agent."
      action={
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setNew(true)}>
          New alias
        </Button>
      }
    >
      <Stack gap="sm">
        <Title order={3} size="h4">
          Likely aliases of the last {DAYS} days
        </Title>
        <LikelyAliases accountId={accountId} from={from} none="No names look like the same agent." />
      </Stack>
      <Stack gap="sm">
        <Title order={3} size="h4">
          Aliases in use
        </Title>
        <Loaded query={query} label="Loading the aliases">
          {aliases =>
            aliases.length === 0 ? (
              <Text c="dimmed">No aliases yet.</Text>
            ) : (
              <ScrollTable label="Aliases" minWidth={320} heads={['Agent', 'Alias', 'Action']}>
                {aliases.map(alias => (
                  <AliasRow key={alias.alias} alias={alias} accountId={accountId} />
                ))}
              </ScrollTable>
            )
          }
        </Loaded>
      </Stack>
      <AliasesFile accountId={accountId} />
      {isNew && <AliasForm accountId={accountId} close={() => setNew(false)} />}
    </SectionFrame>
  );
}

function AliasRow({ alias: { agentId, alias }, accountId }: { alias: Alias; accountId: string }) {
  const remove = useSaving({
    save: () => removeAlias(accountId, alias),
    affects: ALIAS_DEPENDENTS,
    done: (_, { movedEvents }) => `Alias ${alias} removed. ${movedText(movedEvents)}`,
  });
  return (
    <Table.Tr>
      <Table.Td className={classes.name}>{agentId}</Table.Td>
      <Table.Td className={classes.name} fw={600}>
        {alias}
      </Table.Td>
      <Table.Td>
        <ConfirmButton
          label={`Remove ${alias}`}
          title={`Remove the alias ${alias}?`}
          text="Its events count for an agent of their own again, in past reports as well."
          yes="Remove the alias"
          saving={remove}
        >
          Remove
        </ConfirmButton>
      </Table.Td>
    </Table.Tr>
  );
}

function AliasesFile({ accountId }: { accountId: string }) {
  const write = useSaving({
    save: (file: File) => importAliases(accountId, file),
    affects: ALIAS_DEPENDENTS,
  });
  const choose = (file: File | null) => file !== null && write.mutate(file);
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        From a file
      </Title>
      <Text c="dimmed" maw={680}>
        Rows of Asterisk’s queue_members table (CSV, TSV or .sql), the output of asterisk -rx &apos;queue show&apos;, or
        a CSV file with the header agent_id,alias.
      </Text>
      <Group>
        <FileButton onChange={choose}>
          {props => (
            <Button {...props} variant="default" loading={write.isPending}>
              Choose a file
            </Button>
          )}
        </FileButton>
      </Group>
      <FileProblem error={write.error} />
      <div role="status">
        {write.data && (
          <>
            <Text>
              {formatCount(write.data.changed.length)} new, {formatCount(write.data.unchanged)} already known.{' '}
              {movedText(write.data.movedEvents)}
            </Text>
            <List size="sm">
              {write.data.notes.map(note => (
                <List.Item key={note}>{note}</List.Item>
              ))}
            </List>
          </>
        )}
      </div>
    </Stack>
  );
}
