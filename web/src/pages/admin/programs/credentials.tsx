// JWT credentials: each lets a program sign in as a user, without a password.
import { Select, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../../api/client.ts';
import { usersQuery } from '../../../api/directory.ts';
import { formatDate } from '../../../format/dates.ts';
import { LOCAL_ZONE } from '../../../format/time-zones.ts';
import { ConfirmButton } from '../../../parts/forms/confirm-button.tsx';
import { fieldProblem } from '../../../parts/forms/problem.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';
import { NamedList } from './named-list.tsx';
import type { Secret } from './secret.ts';

const CREDENTIALS_KEY = 'jwtCredentials';

export function Credentials({ show }: { show: (secret: Secret) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [username, setUsername] = useState<string | null>(null);
  const users = useQuery(usersQuery);
  const query = useQuery({
    queryKey: [CREDENTIALS_KEY],
    queryFn: () => answerOf(api.GET('/api/v1/admin/jwtCredentials')),
  });
  const create = useSaving({
    save: (form: FormData) => {
      const body = { username: username ?? '', label: String(form.get('label')).trim() };
      return answerOf(api.POST('/api/v1/admin/jwtCredentials', { body }));
    },
    affects: [CREDENTIALS_KEY],
    after: ({ label, assertion }) => {
      setOpen(false);
      show({ title: `JWT credential ${label}`, values: [{ label: 'Assertion', value: assertion }] });
    },
  });
  return (
    <NamedList
      title="JWT credentials"
      one="JWT credential"
      none="No JWT credentials yet. One lets a program sign in as a user, without a password."
      heads={['Name', 'Signs in as', 'Created', 'Action']}
      query={query}
      row={credential => <CredentialRow key={credential.credentialId} {...credential} />}
      isOpen={isOpen}
      setOpen={setOpen}
      create={create}
    >
      <Select
        comboboxProps={{ withinPortal: false }}
        label="User"
        description="The program may do whatever this user may do."
        data={users.data?.map(user => user.username) ?? []}
        value={username}
        onChange={setUsername}
        searchable
        required
        withAsterisk={false}
        error={fieldProblem(create.error, 'username')}
      />
    </NamedList>
  );
}

interface Credential {
  credentialId: string;
  username: string;
  label: string;
  createdAt: string;
}

function CredentialRow({ credentialId, username, label, createdAt }: Credential) {
  const remove = useSaving({
    save: () => api.DELETE('/api/v1/admin/jwtCredentials/{credentialId}', { params: { path: { credentialId } } }),
    affects: [CREDENTIALS_KEY],
    done: () => `JWT credential ${label} deleted.`,
  });
  return (
    <Table.Tr>
      <Table.Td fw={600}>{label}</Table.Td>
      <Table.Td>{username}</Table.Td>
      <Table.Td>{formatDate(Date.parse(createdAt), LOCAL_ZONE)}</Table.Td>
      <Table.Td>
        <ConfirmButton
          label={`Delete the JWT credential ${label}`}
          title={`Delete the JWT credential ${label}?`}
          text={`The program can no longer sign in as ${username}, and all its tokens stop working at once.`}
          yes="Delete the credential"
          saving={remove}
        >
          Delete
        </ConfirmButton>
      </Table.Td>
    </Table.Tr>
  );
}
