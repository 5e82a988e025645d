// One agent's history, and the button that deletes the agent.
import { Button, Group, Stack, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../../api/client.ts';
import { AGENTS_KEY } from '../../../api/directory.ts';
import { formatInstant } from '../../../format/dates.ts';
import { ConfirmButton } from '../../../parts/forms/confirm-button.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';
import { Loaded } from '../../../parts/frame/loaded.tsx';
import { ScrollTable } from '../../../parts/tables/scroll-table.tsx';

interface AgentMoreProps {
  accountId: string;
  timezone: string;
  agentId: string;
  close: () => void;
}

export function AgentMore({ accountId, timezone, agentId, close }: AgentMoreProps) {
  const [isOpen, setIsOpen] = useState(false);
  const params = { path: { accountId, agentId } };
  const remove = useSaving({
    save: () => api.DELETE('/api/v1/admin/accounts/{accountId}/agents/{agentId}', { params }),
    affects: [AGENTS_KEY],
    done: () => `Agent ${agentId} deleted.`,
    after: close,
  });
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Button variant="default" size="compact-md" onClick={() => setIsOpen(!isOpen)} aria-expanded={isOpen}>
          History
        </Button>
        <ConfirmButton
          label={`Delete the agent ${agentId}`}
          title={`Delete the agent ${agentId}?`}
          text="The agent is removed from the list. Reports of past sessions still show the name."
          yes="Delete the agent"
          saving={remove}
        >
          Delete the agent
        </ConfirmButton>
      </Group>
      {isOpen && <AgentHistory accountId={accountId} timezone={timezone} agentId={agentId} />}
    </Stack>
  );
}

function AgentHistory({ accountId, timezone, agentId }: Omit<AgentMoreProps, 'close'>) {
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
                {index === entries.length - 1 ? 'Start' : formatInstant(Date.parse(entry.validFrom), timezone)}
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
