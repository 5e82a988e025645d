// A label and what it counts as.
import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { errorText } from '../../../api/api-error.ts';
import { answerOf, api } from '../../../api/client.ts';
import { formatCount } from '../../../format/numbers.ts';
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

/** `state` undefined: a new one, of the label if one is given. */
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

/** What became of the stored events: the state itself is saved by then, so a refusal is told and is no failure. */
async function replayed(accountId: string): Promise<string> {
  try {
    const params = { path: { accountId } };
    const { sessions } = await answerOf(api.POST('/api/v1/admin/accounts/{accountId}/replay', { params, body: {} }));
    return `${formatCount(sessions)} stored ${sessions === 1 ? 'session has' : 'sessions have'} changed.`;
  } catch (error) {
    return `What is stored stays as it is. ${errorText(error as Error)}`;
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
      return { saved, stored: form.get('appliesToStored') === null ? '' : await replayed(accountId) };
    },
    concerns: [STATES_KEY, 'dataQuality'],
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
      title={state === undefined ? 'What a label counts as' : `Change ${label}`}
      yes="Save"
      close={close}
      saving={saving}
      save={saving.mutate}
    >
      <TextInput
        name="label"
        label="Label"
        description="As the feed sends it."
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
        description="The column of the report that its time goes into."
        defaultValue={state?.baseAgentState.colKey ?? 'AWAY'}
        data={BASES.map(value => ({ value, label: stateLook(value).name }))}
        error={fieldProblem(saving.error, 'baseAgentState.colKey')}
      />
      <Switch
        name="isActive"
        label="In use"
        description="Off: agents do not choose it any more. Events keep their meaning."
        defaultChecked={state?.isActive ?? true}
      />
      <Switch
        name="appliesToStored"
        label="Also for what is stored"
        description="Stored events are read again by the settings as they are now, so that past reports count it, too."
        defaultChecked={state === undefined}
      />
    </FormModal>
  );
}
