// A row of RingCentral's table agent_states into a state of an imported session.
import { missing } from '../../sources/fields.ts';
import { baseStateOf, stateLabelOf } from '../../sources/ringcx/states.ts';
import { id, requiredId, seconds, text, yearFirst } from './cells.ts';
import type { Export } from './export.ts';
import { accountOf, tableReader } from './table-columns.ts';

const NEEDED = ['agent_login_id', 'state_dts', 'base_state', 'duration'];
/** How databases write a flag that is set. */
const SET = /^(?:1|t|true|y|yes)$/i;

export const agentStates: Export = {
  name: 'agent-states',
  things: 'states',
  needsAccount: false,
  // Times are only told apart.
  timezone: 'UTC',
  reader(header, context) {
    const row = tableReader('agent_states', header, NEEDED);
    return cells => {
      const { cell, maybe } = row(cells);
      const wallMs = yearFirst('state_dts', cell('state_dts'));
      if (wallMs === undefined) throw missing('state_dts');
      const duration = maybe('duration');
      if (duration === undefined) throw missing('duration');
      const accountId = accountOf({ cell, maybe }, context);
      const state = requiredId('base_state', cell('base_state'));
      const label = text(cell('state_label'));
      return {
        ...{ accountId, wallMs, durationMs: seconds('duration', duration) },
        loginSessionId: requiredId('agent_login_id', cell('agent_login_id')),
        baseState: baseStateOf(state, label, context.statesOf(accountId)),
        stateLabel: stateLabelOf(state, label),
        callId: id('uii', cell('uii')),
        isPendingDisposition: SET.test(cell('pending_disp').trim()),
      };
    };
  },
};
