// One state of the account: a label and what it counts as in reports.
import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { errorText } from '../../../api/api-error.ts';
import { answerOf, api } from '../../../api/client.ts';
import { counted } from '../../../format/numbers.ts';
import { stateLook } from '../../../parts/looks/state-colors.ts';
import { FormModal } from '../../../parts/forms/form-modal.tsx';
import { fieldProblem } from '../../../parts/forms/problem.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';

export interface AuxState {
  stateId: number | string;
  agentAuxState: string;
  baseAgentState: { colKey: string };
  isActive: boolean;
}

/** `state` undefined: a new state with this label, which may be empty. */
export interface EditedState {
  state?: AuxState;
  label: string;
}

export const STATES_KEY = 'auxStates';

const BASES = [
  'AVAILABLE',
  'TRANSITION',
  'ENGAGED',
  'WORKING',
  'MONITORING',
  'ON_BREAK',
  'LUNCH',
  'TRAINING',
  'AWAY',
  'AUX_OFFHOOK',
  'AUX_NO_OFFHOOK',
  'RNA',
  'OFFLINE',
];

/** Replays stored events. The state is saved by then, so an error here is reported without failing the form. */
async function replay(accountId: string): Promise<string> {
  try {
    const params = { path: { accountId } };
    const { sessions } = await answerOf(api.POST('/api/v1/admin/accounts/{accountId}/replay', { params, body: {} }));
    return `${counted(sessions, 'stored session')} changed.`;
  } catch (error) {
    return `Stored events were not changed. ${errorText(error as Error)}`;
  }
}

interface StateFormProps {
  accountId: string;
  edited: EditedState;
  close: () => void;
}

export function StateForm({ accountId, edited: { state, label }, close }: StateFormProps) {
  const saving = useSaving({
    save: async (form: FormData) => {
      const saved = await saveState(form);
      return { saved, stored: form.get('appliesToStored') === null ? '' : await replay(accountId) };
    },
    affects: [STATES_KEY, 'dataQuality'],
    done: (_, { saved, stored }) =>
      `${saved.agentAuxState} counts as ${stateLook(saved.baseAgentState.colKey).name}. ${stored}`,
    after: close,
  });
  function saveState(form: FormData) {
    const body = {
      agentAuxState: String(form.get('label')).trim(),
      baseAgentState: { colKey: String(form.get('base')) },
      isActive: form.get('isActive') !== null,
    };
    if (state === undefined) {
      const params = { path: { accountId } };
      return answerOf(api.POST('/api/v1/admin/accounts/{accountId}/auxStates', { params, body }));
    }
    const params = { path: { accountId, stateId: String(state.stateId) } };
    return answerOf(api.PUT('/api/v1/admin/accounts/{accountId}/auxStates/{stateId}', { params, body }));
  }
  return (
    <FormModal
      title={state === undefined ? 'New state' : `Edit ${label}`}
      yes="Save"
      close={close}
      saving={saving}
      save={saving.mutate}
    >
      <TextInput
        name="label"
        label="Label"
        description="Exactly as the feed sends it; upper and lower case do not matter."
        defaultValue={label}
        required
        withAsterisk={false}
        maxLength={256}
        autoComplete="off"
        error={fieldProblem(saving.error, 'agentAuxState')}
      />
      <NativeSelect
        name="base"
        label="Counts as"
        description="The report column that its time is added to."
        defaultValue={state?.baseAgentState.colKey ?? 'AWAY'}
        data={BASES.map(value => ({ value, label: stateLook(value).name }))}
        error={fieldProblem(saving.error, 'baseAgentState.colKey')}
      />
      <Switch
        name="isActive"
        label="In use"
        description="Turn off when agents can no longer choose it. Events keep their meaning."
        defaultChecked={state?.isActive ?? true}
      />
      <Switch
        name="appliesToStored"
        label="Apply to stored events"
        description="Replays stored events with the present settings, so that past reports count it as well."
        defaultChecked={state === undefined}
      />
    </FormModal>
  );
}
