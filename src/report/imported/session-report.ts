// A row of an Agent Session Report, RingCentral's or Offhook's own, back into the session that it tells of.
import { missing, Refusal } from '../../sources/fields.ts';
import type {
  ImportedCount,
  ImportedSession,
  ImportedText,
  ImportedTime,
} from '../../store/imported-sessions.ts';
import { COLUMNS, type Column } from '../columns.ts';
import { NO_TEAM } from '../criteria.ts';
import { timeZoneNamed } from '../time-zone.ts';
import { id, minutes, monthFirst, percent, requiredId, text, wholeNumber } from './cells.ts';
import { type Export, invalidExport } from './export.ts';
import { loginClock } from './login-times.ts';

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
  things: 'sessions',
  needsAccount: true,
  timezone: undefined,
  reader(header, { accountId, timezone }) {
    requireHeader(header);
    const zone = timeZoneNamed(timezone);
    const clock = loginClock(zone);
    return cells => {
      const cell = (key: string) => cells[INDEX.get(key)!]!;
      if (cells.length !== COLUMNS.length) throw wrongNumber(cells.length);
      const numbers = numbersOf(cells);
      const loginWallMs = monthFirst('Login DTS', cell('loginDts'));
      if (loginWallMs === undefined) throw missing('Login DTS');
      const loginTimeMs = numbers.times.login_time_ms ?? 0;
      const { loginMs, logoutMs } = clock(
        loginWallMs,
        monthFirst('Logout DTS', cell('logoutDts')),
        loginTimeMs,
      );
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
        ...{ loginMs, endMs: logoutMs ?? loginMs + loginTimeMs, hasLogout: logoutMs !== undefined },
        ...{ ...numbers, cells, cellsTimezone: zone, origin: 'agent-session-report' },
      };
    };
  },
};

type Numbers = Pick<ImportedSession, 'times' | 'counts'>;

/** Counts and times of the columns that are one field each; ratios and averages are checked, and kept as printed. */
function numbersOf(cells: readonly string[]): Numbers {
  const times: Partial<Record<ImportedTime, number>> = {};
  const counts: Partial<Record<ImportedCount, number>> = {};
  COLUMNS.forEach((column, index) => {
    const cell = cells[index]!;
    if (column.type === 'count') counts[column.sql as ImportedCount] = wholeNumber(column.header, cell);
    else if (column.type === 'percent') percent(column.header, cell);
    else if (column.type === 'minutes') {
      const ms = minutes(column.header, cell);
      if (isField(column)) times[column.sql as ImportedTime] = ms;
    }
  });
  return { times, counts };
}

const isField = ({ per }: Column) => per === undefined;

function requireHeader(header: readonly string[]): void {
  const wrong = COLUMNS.findIndex((column, index) => column.header !== header[index]);
  if (wrong < 0 && header.length === COLUMNS.length) return;
  const found = wrong < 0 ? `has ${header.length} columns` : `names ${JSON.stringify(header[wrong] ?? '')}`;
  const place = wrong < 0 ? '' : ` in column ${wrong + 1}, not ${JSON.stringify(COLUMNS[wrong]!.header)}`;
  throw invalidExport(
    `The header is not that of an Agent Session Report: it ${found}${place}.`,
    `Give a report as it was downloaded, with its ${COLUMNS.length} columns, delimited by comma, pipe or tab.`,
  );
}

function wrongNumber(cells: number): Refusal {
  return new Refusal('INVALID_VALUE', `The row has ${cells} cells, expected ${COLUMNS.length}.`);
}
