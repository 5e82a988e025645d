// An account's own states: the labels that agents see, what each counts as, and labels without a meaning.
import { Badge, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../../api/client.ts';
import { mayAdminister, useSession } from '../../../api/session.ts';
import { useAccount } from '../../../parts/account/account-choice.tsx';
import { stateLook } from '../../../parts/looks/state-colors.ts';
import { ConfirmButton } from '../../../parts/forms/confirm-button.tsx';
import { Loaded } from '../../../parts/frame/loaded.tsx';
import { ReplayNote } from './replay-note.tsx';
import { ScrollTable } from '../../../parts/tables/scroll-table.tsx';
import { SectionFrame } from '../../../parts/frame/section-frame.tsx';
import { type AuxState, type EditedState, StateForm, STATES_KEY } from './state-form.tsx';
import { UnknownStates } from './unknown-states.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';
import classes from '../../../parts/tables/scroll-table.module.css';

export function StatesSection() {
  const session = useSession();
  const { accountId } = useAccount();
  const [edited, setEdited] = useState<EditedState>();
  const mayChange = mayAdminister(session, accountId);
  const query = useQuery({
    queryKey: [STATES_KEY, accountId],
    queryFn: () =>
      answerOf(api.GET('/api/v1/admin/accounts/{accountId}/auxStates', { params: { path: { accountId } } })),
  });
  return (
    <SectionFrame
      title="States"
      text="What this contact centre’s own state labels count as in reports. The feed’s standard states need no setup. Upper and lower case do not matter."
      action={
        mayChange && (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setEdited({ label: '' })}>
            New state
          </Button>
        )
      }
    >
      <Loaded query={query} label="Loading the states">
        {states => (
          <Stack gap="xl">
            {(['UNKNOWN_STATES', 'GUESSED_STATES'] as const).map(check => (
              <UnknownStates
                key={check}
                check={check}
                accountId={accountId}
                mayChange={mayChange}
                known={states.map(({ agentAuxState }) => agentAuxState)}
                map={label => setEdited({ label })}
              />
            ))}
            <Stack gap="sm">
              <Title order={3} size="h4">
                States in use
              </Title>
              {states.length === 0 ? (
                <Text c="dimmed">
                  No states yet. Add the labels that your agents choose and that the feed does not explain.
                </Text>
              ) : (
                <ScrollTable label="States" minWidth={560} heads={['Label', 'Counts as', 'In use', 'Actions']}>
                  {states.map(state => (
                    <StateRow
                      key={state.stateId}
                      state={state}
                      accountId={accountId}
                      mayChange={mayChange}
                      edit={() => setEdited({ state, label: state.agentAuxState })}
                    />
                  ))}
                </ScrollTable>
              )}
            </Stack>
            {mayChange && <ReplayNote accountId={accountId} />}
          </Stack>
        )}
      </Loaded>
      {edited && <StateForm accountId={accountId} edited={edited} close={() => setEdited(undefined)} />}
    </SectionFrame>
  );
}

interface StateRowProps {
  state: AuxState;
  accountId: string;
  mayChange: boolean;
  edit: () => void;
}

function StateRow({ state, accountId, mayChange, edit }: StateRowProps) {
  const { stateId, agentAuxState: label, baseAgentState, isActive } = state;
  const remove = useSaving({
    save: () =>
      api.DELETE('/api/v1/admin/accounts/{accountId}/auxStates/{stateId}', {
        params: { path: { accountId, stateId: String(stateId) } },
      }),
    affects: [STATES_KEY],
    done: () => `State ${label} removed.`,
  });
  return (
    <Table.Tr>
      <Table.Td className={classes.name} fw={600}>
        {label}
      </Table.Td>
      <Table.Td>{stateLook(baseAgentState.colKey).name}</Table.Td>
      <Table.Td>
        <Badge variant="outline" color={isActive ? 'green' : 'gray'} c="inherit" tt="none">
          {isActive ? 'Yes' : 'No'}
        </Badge>
      </Table.Td>
      <Table.Td>
        {mayChange ? (
          <Group gap="xs" wrap="nowrap">
            <Button variant="default" size="compact-sm" onClick={edit} aria-label={`Edit ${label}`}>
              Edit
            </Button>
            <ConfirmButton
              label={`Remove ${label}`}
              title={`Remove the state ${label}?`}
              text="From now on, events with this label count as unknown, and their time as unaccounted. Stored events do not change."
              yes="Remove the state"
              saving={remove}
            >
              Remove
            </ConfirmButton>
          </Group>
        ) : (
          <Text c="dimmed">Read only</Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
