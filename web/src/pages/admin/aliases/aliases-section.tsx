// Names, interfaces and numbers that are one agent: those that are set, likely ones, and a file that says them.
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
  ALIASES_CONCERN,
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
      text="Names, interfaces and numbers that are one agent. They count for what is stored and for what comes: reports read as if it had always been so."
      action={
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setNew(true)}>
          New alias
        </Button>
      }
    >
      <Stack gap="sm">
        <Title order={3} size="h4">
          Likely ones of the last {DAYS} days
        </Title>
        <LikelyAliases accountId={accountId} from={from} none="No two names look like one agent." />
      </Stack>
      <Stack gap="sm">
        <Title order={3} size="h4">
          Set up here
        </Title>
        <Loaded query={query} label="Loading the aliases">
          {aliases =>
            aliases.length === 0 ? (
              <Text c="dimmed">There is none yet.</Text>
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
    concerns: ALIASES_CONCERN,
    done: (_, { movedEvents }) => `${alias} is no alias any more. ${movedText(movedEvents)}`,
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
          text="What it had joined is apart again, in reports of earlier times as well."
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
    concerns: ALIASES_CONCERN,
  });
  const choose = (file: File | null) => file !== null && write.mutate(file);
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        From a file
      </Title>
      <Text c="dimmed" maw={680}>
        Rows of Asterisk’s table queue_members (CSV, TSV or .sql), the output of asterisk -rx &apos;queue show&apos;, or
        a CSV with the header agent_id,alias.
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
              {formatCount(write.data.changed.length)} new, {formatCount(write.data.unchanged)} known already.{' '}
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
