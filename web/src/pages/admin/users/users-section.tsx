// The users and their rights.
import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { type User, USERS_KEY, usersQuery } from '../../../api/directory.ts';
import { useSession } from '../../../api/session.ts';
import { useAccounts } from '../../../parts/account/account-choice.tsx';
import { CopyValue } from '../../../parts/forms/copy-value.tsx';
import { ConfirmButton } from '../../../parts/forms/confirm-button.tsx';
import { grantText } from './grants.ts';
import { Loaded } from '../../../parts/frame/loaded.tsx';
import { ScrollTable } from '../../../parts/tables/scroll-table.tsx';
import { SectionFrame } from '../../../parts/frame/section-frame.tsx';
import { UserForm } from './user-form.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';
import { Window } from '../../../parts/dialogs/window.tsx';

export function UsersSection() {
  const [edited, setEdited] = useState<{ user: User | undefined }>();
  const [generated, setGenerated] = useState<{ username: string; password: string }>();
  const query = useQuery(usersQuery);
  return (
    <SectionFrame
      title="Users"
      text="Who may sign in, and what they may do. A reader limited to some agent groups sees no other agents, neither here nor through the API."
      action={
        <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setEdited({ user: undefined })}>
          New user
        </Button>
      }
    >
      <Loaded query={query} label="Loading the users">
        {users => (
          <ScrollTable label="Users" minWidth={560} heads={['User', 'Rights', 'Actions']}>
            {users.map(user => (
              <UserRow key={user.username} user={user} edit={() => setEdited({ user })} />
            ))}
          </ScrollTable>
        )}
      </Loaded>
      {edited && (
        <UserForm
          user={edited.user}
          close={() => setEdited(undefined)}
          created={(username, password) => password !== undefined && setGenerated({ username, password })}
        />
      )}
      <Window
        title={`Password of ${generated?.username}`}
        isOpen={generated !== undefined}
        close={() => setGenerated(undefined)}
      >
        <Stack>
          <Text>Copy this now and pass it on. It is shown only once.</Text>
          <CopyValue label="Password" value={generated?.password ?? ''} />
        </Stack>
      </Window>
    </SectionFrame>
  );
}

function UserRow({ user: { username, grants }, edit }: { user: User; edit: () => void }) {
  const accounts = useAccounts();
  const { username: own } = useSession();
  const nameOf = (id: string) => accounts.find(({ accountId }) => accountId === id)?.accountName ?? id;
  const remove = useSaving({
    save: () => api.DELETE('/api/v1/admin/users/{username}', { params: { path: { username } } }),
    affects: [USERS_KEY],
    done: () => `User ${username} deleted.`,
  });
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600}>{username}</Text>
        {username === own && (
          <Text size="sm" c="dimmed">
            You
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {grants.length === 0 && 'None'}
        {grants.map(grant => (
          <Text key={`${grant.accountId} ${grant.role}`} size="sm">
            {grantText(grant, nameOf)}
          </Text>
        ))}
      </Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <Button variant="default" size="compact-sm" onClick={edit} aria-label={`Edit ${username}`}>
            Edit
          </Button>
          <ConfirmButton
            label={`Delete ${username}`}
            title={`Delete the user ${username}?`}
            text="The user is signed out everywhere, and all API tokens and JWT credentials of the user stop working at once. The audit log keeps what the user did."
            yes="Delete the user"
            saving={remove}
          >
            Delete
          </ConfirmButton>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
