// One agent of the directory, new or changed; changes apply from now on.
import { NativeSelect, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.ts';
import { AGENTS_KEY, groupsQuery } from '../../../api/directory.ts';
import { FormModal } from '../../../parts/forms/form-modal.tsx';
import { fieldProblem } from '../../../parts/forms/problem.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';
import { AgentMore } from './agent-history.tsx';

export interface Agent {
  agentId: number | string;
  firstName: string;
  lastName: string;
  username: string;
  email: string;
  team: string;
  externalAgentId: string;
  agentGroupId: number | string;
  agentGroupName: string;
  isActive: boolean;
}

const TEXTS = [
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['username', 'User name'],
  ['email', 'Email'],
  ['team', 'Team'],
  ['externalAgentId', 'External agent ID'],
] as const;

interface AgentFormProps {
  accountId: string;
  timezone: string;
  /** Undefined: a new agent. */
  agent: Agent | undefined;
  close: () => void;
}

export function AgentForm({ accountId, timezone, agent, close }: AgentFormProps) {
  const { data: groups = [] } = useQuery(groupsQuery(accountId));
  const saving = useSaving({
    save: (form: FormData) => {
      const text = (name: string) => String(form.get(name) ?? '').trim();
      const body = {
        ...Object.fromEntries(TEXTS.map(([name]) => [name, text(name)])),
        agentGroupId: text('agentGroupId'),
        isActive: form.get('isActive') !== null,
      };
      if (agent === undefined) {
        const params = { path: { accountId } };
        const created = { ...body, ...(text('agentId') !== '' && { agentId: text('agentId') }) };
        return answerOf(api.POST('/api/v1/admin/accounts/{accountId}/agents', { params, body: created }));
      }
      const params = { path: { accountId, agentId: String(agent.agentId) } };
      return answerOf(api.PUT('/api/v1/admin/accounts/{accountId}/agents/{agentId}', { params, body }));
    },
    affects: [AGENTS_KEY],
    done: (_, saved) => `Agent ${saved.agentId} ${agent === undefined ? 'created' : 'saved'}.`,
    after: close,
  });
  const error = (name: string) => fieldProblem(saving.error, name);
  return (
    <FormModal
      title={agent === undefined ? 'New agent' : `Agent ${agent.agentId}`}
      yes={agent === undefined ? 'Create agent' : 'Save'}
      size="lg"
      close={close}
      saving={saving}
      save={saving.mutate}
    >
      <Text c="dimmed" size="sm">
        Changes apply to logins from now on. Reports of earlier sessions keep the earlier values.
      </Text>
      {agent === undefined && (
        <TextInput
          name="agentId"
          label="ID"
          description="The agent’s ID in the feed. Leave empty for the next free number."
          autoComplete="off"
          error={error('agentId')}
        />
      )}
      <div style={{ display: 'grid', gap: 12, gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))' }}>
        {TEXTS.map(([name, label]) => (
          <TextInput
            key={name}
            name={name}
            label={label}
            defaultValue={agent?.[name]}
            maxLength={256}
            autoComplete="off"
            error={error(name)}
          />
        ))}
      </div>
      <NativeSelect
        name="agentGroupId"
        label="Group"
        key={groups.length}
        defaultValue={agent === undefined ? '' : String(agent.agentGroupId)}
        data={[
          { value: '', label: 'No group' },
          ...groups.map(group => ({ value: String(group.agentGroupId), label: group.groupName })),
        ]}
        error={error('agentGroupId')}
      />
      <Switch name="isActive" label="Active" defaultChecked={agent?.isActive ?? true} />
      {agent !== undefined && (
        <AgentMore accountId={accountId} timezone={timezone} agentId={String(agent.agentId)} close={close} />
      )}
    </FormModal>
  );
}
