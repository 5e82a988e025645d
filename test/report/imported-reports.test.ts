// Agent Session Reports that are imported and written again: the same bytes, whatever they hold.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parse as parseCsv } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { openOffhook } from '../../src/pipeline.ts';
import { COLUMNS } from '../../src/report/columns/columns.ts';
import type { FormatName } from '../../src/report/formats/formats.ts';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { anyHistory, inAccount, START } from '../support/histories.ts';
import { importText, NOW, reportBytes } from '../support/imports.ts';
import { runs } from '../support/property-runs.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
const offhook = await openOffhook(dataDir);
after(async () => {
  await offhook.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const GOLDEN = readFileSync(new URL('../golden/agent-session-report.csv', import.meta.url), 'utf8');
const HEADER = COLUMNS.map(({ header }) => header).join(',');
const REPORT = 'agent-session-report';

async function report(accountId: string, format: FormatName, timezone: string, more = {}): Promise<string> {
  return (await reportBytes(offhook, accountId, format, { timezone, ...more })).toString();
}

/** A report's row with some cells other than the published one's. */
function row(cells: Readonly<Record<string, string>>): string {
  const published = GOLDEN.split('\n')[1]!.split(',');
  return COLUMNS.map(({ key }, index) => cells[key] ?? published[index]).join(',');
}
const file = (...rows: Readonly<Record<string, string>>[]) => `${[HEADER, ...rows.map(row)].join('\n')}\n`;

let accounts = 0;
async function imported(text: string, timezone = 'US/Arizona', chunk = 1000): Promise<string> {
  const accountId = `imported-${accounts++}`;
  assert.equal((await importText(offhook, REPORT, text, { accountId, timezone, chunk })).rejected, 0);
  return accountId;
}

for (const [format, delimiter] of [
  ['csv', ','],
  ['pipe', '|'],
  ['tab', '\t'],
] as const) {
  test(`the published report, ${format}: the same bytes; an hour of another zone in that zone`, async () => {
    const text = GOLDEN.replaceAll(',', delimiter);
    const accountId = await imported(text, 'US/Arizona', 7);
    assert.equal(await report(accountId, format, 'US/Arizona'), text);
    const elsewhere = text
      .replace('4/27/20 12:02 PM', '4/27/20 3:02 PM')
      .replace('4/27/20 12:47 PM', '4/27/20 3:47 PM');
    assert.equal(await report(accountId, format, 'America/New_York'), elsewhere);
  });
}

test('a BOM, CRLF, empty lines and quotes that are not needed are read', async () => {
  const quoted = GOLDEN.trimEnd()
    .split('\n')
    .map(line => line.replaceAll(/[^,]+/g, '"$&"'))
    .join('\r\n\r\n');
  const accountId = await imported(`\u{FEFF}${quoted}\r\n`);
  assert.equal(await report(accountId, 'csv', 'US/Arizona'), GOLDEN);
});

/** Texts that hurt, numbers that no report of Offhook prints, and times that only fit the zone of their file. */
const HOSTILE = file(
  {
    lastName: '"O""Hara, ""Zoë"""',
    firstName: '"two\nlines\r\n"',
    username: '🎧 ü',
    team: '=cmd|x',
    phone: '+1 (650) 555-0100',
    dialGroup: "'quoted'",
    externalAgentId: '  spaced  ',
    loginSessionId: '1',
    loginTime: '"1,234.50"',
    loginUtilization: '7%',
    avgTalkTime: '0.1',
    accepted: '"1,001"',
    talkTime: '3',
    pendingDispTime: '',
    monitoringSessions: '',
  },
  { loginSessionId: '2', loginDts: '04/27/2020 12:02 pm', logoutDts: '', team: '@team', lastName: '-1+cmd' },
);

test('hostile cells come back as they were', async () => {
  const accountId = await imported(HOSTILE, 'US/Arizona', 1);
  assert.equal(await report(accountId, 'csv', 'US/Arizona', { keepFormulas: true }), HOSTILE);
  const cells = parseCsv(HOSTILE) as string[][];
  for (const [format, delimiter] of [
    ['pipe', '|'],
    ['tab', '\t'],
  ] as const) {
    const text = await report(accountId, format, 'US/Arizona', { keepFormulas: true });
    assert.deepEqual(parseCsv(text, { delimiter }), cells);
  }
  const guarded = await report(accountId, 'csv', 'US/Arizona');
  assert.equal(guarded, HOSTILE.replace('=cmd', "'=cmd").replace('@team', "'@team").replace('-1+cmd', "'-1+cmd"));
  const again = await imported(guarded);
  for (const keepFormulas of [true, false])
    assert.equal(await report(again, 'csv', 'US/Arizona', { keepFormulas }), guarded);
});

test('html and workbooks show the same cells', async () => {
  const accountId = await imported(HOSTILE);
  const [, ...cells] = parseCsv(HOSTILE) as string[][];
  const rows: string[][] = [];
  const textOf = (node: object): string =>
    'data' in node ? String(node.data) : 'children' in node ? (node.children as object[]).map(textOf).join('') : '';
  const walk = (node: object): void => {
    const children = 'children' in node ? (node.children as { name?: string }[]) : [];
    if (children.some(({ name }) => name === 'td')) rows.push(children.map(textOf));
    else children.forEach(walk);
  };
  walk(parseDocument(await report(accountId, 'html', 'US/Arizona')));
  const withHtmlBreaks = cells.map(row => row.map(cell => cell.replaceAll('\r\n', '\n')));
  assert.deepEqual(rows, withHtmlBreaks, 'HTML knows one line break');

  const book = new ExcelJS.Workbook();
  const bytes = await reportBytes(offhook, accountId, 'excel', { timezone: 'US/Arizona' });
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  const sheet = book.worksheets[0]!;
  const value = (at: number, key: string) =>
    sheet.getRow(at).getCell(COLUMNS.findIndex(column => column.key === key) + 1).value;
  assert.deepEqual(
    [value(2, 'lastName'), value(2, 'team'), value(2, 'loginTime'), value(2, 'loginUtilization')],
    ['O"Hara, "Zoë"', '=cmd|x', 1234.5, 0.07],
  );
  assert.deepEqual([value(2, 'avgTalkTime'), value(2, 'accepted'), value(3, 'logoutDts')], [0.1, 1001, null]);
});

test('typed formats: instants, numbers, ratios as printed, and the mark', async () => {
  const accountId = await imported(HOSTILE);
  const lines = (await report(accountId, 'ndjson', 'UTC')).trimEnd().split('\n');
  const [first, second] = lines.map(line => JSON.parse(line)) as [Record<string, unknown>, Record<string, unknown>];
  const picked = ({ loginDts, logoutDts, endReason, origin }: Record<string, unknown>) => [
    loginDts,
    logoutDts,
    endReason,
    origin,
  ];
  assert.deepEqual(picked(first), ['2020-04-27T19:02:00.000Z', '2020-04-27T19:47:00.000Z', 'NORMAL', 'imported']);
  assert.deepEqual(picked(second), ['2020-04-27T19:02:00.000Z', null, 'STALE', 'imported']);
  assert.deepEqual(
    [first.accepted, first.talkTime, first.avgTalkTime, first.loginTime, first.loginUtilization],
    [1001, 3, 0.1, 1234.5, 7],
  );
  // What the report leaves empty is not known.
  assert.deepEqual([first.pendingDispTime, first.monitoringSessions, first.loginRecorded], [null, null, 1]);
});

test('the names of Offhook’s own CSV are without its guard', async () => {
  const accountId = await imported(file({ lastName: "'=Sum", team: "'@team", phone: "'x" }));
  const [line] = (await report(accountId, 'ndjson', 'UTC', { agentTeams: ['@team'] })).split('\n');
  const { lastName, team, phone } = JSON.parse(line!);
  assert.deepEqual([lastName, team, phone], ['=Sum', '@team', "'x"]);
});

test('a session that is imported again replaces itself, and files that overlap are one history', async () => {
  const accountId = await imported(file({ loginSessionId: '1' }, { loginSessionId: '2', lastName: 'Old' }));
  const later = file({ loginSessionId: '2', lastName: 'New' }, { loginSessionId: '0' });
  await importText(offhook, REPORT, later, { accountId, timezone: 'US/Arizona' });
  assert.equal(
    await report(accountId, 'csv', 'US/Arizona'),
    file({ loginSessionId: '1' }, { loginSessionId: '2', lastName: 'New' }, { loginSessionId: '0' }),
  );
  // Of two rows in one file the later one stays.
  const twice = await imported(file({ lastName: 'Old' }, { lastName: 'New' }));
  assert.equal(await report(twice, 'csv', 'US/Arizona'), file({ lastName: 'New' }));
});

const SPRING_TO_AUTUMN = Date.UTC(2026, 10, 1, 5, 59, 30) - START;
const NAMES = ['=1+1', 'a,b|c\td', 'x"y"\r\nz', '{{x}}', '[No Team Name]', 'Zoë 🎧'];

/** Histories of several agents as one account's. */
const anyCentre = fc.array(anyHistory, { minLength: 5, maxLength: 15 }).map(histories =>
  histories.flatMap((history, nth) =>
    history.map(event => ({
      ...event,
      loginSessionId: event.loginSessionId && `${nth % 7}-${nth}-${event.loginSessionId}`,
      agentId: event.agentId && `${nth}-${event.agentId}`,
    })),
  ),
);

test('law: Offhook’s report of any sessions, imported elsewhere, is the same report', async () => {
  let sessions = 0;
  await fc.assert(
    fc.asyncProperty(
      anyCentre,
      fc.constantFrom(0, SPRING_TO_AUTUMN),
      fc.constantFrom('America/New_York', 'UTC', 'Asia/Kathmandu', 'Australia/Lord_Howe'),
      fc.constantFrom(...NAMES),
      fc.constantFrom<FormatName>('csv', 'pipe', 'tab'),
      fc.integer({ min: 1, max: 5000 }),
      async (history, shiftMs, timezone, name, format, chunk) => {
        const accountId = `law-${accounts++}`;
        const shifted = history.map(event => ({ ...event, at: event.at + shiftMs, phone: name }));
        await offhook.writer.write(inAccount(accountId, shifted));
        const agents = Array.from({ length: 15 }, (_, nth) => ({
          agent_id: `${nth}-a0`,
          last_name: name,
          team: name,
          validFromMs: undefined,
        }));
        await importAgents(offhook.engine, accountId, agents, NOW);
        const text = await report(accountId, format, timezone);
        sessions += text.split('\n').length - 2;
        const copyId = await imported(text, timezone, chunk);
        assert.equal(await report(copyId, format, timezone), text);
        // A clock reading of the repeated hour may name another instant.
        if (shiftMs === 0) {
          const away = 'Pacific/Auckland';
          assert.equal(await report(copyId, format, away), await report(accountId, format, away));
        }
      },
    ),
    { ...runs(10), examples: [[[], SPRING_TO_AUTUMN, 'America/New_York', 'x', 'csv', 100]] },
  );
  assert.ok(sessions > 100, String(sessions));
});
