// The user's own API tokens: shown once when created, revoked at once.
import { Button, Code, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../../api/client.ts';
import { formatDate } from '../../../format/dates.ts';
import { LOCAL_ZONE } from '../../../format/time-zones.ts';
import { EmptyState } from '../../../parts/frame/states.tsx';
import { CopyValue } from '../../../parts/forms/copy-value.tsx';
import { ConfirmButton } from '../../../parts/forms/confirm-button.tsx';
import { Loaded } from '../../../parts/frame/loaded.tsx';
import { Problem } from '../../../parts/forms/problem.tsx';
import { ScrollTable } from '../../../parts/tables/scroll-table.tsx';
import { SectionFrame } from '../../../parts/frame/section-frame.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';
import classes from '../../../parts/tables/scroll-table.module.css';
import { Window } from '../../../parts/dialogs/window.tsx';

const KEY = 'tokens';
const HEADS = ['Name', 'Starts with', 'Created', 'Last used', 'Expires', 'Action'];

export function TokensSection() {
  const [token, setToken] = useState<string>();
  const [name, setName] = useState('');
  const query = useQuery({ queryKey: [KEY], queryFn: () => answerOf(api.GET('/api/v1/admin/tokens')) });
  const create = useSaving({
    save: () => answerOf(api.POST('/api/v1/admin/token', { body: { name }, parseAs: 'text' })) as Promise<string>,
    affects: [KEY],
    after: (created: string) => {
      setToken(created);
      setName('');
    },
  });
  return (
    <SectionFrame
      title="API tokens"
      text="A token lets a program do everything you may do, until you revoke it. Programs send it in the header “Authorization: Bearer …”."
      action={
        <Group gap="xs">
          <TextInput
            aria-label="Name of the new token"
            placeholder="Payroll export"
            maxLength={200}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <Button
            leftSection={<IconKey size={18} aria-hidden />}
            loading={create.isPending}
            onClick={() => create.mutate(undefined)}
          >
            Create a token
          </Button>
        </Group>
      }
    >
      <Problem error={create.error} title="The token was not created" />
      <Loaded query={query} label="Loading your tokens">
        {tokens =>
          tokens.length === 0 ? (
            <EmptyState
              title="You have no tokens"
              text="Create one for each program, so that you can revoke each on its own."
            />
          ) : (
            <ScrollTable label="Your API tokens" minWidth={560} heads={HEADS}>
              {tokens.map(one => (
                <TokenRow key={one.prefix} token={one} />
              ))}
            </ScrollTable>
          )
        }
      </Loaded>
      <Window title="Your new token" isOpen={token !== undefined} close={() => setToken(undefined)}>
        <Stack>
          <Text>Copy this now. It is shown only once and cannot be read later.</Text>
          <CopyValue label="Token" value={token ?? ''} />
          <Group justify="flex-end">
            <Button onClick={() => setToken(undefined)}>I have copied it</Button>
          </Group>
        </Stack>
      </Window>
    </SectionFrame>
  );
}

const dayOf = (instant: string) => formatDate(Date.parse(instant), LOCAL_ZONE);

interface ApiToken {
  name: string;
  prefix: string;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
}

function TokenRow({ token }: { token: ApiToken }) {
  const { name, prefix, createdAt, lastUsedAt, expiresAt } = token;
  const revoke = useSaving({
    save: () => api.DELETE('/api/v1/admin/token/{token}', { params: { path: { token: prefix } } }),
    affects: [KEY],
    done: () => `Token ${prefix}… revoked.`,
  });
  return (
    <Table.Tr>
      <Table.Td className={classes.name}>{name || <Text c="dimmed">No name</Text>}</Table.Td>
      <Table.Td>
        <Code>{prefix}…</Code>
      </Table.Td>
      <Table.Td>{dayOf(createdAt)}</Table.Td>
      <Table.Td>{lastUsedAt === null ? 'Never' : dayOf(lastUsedAt)}</Table.Td>
      <Table.Td>{expiresAt === null ? 'Never' : dayOf(expiresAt)}</Table.Td>
      <Table.Td>
        <ConfirmButton
          label={`Revoke the token ${prefix}`}
          title="Revoke this token?"
          text={`Programs that use the token ${prefix}… can no longer sign in. This cannot be undone.`}
          yes="Revoke the token"
          saving={revoke}
        >
          Revoke
        </ConfirmButton>
      </Table.Td>
    </Table.Tr>
  );
}
