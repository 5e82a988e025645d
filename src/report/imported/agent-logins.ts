// A row of RingCentral's table agent_logins into the session that it sums up.
import { missing } from '../../sources/fields.ts';
import type { ImportedCount, ImportedText, ImportedTime } from '../../store/imported-sessions.ts';
import { timeZoneNamed } from '../time-zone.ts';
import { id, requiredId, seconds, text, wholeNumber, yearFirst } from './cells.ts';
import type { Export } from './export.ts';
import { loginClock } from './login-times.ts';
import { accountOf, type TableRow, tableReader } from './table-columns.ts';

/** The platform's clock reads New York. */
const PLATFORM_ZONE = 'America/New_York';

const TEXTS: Readonly<Partial<Record<ImportedText, string>>> = {
  username: 'username',
  phone: 'agent_phone',
  first_name: 'first_name',
  last_name: 'last_name',
  team: 'team',
  agent_group_id: 'agent_group_id',
  agent_group_name: 'agent_group_name',
  external_agent_id: 'external_agent_id',
  dial_group_name: 'dial_group_name',
};

const TIMES: Readonly<Partial<Record<ImportedTime, string>>> = {
  login_time_ms: 'login_time',
  available_ms: 'available_time',
  ring_ms: 'ring_time',
  engaged_ms: 'engaged_time',
  hold_ms: 'hold_time',
  work_ms: 'work_time',
  break_ms: 'break_time',
  away_ms: 'away_time',
  lunch_ms: 'lunch_time',
  training_ms: 'train_time',
  rna_ms: 'rna_time',
  pending_disposition_ms: 'pending_disp_time',
  off_hook_ms: 'off_hook_time',
  rounded_off_hook_ms: 'rounded_off_hook_time',
};

export const agentLogins: Export = {
  name: 'agent-logins',
  things: 'sessions',
  needsAccount: false,
  timezone: PLATFORM_ZONE,
  reader(header, context) {
    const row = tableReader('agent_logins', header, ['agent_login_id', 'login_dts']);
    const clock = loginClock(timeZoneNamed(context.timezone));
    return cells => {
      const { cell, maybe } = row(cells);
      const loginWallMs = yearFirst('login_dts', cell('login_dts'));
      if (loginWallMs === undefined) throw missing('login_dts');
      const times = timesOf({ cell, maybe });
      const loginTimeMs = times.login_time_ms ?? undefined;
      const { loginMs, logoutMs } = clock(
        loginWallMs,
        yearFirst('logout_dts', cell('logout_dts')),
        loginTimeMs,
      );
      const endMs = logoutMs ?? loginMs + (loginTimeMs ?? 0);
      const texts = Object.entries(TEXTS).map(([field, name]) => [field, text(cell(name)).trim()]);
      return {
        texts: {
          ...Object.fromEntries(texts),
          account_id: accountOf({ cell, maybe }, context),
          login_session_id: requiredId('agent_login_id', cell('agent_login_id')),
          agent_id: id('agent_id', cell('agent_id')),
        },
        ...{ loginMs, endMs, hasLogout: logoutMs !== undefined },
        times: { ...times, login_time_ms: loginTimeMs ?? endMs - loginMs },
        counts: countsOf({ cell, maybe }),
        ...{ cells: [], cellsTimezone: '', origin: 'agent-logins' },
      };
    };
  },
};

function timesOf({ maybe }: TableRow): Partial<Record<ImportedTime, number | null>> {
  return Object.fromEntries(
    Object.entries(TIMES).map(([field, name]) => {
      const cell = maybe(name);
      return [field, cell === undefined ? null : seconds(name, cell)];
    }),
  );
}

/** Offers withdrawn, transfers, holds and monitoring are not in the table. */
function countsOf({ cell }: TableRow): Partial<Record<ImportedCount, number>> {
  const accepted = wholeNumber('calls_handled', cell('calls_handled'));
  const misses = wholeNumber('rna_count', cell('rna_count'));
  return { accepted, ring_no_answers: misses, presented: accepted + misses };
}
