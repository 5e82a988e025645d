// Every format, opened by a reader of another library and compared cell by cell with the CSV.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parse as parseCsv } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { XMLParser } from 'fast-xml-parser';
import { parseDocument } from 'htmlparser2';
import { parquetReadObjects } from 'hyparquet';
import { openOffhook } from '../src/pipeline.ts';
import { COLUMNS } from '../src/report/columns.ts';
import { FORMATS, type FormatName } from '../src/report/formats/formats.ts';
import { workbook } from '../src/report/formats/xlsx.ts';
import { foldParams } from '../src/sessions/sessions.ts';
import { simulateAgents } from '../src/simulate/agents.ts';
import { simulateCentre } from '../src/simulate/centre.ts';
import { importAgents } from '../src/store/agents.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
const offhook = await openOffhook(dataDir);
after(async () => {
  await offhook.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const RANGE = { accountIds: ['sim'] };
const NOW = Date.UTC(2026, 10, 3, 20);
const TIMEZONE = 'America/New_York';
const CENTRE = { accountId: 'sim', agents: 25, days: 7, start: '2026-10-28', seed: 7, offHook: true };
/** What markup, quoting and spreadsheets stumble over; a text that ends the row comes last. */
const HOSTILE = [
  '<b>&amp;"\'',
  'a,b|c\td',
  'two\nlines\r\n',
  ']]>',
  'Zoë 🎧',
  '\u0001',
  '  spaced  ',
  '=1+1',
  '{{x}}',
];
const agents = simulateAgents(CENTRE).map((row, i) => ({
  ...{
    ...row,
    last_name: HOSTILE[i] ?? row.last_name,
    team: i === 3 ? '' : row.team,
    validFromMs: undefined,
  },
}));
await importAgents(offhook.engine, 'sim', agents, Date.UTC(2026, 0, 1));
await offhook.writer.write([...simulateCentre(CENTRE)].filter(event => event.at <= NOW));

async function write(format: FormatName, start = '2026-10-28', end = '2026-11-03 15:00:00'): Promise<Buffer> {
  const criteria = {
    ...{ accountIds: ['sim'], start, end, timezone: TIMEZONE },
    ...{ agentIds: [], agentGroupIds: [], agentTeams: [] },
  };
  const clock = { nowMs: NOW, staleAfterMs: 16 * 3_600_000 };
  const chunks: Uint8Array[] = [];
  for await (const chunk of offhook.report(criteria, clock, { format, keepFormulas: true }))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

const [header, ...rows] = parseCsv(await write('csv')) as string[][];
const column = (key: string) => COLUMNS.findIndex(candidate => candidate.key === key);
const open = rows.filter(row => row[column('logoutDts')] === '').length;

/** An instant as the CSV prints it. */
function printedDts(ms: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, year: '2-digit', month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  }).formatToParts(ms);
  const part = (type: string) => parts.find(candidate => candidate.type === type)?.value;
  return `${part('month')}/${part('day')}/${part('year')} ${part('hour')}:${part('minute')} ${part('dayPeriod')}`;
}

/** A typed value as the CSV prints it. */
function printed(value: unknown, index: number): string {
  const { type } = COLUMNS[index]!;
  if (value === null || value === undefined) return '';
  if (type === 'minutes') return Number(value).toFixed(2);
  if (type === 'percent') return `${Number(value).toFixed(2)}%`;
  if (type === 'dts')
    return printedDts(value instanceof Date ? value.getTime() : Date.parse(String(value)), TIMEZONE);
  return String(value);
}

function assertRows(actual: unknown[][]): void {
  assert.equal(actual.length, rows.length);
  assert.deepEqual(
    actual.map(cells => cells.map(printed)),
    rows,
  );
}

test('the sample holds what the comparison needs', () => {
  assert.deepEqual(
    header,
    COLUMNS.map(candidate => candidate.header),
  );
  assert.ok(rows.length > 60 && open > 0);
  assert.ok(
    COLUMNS.every(
      ({ type }, i) => type === 'text' || rows.some(row => !/^(0|0\.00%?)?$/.test(row[i] as string)),
    ),
  );
});

test('pipe and tab', async () => {
  const options = { relax_column_count: false };
  assert.deepEqual(parseCsv(await write('pipe'), { ...options, delimiter: '|' }), [header, ...rows]);
  assert.deepEqual(parseCsv(await write('tab'), { ...options, delimiter: '\t' }), [header, ...rows]);
});

test('ndjson and json', async () => {
  const lines = (await write('ndjson'))
    .toString()
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  assertRows(lines.map(line => COLUMNS.map(({ key }) => line[key])));
  assert.deepEqual(JSON.parse((await write('json')).toString()), lines);
  assert.equal(lines.filter(line => line.endReason === 'OPEN').length, open);
  assert.equal(typeof lines[0].talkTime, 'number');
});

test('parquet', async () => {
  const bytes = await write('parquet');
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const records = await parquetReadObjects({ file });
  assertRows(records.map(record => COLUMNS.map(({ key }) => record[key])));
});

/** What XML cannot hold is replaced. */
const inMarkup = (text: string) => text.replaceAll('\u0001', '\uFFFD');

test('xml', async () => {
  const parser = new XMLParser({ parseTagValue: false, trimValues: false, htmlEntities: true });
  const { agentSessionReport } = parser.parse(await write('xml'));
  const sessions = agentSessionReport.session as Record<string, string>[];
  assert.deepEqual(
    sessions.map(session => COLUMNS.map(({ key }) => inMarkup(session[key] ?? ''))),
    rows.map(row => row.map(inMarkup)),
  );
});

test('html', async () => {
  const cells: string[][] = [];
  const textOf = (node: object): string =>
    'data' in node
      ? String(node.data)
      : 'children' in node
        ? (node.children as object[]).map(textOf).join('')
        : '';
  const walk = (node: object): void => {
    if ('name' in node && node.name === 'tr') {
      const children = (node as unknown as { children: { name?: string }[] }).children;
      cells.push(children.filter(child => child.name === 'td' || child.name === 'th').map(textOf));
    } else if ('children' in node) (node.children as object[]).forEach(walk);
  };
  walk(parseDocument((await write('html')).toString()));
  assert.deepEqual(
    cells.map(row => row.map(inMarkup)),
    [header as string[], ...rows].map(row => row.map(inMarkup)),
  );
});

test('xlsx: real numbers and dates, a frozen header', async () => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await write('xlsx')) as unknown as ExcelJS.Buffer);
  const sheet = workbook.worksheets[0] as ExcelJS.Worksheet;
  assert.equal(sheet.name, 'Sessions');
  assert.deepEqual([sheet.views[0]?.state, (sheet.views[0] as { ySplit?: number }).ySplit], ['frozen', 1]);
  const values = (row: number) => COLUMNS.map((_, i) => sheet.getRow(row).getCell(i + 1).value);
  assert.deepEqual(values(1), header);
  rows.forEach((row, i) => {
    const cells = values(i + 2).map((value, c) => {
      const { type } = COLUMNS[c]!;
      if (type === 'percent') return `${(Number(value) * 100).toFixed(2)}%`;
      // Excel's dates are wall-clock times, which the reader gives as UTC.
      if (type === 'dts') return value === null ? '' : printedDts((value as Date).getTime(), 'UTC');
      return type === 'text' ? inMarkup(String(value ?? '')) : printed(value, c);
    });
    assert.deepEqual(cells, row.map(inMarkup));
  });
});

test('xlsx goes on with further sheets when one is full', async () => {
  const range = { ...RANGE, fromMs: 0, toMs: NOW, nowMs: NOW, staleAfterMs: 57_600_000 };
  const params = {
    ...foldParams(range),
    timezone: TIMEZONE,
    agent_ids: [],
    agent_group_ids: [],
    agent_teams: [],
  };
  const chunks: Uint8Array[] = [];
  const bytes = workbook(31).write(offhook.engine, params, { keepFormulas: false });
  for await (const chunk of bytes) chunks.push(chunk);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.concat(chunks) as unknown as ExcelJS.Buffer);
  const ids = book.worksheets.map(sheet => sheet.getColumn(column('loginSessionId') + 1).values.slice(2));
  assert.deepEqual(
    ids.slice(0, -1).map(({ length }) => length),
    ids.slice(0, -1).map(() => 30),
  );
  assert.deepEqual(
    ids.flat(),
    rows.map(row => row[column('loginSessionId')]),
  );
});

for (const format of Object.keys(FORMATS) as FormatName[]) {
  test(`${format} without rows is whole`, async () => {
    const bytes = await write(format, '2020-01-01', '2020-01-02');
    if (format === 'json') assert.deepEqual(JSON.parse(bytes.toString()), []);
    else if (format === 'ndjson') assert.equal(bytes.length, 0);
    else assert.ok(bytes.length > 0);
  });
}
