// JWT credentials: each signs a program in as a user, without a password.
import { Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../../api/client.ts';
import { usersQuery } from '../../../api/directory.ts';
import { formatDate } from '../../../format/dates.ts';
import { LOCAL_ZONE } from '../../../format/time-zones.ts';
import { ConfirmButton } from '../../../parts/forms/confirm-button.tsx';
import { FormModal } from '../../../parts/forms/form-modal.tsx';
import { ListHead } from './list-head.tsx';
import { Loaded } from '../../../parts/frame/loaded.tsx';
import { fieldProblem } from '../../../parts/forms/problem.tsx';
import { ScrollTable } from '../../../parts/tables/scroll-table.tsx';
import type { Secret } from './secret.ts';
import { useSaving } from '../../../parts/forms/use-saving.ts';

const CREDENTIALS_KEY = 'jwtCredentials';

export function Credentials({ show }: { show: (secret: Secret) => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const [username, setUsername] = useState<string | null>(null);
  const users = useQuery(usersQuery);
  const query = useQuery({
    queryKey: [CREDENTIALS_KEY],
    queryFn: () => answerOf(api.GET('/api/v1/admin/jwtCredentials')),
  });
  const make = useSaving({
    save: (form: FormData) => {
      const body = { username: username ?? '', label: String(form.get('label')).trim() };
      return answerOf(api.POST('/api/v1/admin/jwtCredentials', { body }));
    },
    concerns: [CREDENTIALS_KEY],
    after: ({ label, assertion }) => {
      setIsOpen(false);
      show({ title: `JWT credential ${label}`, values: [{ label: 'Assertion', value: assertion }] });
    },
  });
  return (
    <Stack gap="sm">
      <ListHead title="JWT credentials" button="New JWT credential" open={() => setIsOpen(true)} />
      <Loaded query={query} label="Loading the JWT credentials">
        {credentials =>
          credentials.length === 0 ? (
            <Text c="dimmed">There is no JWT credential. One signs a program in as a user, without a password.</Text>
          ) : (
            <ScrollTable label="JWT credentials" minWidth={520} heads={['Name', 'Signs in as', 'Made', 'Action']}>
              {credentials.map(credential => (
                <CredentialRow key={credential.credentialId} {...credential} />
              ))}
            </ScrollTable>
          )
        }
      </Loaded>
      {isOpen && (
        <FormModal
          title="New JWT credential"
          yes="Make the credential"
          close={() => setIsOpen(false)}
          saving={make}
          save={make.mutate}
        >
          <Select
            comboboxProps={{ withinPortal: false }}
            label="User"
            description="The program may do what this user may do."
            data={users.data?.map(user => user.username) ?? []}
            value={username}
            onChange={setUsername}
            searchable
            required
            withAsterisk={false}
            error={fieldProblem(make.error, 'username')}
          />
          <TextInput
            name="label"
            label="Name"
            description="For people: which program it is."
            required
            withAsterisk={false}
            error={fieldProblem(make.error, 'label')}
          />
        </FormModal>
      )}
    </Stack>
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
    concerns: [CREDENTIALS_KEY],
    done: () => `The JWT credential ${label} is deleted.`,
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
          text={`The program is no longer signed in as ${username}, and all tokens that it was given end at once.`}
          yes="Delete the credential"
          saving={remove}
        >
          Delete
        </ConfirmButton>
      </Table.Td>
    </Table.Tr>
  );
}
