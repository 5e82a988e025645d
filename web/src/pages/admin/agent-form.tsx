// One agent of the directory, made or changed; what is new holds from now on.
import { Button, NativeSelect, Stack, Switch, Text, TextInput, Group, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { formatInstant } from '../../format/dates.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { FormModal } from './form-modal.tsx';
import { useGroups } from './grants-editor.tsx';
import { Loaded } from './loaded.tsx';
import { fieldProblem } from './problem.tsx';
import { ScrollTable } from './scroll-table.tsx';
import { useSaving } from './use-saving.ts';

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

export const AGENTS_KEY = 'agents';

const TEXTS = [
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['username', 'User name'],
  ['email', 'E-mail'],
  ['team', 'Team'],
  ['externalAgentId', 'External agent id'],
] as const;

interface AgentFormProps {
  accountId: string;
  timezone: string;
  /** Undefined: a new one. */
  agent: Agent | undefined;
  close: () => void;
}

export function AgentForm({ accountId, timezone, agent, close }: AgentFormProps) {
  const { data: groups = [] } = useGroups(accountId);
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
        const made = { ...body, ...(text('agentId') !== '' && { agentId: text('agentId') }) };
        return answerOf(api.POST('/api/v1/admin/accounts/{accountId}/agents', { params, body: made }));
      }
      const params = { path: { accountId, agentId: String(agent.agentId) } };
      return answerOf(api.PUT('/api/v1/admin/accounts/{accountId}/agents/{agentId}', { params, body }));
    },
    concerns: [AGENTS_KEY],
    done: (_, saved) => `The agent ${saved.agentId} is ${agent === undefined ? 'made' : 'changed'}.`,
    after: close,
  });
  const error = (name: string) => fieldProblem(saving.error, name);
  return (
    <FormModal
      title={agent === undefined ? 'New agent' : `Agent ${agent.agentId}`}
      yes={agent === undefined ? 'Make the agent' : 'Save'}
      size="lg"
      close={close}
      saving={saving}
      save={saving.mutate}
    >
      <Text c="dimmed" size="sm">
        What is new holds from now on; reports of earlier sessions show what was so then.
      </Text>
      {agent === undefined && (
        <TextInput
          name="agentId"
          label="Id"
          description="As the feed names the agent. Left empty: the next free number."
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
      {agent !== undefined && <AgentMore accountId={accountId} timezone={timezone} agent={agent} close={close} />}
    </FormModal>
  );
}

/** History and deletion. */
function AgentMore({ accountId, timezone, agent, close }: AgentFormProps & { agent: Agent }) {
  const [isOpen, setIsOpen] = useState(false);
  const params = { path: { accountId, agentId: String(agent.agentId) } };
  const remove = useSaving({
    save: () => api.DELETE('/api/v1/admin/accounts/{accountId}/agents/{agentId}', { params }),
    concerns: [AGENTS_KEY],
    done: () => `The agent ${agent.agentId} is deleted.`,
    after: close,
  });
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Button variant="default" size="compact-md" onClick={() => setIsOpen(!isOpen)} aria-expanded={isOpen}>
          History
        </Button>
        <ConfirmButton
          label={`Delete the agent ${agent.agentId}`}
          title={`Delete the agent ${agent.agentId}?`}
          text="The agent is not listed any more. Reports of sessions until now still show the name."
          yes="Delete the agent"
          saving={{ ...remove, mutateAsync: () => remove.mutateAsync(undefined) }}
        >
          Delete the agent
        </ConfirmButton>
      </Group>
      {isOpen && <AgentHistory accountId={accountId} timezone={timezone} agentId={String(agent.agentId)} />}
    </Stack>
  );
}

interface AgentHistoryProps {
  accountId: string;
  timezone: string;
  agentId: string;
}

function AgentHistory({ accountId, timezone, agentId }: AgentHistoryProps) {
  const query = useQuery({
    queryKey: [AGENTS_KEY, accountId, 'history', agentId],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/admin/accounts/{accountId}/agents/{agentId}/history', {
          params: { path: { accountId, agentId } },
        }),
      ),
  });
  return (
    <Loaded query={query} label="Loading the history">
      {entries => (
        <ScrollTable label="History" minWidth={480} heads={['From', 'Name', 'Team', 'Group']}>
          {entries.toReversed().map((entry, index) => (
            <Table.Tr key={entry.validFrom}>
              <Table.Td>
                {index === entries.length - 1 ? 'The beginning' : formatInstant(Date.parse(entry.validFrom), timezone)}
              </Table.Td>
              <Table.Td>
                {entry.firstName} {entry.lastName}
                {entry.isDeleted && ' (deleted)'}
              </Table.Td>
              <Table.Td>{entry.team}</Table.Td>
              <Table.Td>{entry.agentGroupName}</Table.Td>
            </Table.Tr>
          ))}
        </ScrollTable>
      )}
    </Loaded>
  );
}
