// Reads the rows of RingCentral's table agent_logins, each the summary of one session.
import type { ImportedCount, ImportedTime } from '../../report/columns/measures.ts';
import { timeZoneNamed } from '../../time/time-zone.ts';
import { missing } from '../fields.ts';
import type { Delimiter } from '../tables/delimited.ts';
import { id, requiredId, text } from './cells.ts';
import type { Export } from './export.ts';
import type { ImportedText } from './imported-session.ts';
import { loginClock } from './login-times.ts';
import { printedCount, printedNumber } from './numbers.ts';
import { accountOf, type TableRow, tableReader } from './table-columns.ts';
import { fileTimes } from './times.ts';

/** The zone of the platform's clock. */
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
  rowKind: 'sessions',
  needsAccount: false,
  timezone: PLATFORM_ZONE,
  title: 'an export of the table agent_logins',
  requiredColumns: ['agent_login_id', 'login_dts'],
  reader({ names, delimiter }, context) {
    const row = tableReader(names);
    const readTime = fileTimes(context.note);
    const clock = loginClock(timeZoneNamed(context.timezone));
    return (cells, line) => {
      const { cell, optionalCell } = row(cells);
      const login = readTime('login_dts', cell('login_dts'), line);
      if (login === undefined) throw missing('login_dts');
      const times = timesOf({ cell, optionalCell }, delimiter);
      const loginTimeMs = times.login_time_ms ?? undefined;
      const logout = readTime('logout_dts', cell('logout_dts'), line);
      const { loginMs, logoutMs } = clock(login, logout, loginTimeMs);
      const endMs = logoutMs ?? loginMs + (loginTimeMs ?? 0);
      const texts = Object.entries(TEXTS).map(([field, name]) => [field, text(cell(name)).trim()]);
      return {
        texts: {
          ...Object.fromEntries(texts),
          account_id: accountOf({ cell, optionalCell }, context),
          login_session_id: requiredId('agent_login_id', cell('agent_login_id')),
          agent_id: id('agent_id', cell('agent_id')),
        },
        loginMs,
        endMs,
        hasLogout: logoutMs !== undefined,
        times: { ...times, login_time_ms: loginTimeMs ?? endMs - loginMs },
        counts: countsOf({ cell, optionalCell }, delimiter),
        cells: [],
        cellsTimezone: '',
        origin: 'agent-logins',
      };
    };
  },
};

function timesOf({ optionalCell }: TableRow, delimiter: Delimiter): Partial<Record<ImportedTime, number | null>> {
  return Object.fromEntries(
    Object.entries(TIMES).map(([field, name]) => {
      const cell = optionalCell(name);
      const seconds = cell === undefined ? undefined : printedNumber(name, cell, delimiter).value;
      return [field, seconds === undefined ? null : Math.round(seconds * 1000)];
    }),
  );
}

/** The table lacks withdrawn offers, transfers, holds and monitoring. */
function countsOf({ cell }: TableRow, delimiter: Delimiter): Partial<Record<ImportedCount, number>> {
  const count = (name: string) => printedCount(name, cell(name), delimiter).value;
  const accepted = count('calls_handled');
  const misses = count('rna_count');
  return { accepted, ring_no_answers: misses, presented: accepted + misses };
}
