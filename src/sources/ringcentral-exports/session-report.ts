// Reads the rows of an Agent Session Report (RingCentral's, Offhook's own, or one saved by a spreadsheet) as sessions.
import { COLUMNS, type Column, NO_TEAM } from '../../report/columns/columns.ts';
import type { ImportedCount, ImportedTime } from '../../report/columns/measures.ts';
import { timeZoneNamed } from '../../time/time-zone.ts';
import { missing } from '../fields.ts';
import type { Delimiter } from '../tables/delimited.ts';
import { id, requiredId, text } from './cells.ts';
import type { Export } from './export.ts';
import type { ImportedSession, ImportedText } from './imported-session.ts';
import { loginClock } from './login-times.ts';
import { type PrintedNumber, printedCount, printedNumber, printedPercent } from './numbers.ts';
import { headerNotes, isTotalLine, reportHeader } from './report-header.ts';
import { hasLength, wrongLength } from './table-columns.ts';
import { fileTimes } from './times.ts';

const INDEX = new Map(COLUMNS.map(({ key }, index) => [key, index]));
const TEXT_FIELDS: Readonly<Record<string, ImportedText>> = {
  lastName: 'last_name',
  firstName: 'first_name',
  username: 'username',
  phone: 'phone',
  dialGroup: 'dial_group_name',
  externalAgentId: 'external_agent_id',
};

export const sessionReport: Export = {
  name: 'agent-session-report',
  rowKind: 'sessions',
  needsAccount: true,
  timezone: undefined,
  title: 'an Agent Session Report',
  requiredColumns: ['Login DTS', 'Login Session ID'],
  reader({ names, delimiter }, { accountId, timezone, note }) {
    const header = reportHeader(names);
    headerNotes(header).forEach(note);
    const zone = timeZoneNamed(timezone);
    const clock = loginClock(zone);
    const readTime = fileTimes(note);
    return (row, line) => {
      const given = header.places.map(place => row[place] ?? '');
      const cell = (key: string) => given[INDEX.get(key)!]!;
      const isSession = cell('loginDts').trim() !== '' || cell('loginSessionId').trim() !== '';
      if (!isSession && isTotalLine(given)) return undefined;
      if (!hasLength(row, names.length)) throw wrongLength(row, names.length);
      const { times, counts, cells } = numbersOf(given, delimiter);
      const login = readTime('Login DTS', cell('loginDts'), line);
      if (login === undefined) throw missing('Login DTS');
      const logout = readTime('Logout DTS', cell('logoutDts'), line);
      // An empty login time is unknown, not zero.
      const loginTimeMs = cell('loginTime').trim() === '' ? undefined : times.login_time_ms;
      const { loginMs, logoutMs } = clock(login, logout, loginTimeMs);
      const isPrinted = login.isPrinted && logout?.isPrinted !== false;
      const team = text(cell('team'));
      const texts = Object.entries(TEXT_FIELDS).map(([key, field]) => [field, text(cell(key))]);
      return {
        texts: {
          ...Object.fromEntries(texts),
          account_id: accountId,
          login_session_id: requiredId('Login Session ID', cell('loginSessionId')),
          agent_id: id('Agent ID', cell('agentId')),
          team: team === NO_TEAM ? '' : team,
        },
        loginMs,
        endMs: logoutMs ?? loginMs + (loginTimeMs ?? 0),
        hasLogout: logoutMs !== undefined,
        times,
        counts,
        cells,
        // Times in another form are printed again, in RingCentral's form.
        cellsTimezone: isPrinted ? zone : '',
        origin: 'agent-session-report',
      };
    };
  },
};

type Numbers = Pick<ImportedSession, 'cells'> & {
  times: Partial<Record<ImportedTime, number>>;
  counts: Partial<Record<ImportedCount, number>>;
};

/** The counts and times of columns that are one field each. Ratios and averages are only checked and kept as printed. */
function numbersOf(given: readonly string[], delimiter: Delimiter): Numbers {
  const times: Partial<Record<ImportedTime, number>> = {};
  const counts: Partial<Record<ImportedCount, number>> = {};
  const cells = given.map((cell, index) => {
    const column = COLUMNS[index]!;
    const read = READ[column.type];
    if (read === undefined) return cell;
    const { value, printed } = read(column.header, cell, delimiter);
    if (column.type === 'count') counts[column.sql as ImportedCount] = value;
    // Minutes become milliseconds: 45.45 is 2,727,000.
    else if (isTime(column) && printed !== '') times[column.sql as ImportedTime] = Math.round(value * 60_000);
    return printed;
  });
  return { times, counts, cells };
}

const isTime = ({ type, per }: Column) => type === 'minutes' && per === undefined;

const READ: Readonly<
  Partial<Record<Column['type'], (name: string, cell: string, delimiter: Delimiter) => PrintedNumber>>
> = { count: printedCount, minutes: printedNumber, percent: printedPercent };
