// A new or changed user: name, password, rights.
import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { answerOf, api } from '../../../api/client.ts';
import { type Grant, USERS_KEY, type User } from '../../../api/directory.ts';
import { FormModal } from '../../../parts/forms/form-modal.tsx';
import { GrantsEditor } from './grants-editor.tsx';
import { fieldProblem } from '../../../parts/forms/problem.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';

interface UserFormProps {
  /** Undefined: a new user. */
  user: User | undefined;
  close: () => void;
  /** Called for a new user, with the password if it was generated. */
  created: (username: string, password: string | undefined) => void;
}

export function UserForm({ user, close, created }: UserFormProps) {
  const [grants, setGrants] = useState<readonly Grant[]>(user?.grants ?? []);
  const isNew = user === undefined;
  const saving = useSaving({
    save: async (form: FormData) => {
      const password = String(form.get('password')) || null;
      const body = {
        password,
        grants: grants.map(grant => ({ ...grant, agentGroupIds: [...grant.agentGroupIds] })),
      };
      if (!isNew) {
        const params = { path: { username: user.username } };
        await api.PUT('/api/v1/admin/users/{username}', { params, body });
        return undefined;
      }
      const username = String(form.get('username')).trim();
      return answerOf(api.POST('/api/v1/admin/users', { body: { ...body, username } }));
    },
    affects: [USERS_KEY, '/api/v1/auth/session'],
    done: (_, output) => (isNew ? `User ${output?.username} created.` : `User ${user.username} saved.`),
    after: output => {
      close();
      if (output !== undefined) created(output.username, output.password);
    },
  });
  return (
    <FormModal
      title={isNew ? 'New user' : `Edit ${user.username}`}
      yes={isNew ? 'Create user' : 'Save'}
      size="lg"
      close={close}
      saving={saving}
      save={saving.mutate}
    >
      {isNew && (
        <TextInput
          name="username"
          label="User name"
          required
          withAsterisk={false}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={fieldProblem(saving.error, 'username')}
        />
      )}
      <PasswordInput
        name="password"
        label="Password"
        description={
          isNew
            ? 'Leave empty to generate one, which is shown once.'
            : 'Leave empty to keep it. A new password signs the user out everywhere.'
        }
        autoComplete="new-password"
        error={fieldProblem(saving.error, 'password')}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
      <GrantsEditor grants={grants} change={setGrants} />
    </FormModal>
  );
}
