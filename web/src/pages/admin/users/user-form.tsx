// A user who is made or changed: name, password, rights.
import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { answerOf, api } from '../../../api/client.ts';
import { type Grant, USERS_KEY, type User } from '../../../api/directory.ts';
import { FormModal } from '../../../parts/forms/form-modal.tsx';
import { GrantsEditor } from './grants-editor.tsx';
import { fieldProblem } from '../../../parts/forms/problem.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';

interface UserFormProps {
  /** Undefined: a new one. */
  user: User | undefined;
  close: () => void;
  /** Called with the password that was generated for a new user. */
  made: (username: string, password: string | undefined) => void;
}

export function UserForm({ user, close, made }: UserFormProps) {
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
    concerns: [USERS_KEY, '/api/v1/auth/session'],
    done: (_, output) => (isNew ? `The user ${output?.username} is made.` : `The user ${user.username} is changed.`),
    after: output => {
      close();
      if (output !== undefined) made(output.username, output.password);
    },
  });
  return (
    <FormModal
      title={isNew ? 'New user' : `Change ${user.username}`}
      yes={isNew ? 'Make the user' : 'Save'}
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
            ? 'Left empty, one is generated and shown once.'
            : 'Left empty, it stays. A new one ends the user’s sign-ins.'
        }
        autoComplete="new-password"
        error={fieldProblem(saving.error, 'password')}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
      <GrantsEditor grants={grants} change={setGrants} />
    </FormModal>
  );
}
