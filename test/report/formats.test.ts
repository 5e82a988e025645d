// Every format, opened by a reader of another library and compared cell by cell with the CSV.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse as parseCsv } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { XMLParser } from 'fast-xml-parser';
import { parseDocument } from 'htmlparser2';
import { parquetReadObjects } from 'hyparquet';
import { COLUMNS } from '../../src/report/columns/columns.ts';
import { ALL_COLUMNS, EXTRA_COLUMNS } from '../../src/report/columns/extra-columns.ts';
import { type ReportCriteria, reportRows } from '../../src/report/query/criteria.ts';
import { FORMATS, type FormatName } from '../../src/report/formats/formats.ts';
import { workbook } from '../../src/report/formats/xlsx.ts';
import {
  CLOCK,
  collect,
  escapedInCell,
  HOSTILE,
  hostileReport,
  inHtml,
  inMarkup,
  TIMEZONE,
  WEEK,
} from '../support/report-files/hostile-report.ts';

const { offhook, write, ndjsonOf } = await hostileReport();

async function readParquet(more: Partial<ReportCriteria> = {}): Promise<Record<string, unknown>[]> {
  const bytes = await write('parquet', more);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  return parquetReadObjects({ file });
}

interface XmlSession {
  [key: string]: unknown;
  stateLabels?: { stateLabel: { name: string; text: string }[] };
}

async function readXml(more: Partial<ReportCriteria> = {}): Promise<XmlSession[]> {
  const parser = new XMLParser({
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    textNodeName: 'text',
    parseAttributeValue: false,
    isArray: name => name === 'session' || name === 'stateLabel',
  });
  return parser.parse(await write('xml', more)).agentSessionReport.session ?? [];
}

async function readWorkbook(bytes: Buffer): Promise<ExcelJS.Worksheet[]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  return book.worksheets;
}

const [header, ...rows] = parseCsv(await write('csv')) as string[][];
const lines = await ndjsonOf();
const labelsOf = (line: Record<string, unknown>) => line.stateLabels as Record<string, number>;
const column = (key: string) => COLUMNS.findIndex(candidate => candidate.key === key);
const open = rows.filter(row => row[column('logoutDts')] === '').length;

/** An instant as the CSV prints it. */
function printedDts(ms: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: '2-digit',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
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
  if (type === 'dts') return printedDts(value instanceof Date ? value.getTime() : Date.parse(String(value)), TIMEZONE);
  return String(value);
}

/** Numbers of a reader that gives bigints, decimals as inexact floats, and maps. */
function asNumbers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return Number(Number(value).toFixed(2));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asNumbers(each)]));
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
    COLUMNS.every(({ type }, i) => type === 'text' || rows.some(row => !/^(0|0\.00%?)?$/.test(row[i] as string))),
  );
});

test('pipe and tab', async () => {
  const options = { relax_column_count: false };
  assert.deepEqual(parseCsv(await write('pipe'), { ...options, delimiter: '|' }), [header, ...rows]);
  assert.deepEqual(parseCsv(await write('tab'), { ...options, delimiter: '\t' }), [header, ...rows]);
});

test('ndjson and json', async () => {
  assertRows(lines.map(line => COLUMNS.map(({ key }) => line[key])));
  assert.deepEqual(JSON.parse((await write('json')).toString()), lines);
  assert.equal(lines.filter(line => line.endReason === 'OPEN').length, open);
  assert.equal(typeof lines[0]!.talkTime, 'number');
});

test('parquet', async () => {
  const records = await readParquet();
  assertRows(records.map(record => COLUMNS.map(({ key }) => record[key])));
  const plain = (record: Record<string, unknown>) =>
    EXTRA_COLUMNS.map(({ key, type }) => (type === 'text' ? record[key] : asNumbers(record[key])));
  assert.deepEqual(records.map(plain), lines.map(plain));
});

test('xml', async () => {
  const sessions = await readXml();
  assert.deepEqual(
    sessions.map(session => COLUMNS.map(({ key }) => inMarkup(String(session[key] ?? '')))),
    rows.map(row => row.map(inMarkup)),
  );
  assert.deepEqual(
    sessions.map(session => session.stateLabels?.stateLabel.map(({ name, text }) => [name, text])),
    lines.map(line => Object.entries(labelsOf(line)).map(([label, minutes]) => [inMarkup(label), minutes.toFixed(2)])),
  );
  assert.deepEqual(
    sessions.map(({ endReason, loginRecorded, unaccountedTime, origin }) => [
      endReason,
      Number(loginRecorded),
      Number(unaccountedTime),
      origin,
    ]),
    lines.map(line => [line.endReason, line.loginRecorded, line.unaccountedTime, 'computed']),
  );
});

test('html', async () => {
  const cells: string[][] = [];
  const textOf = (node: object): string =>
    'data' in node ? String(node.data) : 'children' in node ? (node.children as object[]).map(textOf).join('') : '';
  const walk = (node: object): void => {
    if ('name' in node && node.name === 'tr') {
      const children = (node as unknown as { children: { name?: string }[] }).children;
      cells.push(children.filter(child => child.name === 'td' || child.name === 'th').map(textOf));
    } else if ('children' in node) (node.children as object[]).forEach(walk);
  };
  walk(parseDocument((await write('html')).toString()));
  assert.deepEqual(
    cells.map(row => row.map(inHtml)),
    [header as string[], ...rows].map(row => row.map(inHtml)),
  );
});

for (const [format, columns] of [
  ['excel', COLUMNS],
  ['xlsx', ALL_COLUMNS],
] as const) {
  test(`${format}: real numbers and dates, a frozen header`, async () => {
    const [sheet] = (await readWorkbook(await write(format))) as [ExcelJS.Worksheet];
    assert.equal(sheet.name, 'Sessions');
    assert.equal(sheet.columnCount, columns.length);
    assert.equal(sheet.rowCount, rows.length + 1);
    assert.deepEqual([sheet.views[0]?.state, (sheet.views[0] as { ySplit?: number }).ySplit], ['frozen', 1]);
    const values = (row: number) => columns.map((_, i) => sheet.getRow(row).getCell(i + 1).value);
    assert.deepEqual(
      values(1),
      columns.map(column => column.header),
    );
    rows.forEach((row, i) => {
      const beyond = values(i + 2).slice(COLUMNS.length);
      if (columns.length > COLUMNS.length) assert.deepEqual(beyond, beyondCells(lines[i]!));
      const cells = values(i + 2)
        .slice(0, COLUMNS.length)
        .map((value, c) => {
          const { type } = COLUMNS[c]!;
          if (type === 'percent') return `${(Number(value) * 100).toFixed(2)}%`;
          // Excel's dates are wall-clock times, which the reader gives as UTC.
          if (type === 'dts') return value === null ? '' : printedDts((value as Date).getTime(), 'UTC');
          return type === 'text' ? String(value ?? '') : printed(value, c);
        });
      assert.deepEqual(cells, row.map(escapedInCell));
    });
  });
}

/** What a sheet shows beyond the 39 columns. */
function beyondCells(line: Record<string, unknown>): unknown[] {
  const labels = Object.entries(labelsOf(line)).map(([label, minutes]) => `${label}=${minutes.toFixed(2)}`);
  return [
    line.endReason,
    line.loginRecorded,
    line.unaccountedTime,
    escapedInCell(labels.join('; ')) || null,
    line.origin,
  ];
}

test('the label’s time is in typed formats, for each label that a state showed', () => {
  for (const label of ['AVAILABLE', ...HOSTILE]) {
    assert.ok(
      lines.some(line => labelsOf(line)[label]! > 0),
      JSON.stringify(label),
    );
  }
  for (const line of lines) {
    const labelled = Object.values(labelsOf(line)).reduce((sum, minutes) => sum + minutes, 0);
    // Each label is rounded by itself.
    const tolerance = 0.005 * (Object.keys(labelsOf(line)).length + 1) + 1e-9;
    assert.ok(labelled <= (line.loginTime as number) + tolerance);
    assert.ok(
      labelled >= (line.loginTime as number) - (line.unaccountedTime as number) - tolerance - 0.005,
      JSON.stringify(line),
    );
  }
});

/** Without the days whose sessions may be open, which take longer to plan. */
const ENDED = { end: '2026-11-01' };

test('a limit leaves the first rows, in every format', async () => {
  const more = { ...ENDED, maxRows: 7 };
  assert.deepEqual(parseCsv(await write('csv', more)), [header, ...rows.slice(0, 7)]);
  assert.deepEqual(await ndjsonOf(more), lines.slice(0, 7));
  assert.deepEqual(JSON.parse((await write('json', more)).toString()), lines.slice(0, 7));
  const ids = lines.slice(0, 7).map(line => line.loginSessionId);
  assert.deepEqual(
    (await readParquet(more)).map(record => record.loginSessionId),
    ids,
  );
  assert.deepEqual(
    (await readXml(more)).map(session => session.loginSessionId),
    ids,
  );
  const [sheet] = await readWorkbook(await write('excel', more));
  assert.equal(sheet?.rowCount, 8);
  assert.equal((await write('html', more)).toString().split('<tr>').length, 9);
});

test('one row per agent, in every format', async () => {
  const more = { ...ENDED, rollupAgent: true };
  const [, ...ended] = parseCsv(await write('csv', ENDED)) as string[][];
  const [, ...agentRows] = parseCsv(await write('csv', more)) as string[][];
  assert.equal(agentRows.length, new Set(ended.map(row => row[column('agentId')])).size);
  const agentLines = await ndjsonOf(more);
  const cells = (record: Record<string, unknown>) => COLUMNS.map(({ key }, i) => printed(record[key], i));
  assert.deepEqual(agentLines.map(cells), agentRows);
  assert.deepEqual((await readParquet(more)).map(cells), agentRows);
  assert.deepEqual(
    (await readXml(more)).map(session => COLUMNS.map(({ key }) => inMarkup(String(session[key] ?? '')))),
    agentRows.map(row => row.map(inMarkup)),
  );
  const [sheet] = (await readWorkbook(await write('xlsx', more))) as [ExcelJS.Worksheet];
  const first = COLUMNS.length + 1;
  assert.deepEqual(
    agentLines.map((_, i) => EXTRA_COLUMNS.map((_, c) => sheet.getRow(i + 2).getCell(first + c).value)),
    agentLines.map(beyondCells),
  );
});

test('xlsx goes on with further sheets when one is full', async () => {
  const asked = reportRows(WEEK, CLOCK);
  const bytes = workbook(COLUMNS, 31).write(offhook.engine, asked, { keepFormulas: false });
  const sheets = await readWorkbook(await collect(bytes));
  const ids = sheets.map(sheet => sheet.getColumn(column('loginSessionId') + 1).values.slice(2));
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
  test(`${format} for a reader that has left is an error`, async () => {
    const left = new AbortController();
    const bytes = offhook.report(WEEK, CLOCK, { format, keepFormulas: false, signal: left.signal });
    const read = collect(bytes);
    setImmediate(() => left.abort());
    await assert.rejects(read, { name: 'AbortError' });
  });

  test(`${format} without rows is whole`, async () => {
    const bytes = await write(format, { start: '2020-01-01', end: '2020-01-02' });
    if (format === 'json') assert.deepEqual(JSON.parse(bytes.toString()), []);
    else if (format === 'ndjson') assert.equal(bytes.length, 0);
    else assert.ok(bytes.length > 0);
  });
}
