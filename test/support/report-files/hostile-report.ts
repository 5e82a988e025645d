// A report whose texts are what markup, quoting and spreadsheets stumble over, for every format and every reader.
import { rmSync } from 'node:fs';
import { after } from 'node:test';
import { type Offhook, openOffhook } from '../../../src/pipeline.ts';
import { ALL_SESSIONS, type ReportCriteria } from '../../../src/report/query/criteria.ts';
import type { FormatName } from '../../../src/report/formats/formats.ts';
import { refreshSessionCache } from '../../../src/sessions/session-cache.ts';
import { simulateAgents } from '../../../src/simulate/centre/agents.ts';
import { simulateCentre } from '../../../src/simulate/centre/centre.ts';
import { importAgents } from '../../../src/directory/agents/agents.ts';
import { temporaryDataDir } from '../temporary-engine.ts';

const NOW = Date.UTC(2026, 10, 3, 20);
export const TIMEZONE = 'America/New_York';
const CENTRE = { accountId: 'sim', agents: 25, days: 7, start: '2026-10-28', seed: 7, offHook: true };

const LONG_CENTRE = { ...CENTRE, accountId: 'long', agents: 1, days: 1 };

/** The names of agents and the labels of states; the last but one of an agent ends the row. */
export const HOSTILE = [
  '<b>&amp;"\'',
  'a,b|c\td',
  'two\nlines\r\n',
  ']]>',
  'Zoë 🎧',
  '\u0001',
  '  spaced  ',
  '=1+1',
  '{{x}}',
  // What a workbook would read as another character, and what is none.
  '_x0041_ _x005F_ _x41_',
  '00123',
  'TRUE',
  '#N/A',
  '1e5',
  '\u200Fעברית\u00A0',
  '\uFFFF\u000B\u0085\u2028',
  '\t',
];

/** The name of the one agent of the account `long`: more UTF-16 units than a cell of a workbook may have, two for a character. */
export const LONG = `x${'🎧'.repeat(20_000)}`;

/** What XML cannot hold is replaced. */
export const inMarkup = (text: string): string =>
  ['\u0001', '\u000B', '\uFFFF'].reduce((held, none) => held.replaceAll(none, '\uFFFD'), text);

/** HTML knows one line break, and fewer characters. */
export const inHtml = (text: string): string => inMarkup(text).replaceAll('\x85', '\uFFFD').replaceAll('\r\n', '\n');

/** A text that a workbook would read as another character is written so that it does not, which some readers leave as it is. */
export const escapedInCell = (text: string): string => inMarkup(text).replaceAll(/_(?=x[0-9A-Fa-f]{4})/g, '_x005F_');

export const WEEK: ReportCriteria = {
  ...ALL_SESSIONS,
  accountIds: ['sim'],
  start: '2026-10-28',
  end: '2026-11-03 15:00:00',
  timezone: TIMEZONE,
};
export const CLOCK = { nowMs: NOW, staleAfterMs: 16 * 3_600_000 };

export interface HostileReport {
  offhook: Offhook;
  /** The week's report, or the one of other criteria. */
  write: (format: FormatName, more?: Partial<ReportCriteria>) => Promise<Buffer>;
  /** Its rows as typed values. */
  ndjsonOf: (more?: Partial<ReportCriteria>) => Promise<Record<string, unknown>[]>;
}

/** One per test file: a process holds one data directory. */
export async function hostileReport(): Promise<HostileReport> {
  const dataDir = await temporaryDataDir();
  const offhook = await openOffhook(dataDir);
  after(async () => {
    await offhook.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  await importAgents(offhook.engine, 'sim', hostileAgents(), Date.UTC(2026, 0, 1));
  const longNamed = simulateAgents(LONG_CENTRE).map(row => ({
    ...row,
    last_name: LONG,
    validFromMs: undefined,
  }));
  await importAgents(offhook.engine, 'long', longNamed, Date.UTC(2026, 0, 1));
  await offhook.writer.write([...hostileEvents(), ...simulateCentre(LONG_CENTRE)]);
  await refreshSessionCache(offhook.engine, CLOCK);
  const write: HostileReport['write'] = (format, more = {}) =>
    collect(offhook.report({ ...WEEK, ...more }, CLOCK, { format, keepFormulas: true }));
  return {
    offhook,
    write,
    ndjsonOf: async more =>
      (await write('ndjson', more))
        .toString()
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line)),
  };
}

const hostileAgents = () =>
  simulateAgents(CENTRE).map((row, i) => ({
    ...row,
    last_name: HOSTILE[i] ?? row.last_name,
    team: i === 3 ? '' : row.team,
    validFromMs: undefined,
  }));

/** Labels that hurt, too: some states show one, some do not. */
const hostileEvents = () =>
  [...simulateCentre(CENTRE)]
    .filter(event => event.at <= NOW)
    .map((event, i) =>
      event.baseState && i % 3
        ? { ...event, stateLabel: HOSTILE[Math.floor(i / 3) % (HOSTILE.length + 1)] ?? '' }
        : event,
    );

export async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}
