// Reads the rows of RingCentral's table agent_states, each one state of an imported session.
import { missing } from '../fields.ts';
import { baseStateOf, stateLabelOf } from '../ringcx/states.ts';
import { id, requiredId, text } from './cells.ts';
import type { Export } from './export.ts';
import { printedNumber } from './numbers.ts';
import { accountOf, tableReader } from './table-columns.ts';
import { fileTimes } from './times.ts';

/** A flag that is set, as databases write it. */
const SET = /^(?:1|t|true|y|yes)$/i;

export const agentStates: Export = {
  name: 'agent-states',
  rowKind: 'states',
  needsAccount: false,
  // Times only need to differ from each other.
  timezone: 'UTC',
  title: 'an export of the table agent_states',
  requiredColumns: ['agent_login_id', 'state_dts', 'base_state', 'duration'],
  reader({ names, delimiter }, context) {
    const row = tableReader(names);
    const readTime = fileTimes(context.note);
    return (cells, line) => {
      const { cell, optionalCell } = row(cells);
      const at = readTime('state_dts', cell('state_dts'), line);
      if (at === undefined) throw missing('state_dts');
      const duration = optionalCell('duration');
      if (duration === undefined) throw missing('duration');
      const accountId = accountOf({ cell, optionalCell }, context);
      const state = requiredId('base_state', cell('base_state'));
      const label = text(cell('state_label'));
      return {
        accountId,
        wallMs: at.wallMs,
        durationMs: Math.round(printedNumber('duration', duration, delimiter).value * 1000),
        loginSessionId: requiredId('agent_login_id', cell('agent_login_id')),
        baseState: baseStateOf(state, label, context.statesOf(accountId)),
        stateLabel: stateLabelOf(state, label),
        callId: id('uii', cell('uii')),
        isPendingDisposition: SET.test(cell('pending_disp').trim()),
      };
    };
  },
};
