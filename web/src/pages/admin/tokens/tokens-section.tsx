// One's own API tokens: made once, shown once, revoked at once.
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
const HEADS = ['Name', 'Begins with', 'Made', 'Last used', 'Expires', 'Action'];

export function TokensSection() {
  const [token, setToken] = useState<string>();
  const [name, setName] = useState('');
  const query = useQuery({ queryKey: [KEY], queryFn: () => answerOf(api.GET('/api/v1/admin/tokens')) });
  const make = useSaving({
    save: () => answerOf(api.POST('/api/v1/admin/token', { body: { name }, parseAs: 'text' })) as Promise<string>,
    concerns: [KEY],
    after: (made: string) => {
      setToken(made);
      setName('');
    },
  });
  return (
    <SectionFrame
      title="API tokens"
      text="A token lets a program do what you may do, until it is revoked. It goes into the header Authorization: Bearer."
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
            loading={make.isPending}
            onClick={() => make.mutate(undefined)}
          >
            Make a token
          </Button>
        </Group>
      }
    >
      <Problem error={make.error} title="No token was made" />
      <Loaded query={query} label="Loading your tokens">
        {tokens =>
          tokens.length === 0 ? (
            <EmptyState
              title="You have no tokens"
              text="Make one for each program, so that one can be revoked alone."
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
          <Text>Copy it now: it is shown only this once, and nobody can read it later.</Text>
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

interface Told {
  name: string;
  prefix: string;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
}

function TokenRow({ token }: { token: Told }) {
  const { name, prefix: hint, createdAt, lastUsedAt, expiresAt } = token;
  const revoke = useSaving({
    save: () => api.DELETE('/api/v1/admin/token/{token}', { params: { path: { token: hint } } }),
    concerns: [KEY],
    done: () => `The token ${hint}… is revoked.`,
  });
  return (
    <Table.Tr>
      <Table.Td className={classes.name}>{name || <Text c="dimmed">No name</Text>}</Table.Td>
      <Table.Td>
        <Code>{hint}…</Code>
      </Table.Td>
      <Table.Td>{dayOf(createdAt)}</Table.Td>
      <Table.Td>{lastUsedAt === null ? 'never' : dayOf(lastUsedAt)}</Table.Td>
      <Table.Td>{expiresAt === null ? 'never' : dayOf(expiresAt)}</Table.Td>
      <Table.Td>
        <ConfirmButton
          label={`Revoke the token ${hint}`}
          title="Revoke this token?"
          text={`A program that uses the token ${hint}… is refused from now on. This cannot be undone.`}
          yes="Revoke it"
          saving={revoke}
        >
          Revoke
        </ConfirmButton>
      </Table.Td>
    </Table.Tr>
  );
}
