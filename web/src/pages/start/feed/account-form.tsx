// Creates the account of a feed, with its time zone, and a token that may send its events.
import { Button, Group, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answerOf, api } from '../../../api/client.ts';
import { LOCAL_ZONE, TIME_ZONES } from '../../../format/time-zones.ts';
import { accountsQuery } from '../../../parts/account/account-choice.tsx';
import { Problem } from '../../../parts/forms/problem.tsx';
import type { FeedKind } from './feed-kinds.ts';
import { INSTALLATION_KEY } from '../installation.ts';

interface AccountFormProps {
  kind: FeedKind;
  accountId: string;
  connected: (token: string, accountId: string) => void;
}

export function AccountForm({ kind, accountId, connected }: AccountFormProps) {
  const [timezone, setTimezone] = useState(TIME_ZONES.includes(LOCAL_ZONE) ? LOCAL_ZONE : 'UTC');
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (form: FormData) => connect(kind, form, timezone),
    onSuccess: ({ token, id }) => {
      for (const queryKey of [accountsQuery.queryKey, INSTALLATION_KEY]) client.invalidateQueries({ queryKey });
      connected(token, id);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    mutate(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={submit}>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
        <TextInput
          name="id"
          label="Account ID"
          description={kind.accountHelp}
          defaultValue={accountId}
          required
          withAsterisk={false}
          maxLength={256}
          autoComplete="off"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
        <TextInput
          name="name"
          label="Name"
          description="Optional; shown instead of the ID."
          maxLength={256}
          autoComplete="off"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
        <Select
          label="Time zone"
          description="Used for reports, unless they name another."
          data={TIME_ZONES}
          value={timezone}
          onChange={zone => zone !== null && setTimezone(zone)}
          searchable
          allowDeselect={false}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
      </SimpleGrid>
      <Problem error={error} title="The account was not created" />
      <Group mt="lg">
        <Button type="submit" loading={isPending}>
          Create address and token
        </Button>
      </Group>
    </form>
  );
}

/** @throws ApiError */
async function connect(kind: FeedKind, form: FormData, timezone: string): Promise<{ token: string; id: string }> {
  const id = String(form.get('id')).trim();
  const accountName = String(form.get('name')).trim();
  const params = { path: { accountId: id } };
  const body = { timezone, ...(accountName !== '' && { accountName }) };
  await api.PUT('/api/v1/admin/accounts/{accountId}', { params, body });
  const { token } = await answerOf(
    api.POST('/api/v1/admin/accounts/{accountId}/feedTokens', { params, body: { source: kind.source } }),
  );
  return { token, id };
}
