// Every format as programs in other languages read it, compared cell by cell with the report's values.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse as parseCsv } from 'csv-parse/sync';
import { Temporal } from 'temporal-polyfill';
import { COLUMNS, type Column } from '../../src/report/columns/columns.ts';
import { ALL_COLUMNS } from '../../src/report/columns/extra-columns.ts';
import type { ReportCriteria } from '../../src/report/query/criteria.ts';
import type { FormatName } from '../../src/report/formats/formats.ts';
import {
  HOSTILE,
  escapedInCell,
  hostileReport,
  inHtml,
  inMarkup,
  LONG,
  TIMEZONE,
} from '../support/report-files/hostile-report.ts';
import { inDuckDb, inLibreOffice, inPython, type ReportFile } from '../support/report-files/other-readers.ts';

const { write, ndjsonOf } = await hostileReport();
const [header, ...rows] = parseCsv((await write('csv')).toString()) as [string[], ...string[][]];
const lines = await ndjsonOf();
const WORKBOOKS = { excel: COLUMNS, xlsx: ALL_COLUMNS } as const;

const written = new Map<string, ReportFile>();

/** Each report is written once for all readers. */
async function fileOf(format: FormatName, more: Partial<ReportCriteria> = {}): Promise<ReportFile> {
  const key = JSON.stringify([format, more]);
  const file = written.get(key) ?? { format, bytes: await write(format, more) };
  written.set(key, file);
  return file;
}
const NOTHING = { start: '2020-01-01', end: '2020-01-02' };
const IN_PYTHON = ['csv', 'pipe', 'tab', 'json', 'ndjson', 'xml', 'html', 'excel', 'xlsx'] as const;
type InPython = (typeof IN_PYTHON)[number];

/** What Python reads of each format, of no rows, and of a name that is too long: one process for all. */
async function readInPython() {
  const files: ReportFile[] = [];
  for (const more of [{}, NOTHING]) {
    for (const format of IN_PYTHON) files.push(await fileOf(format, more));
  }
  files.push(await fileOf('excel', { accountIds: ['long'] }));
  const read = await inPython(files);
  const long = read.pop() as string[][][];
  const by = (nth: number) =>
    Object.fromEntries(IN_PYTHON.map((format, i) => [format, read[nth * IN_PYTHON.length + i]]));
  return { whole: by(0), empty: by(1), long } as Record<'whole' | 'empty', Record<InPython, unknown>> & {
    long: string[][][];
  };
}
const python = await readInPython();

const labelsOf = (line: Record<string, unknown>) => Object.entries(line.stateLabels as Record<string, number>);
const shownLabels = (line: Record<string, unknown>) =>
  labelsOf(line)
    .map(([label, minutes]) => `${label}=${minutes.toFixed(2)}`)
    .join('; ');

/** The wall-clock time of an instant, in milliseconds: what a date of a workbook is. */
const wallClock = (instant: string) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(TIMEZONE).toPlainDateTime().toString({ fractionalSecondDigits: 3 });

/** The value of a workbook's cell, as openpyxl gives it. */
function cellValue({ key, type }: Column, line: Record<string, unknown>): unknown {
  const value = line[key];
  if (type === 'labels') return escapedInCell(shownLabels(line)) || null;
  if (type === 'dts') return value === null ? null : wallClock(String(value));
  if (type === 'percent') return Number((Number(value) / 100).toFixed(4));
  return type === 'text' ? escapedInCell(String(value)) || null : value;
}

test('the report holds every text that hurts', () => {
  const names = new Set(rows.map(row => row[1]));
  assert.deepEqual(
    HOSTILE.filter(text => !names.has(text)),
    [],
  );
});

for (const format of ['csv', 'pipe', 'tab'] as const) {
  test(`${format} in Python's csv`, () => {
    assert.deepEqual(python.whole[format], [header, ...rows]);
    assert.deepEqual(python.empty[format], [header]);
  });
}

for (const format of ['json', 'ndjson'] as const) {
  test(`${format} in Python's json`, () => {
    assert.deepEqual(python.whole[format], lines);
    assert.deepEqual(python.empty[format], []);
  });
}

test("xml in Python's parser", () => {
  const value = (column: Column, i: number): unknown =>
    column.type === 'labels'
      ? labelsOf(lines[i]!).map(([label, minutes]) => [inMarkup(label), minutes.toFixed(2)])
      : inMarkup(printedOf(column, i));
  assert.deepEqual(
    python.whole.xml,
    rows.map((_, i) => Object.fromEntries(ALL_COLUMNS.map(column => [column.key, value(column, i)]))),
  );
  assert.deepEqual(python.empty.xml, []);
});

test('html is what the standard says, in html5lib', () => {
  assert.deepEqual(
    python.whole.html,
    [header, ...rows].map(row => row.map(inHtml)),
  );
  assert.deepEqual(python.empty.html, [header]);
});

for (const [format, columns] of Object.entries(WORKBOOKS) as ['excel' | 'xlsx', readonly Column[]][]) {
  test(`${format} in openpyxl, which has nothing to say about it`, () => {
    const headers = columns.map(column => column.header);
    const sheet = [headers, ...lines.map(line => columns.map(column => cellValue(column, line)))];
    assert.deepEqual(python.whole[format], [sheet]);
    assert.deepEqual(python.empty[format], [[headers]]);
  });
}

test('workbooks in LibreOffice show what the CSV prints', async () => {
  // Its cells know one line break.
  const cell = (column: Column, i: number) => inMarkup(printedOf(column, i)).replaceAll('\r\n', '\n');
  const shown = Object.values(WORKBOOKS).map(columns => [
    columns.map(column => column.header),
    ...rows.map((_, i) => columns.map(column => cell(column, i))),
  ]);
  const [excel, xlsx, empty] = await inLibreOffice([
    await fileOf('excel'),
    await fileOf('xlsx'),
    await fileOf('excel', NOTHING),
  ]);
  assert.deepEqual(
    [excel, xlsx],
    shown.map(sheet => [sheet]),
  );
  assert.deepEqual(empty, [[header]]);
});

test('a text that is longer than a cell may be is cut between two characters', () => {
  const [[, [, lastName = ''] = []] = []] = python.long;
  assert.equal(lastName.length, 32_765);
  assert.ok(LONG.startsWith(lastName));
});

test('parquet in DuckDB', async () => {
  const typed = ({ key, type }: Column, line: Record<string, unknown>): unknown => {
    const value = line[key];
    if (type === 'labels') return labelsOf(line).map(([label, minutes]) => ({ key: label, value: minutes.toFixed(2) }));
    if (type === 'dts')
      return value === null
        ? null
        : String(value)
            .replace('T', ' ')
            .replace(/\.?0*Z$/, '+00');
    return type === 'minutes' || type === 'percent' ? Number(value).toFixed(2) : String(value);
  };
  assert.deepEqual(
    await inDuckDb(await fileOf('parquet')),
    lines.map(line => Object.fromEntries(ALL_COLUMNS.map(column => [column.key, typed(column, line)]))),
  );
  assert.deepEqual(await inDuckDb(await fileOf('parquet', NOTHING)), []);
});

/** As the CSV prints it, or would. */
function printedOf(column: Column, row: number): string {
  const index = COLUMNS.indexOf(column);
  if (index >= 0) return rows[row]![index]!;
  const value = lines[row]![column.key];
  if (column.type === 'labels') return shownLabels(lines[row]!);
  return column.type === 'minutes' ? Number(value).toFixed(2) : String(value);
}
