// Columns into an Excel workbook: the engine writes the rows of its sheets, streamed into a zip in bounded memory.
import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { FOLD_SETTINGS } from '../../sessions/sessions.ts';
import { COLUMNS, type Column, type ColumnType } from '../columns.ts';
import { NAMED_SESSIONS_SQL } from '../named-sessions.ts';
import { hundredthsOf, LOGIN_ORDER } from '../values.ts';
import type { Format } from './format.ts';
import { ESCAPE_SQL } from './markup.ts';

/** Rows of a sheet that Excel opens, the header included. */
const EXCEL_ROWS = 1_048_576;
/** Characters of a cell that Excel opens. */
const CELL_CHARACTERS = 32_767;
/** Excel counts days from here; 25,569 of them lie before 1970. */
const DAYS_BEFORE_1970 = 25_569;
const NEW_LINE = 10;

/** Styles by number, in the order of `cellXfs` below. */
const STYLE: Readonly<Record<ColumnType, number>> = { text: 0, dts: 1, count: 0, minutes: 2, percent: 3 };
const HEADER_STYLE = 4;
const WIDTH: Readonly<Record<ColumnType, number>> = {
  text: 22,
  dts: 18,
  count: 10,
  minutes: 12,
  percent: 12,
};

const wallClock = (sql: string) => {
  const at = `toTimeZone(fromUnixTimestamp64Milli(assumeNotNull(${sql}), 'UTC'), {timezone:String})`;
  return `(assumeNotNull(${sql}) / 1000 + timezoneOffset(${at})) / 86400 + ${DAYS_BEFORE_1970}`;
};

/** Each value's cell without its beginning `<c r="A1"`, which is the same for all. */
const CELLS: Readonly<Record<ColumnType, (column: Column) => string>> = {
  text: ({ sql }) =>
    `concat(' t="inlineStr"><is><t xml:space="preserve">', escaped(substringUTF8(${sql}, 1, ${CELL_CHARACTERS})),
      '</t></is></c>')`,
  dts: ({ sql }) =>
    `if(isNull(${sql}), '/>', concat(' s="${STYLE.dts}"><v>', toString(round(${wallClock(sql)}, 9)), '</v></c>'))`,
  count: ({ sql }) => `concat('><v>', toString(${sql}), '</v></c>')`,
  minutes: column =>
    `concat(' s="${STYLE.minutes}"><v>', toString(${hundredthsOf(column)} / 100), '</v></c>')`,
  percent: column =>
    `concat(' s="${STYLE.percent}"><v>', toString(${hundredthsOf(column)} / 10000), '</v></c>')`,
};

/** A to Z, then AA and on: the report has fewer than 702 columns. */
function letters(index: number): string {
  const letter = (nth: number) => String.fromCharCode(65 + nth);
  return index < 26 ? letter(index) : letter(Math.floor(index / 26) - 1) + letter(index % 26);
}

const cells = COLUMNS.map(
  (column, index) => `'<c r="${letters(index)}', sheet_row, '"', ${CELLS[column.type](column)}`,
);
const rowsSql = (sheetRows: number) => `
  WITH ${ESCAPE_SQL}
  SELECT concat('<row r="', sheet_row, '">', ${cells.join(', ')}, '</row>')
  FROM (
    SELECT
      *,
      row_number() OVER (ORDER BY ${LOGIN_ORDER}) AS nth,
      toString((nth - 1) % ${sheetRows - 1} + 2) AS sheet_row
    FROM (${NAMED_SESSIONS_SQL})
  )
  ORDER BY nth
  SETTINGS ${FOLD_SETTINGS}`;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE_RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const SHEET_HEAD = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" \
topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${COLUMNS.map(
  ({ type, header }, index) =>
    `<col min="${index + 1}" max="${index + 1}" width="${Math.max(WIDTH[type], header.length + 2)}" customWidth="1"/>`,
).join('')}</cols><sheetData>
<row r="1">${COLUMNS.map(
  ({ header }, index) =>
    `<c r="${letters(index)}1" s="${HEADER_STYLE}" t="inlineStr"><is><t>${header}</t></is></c>`,
).join('')}</row>
`;
const SHEET_TAIL = '</sheetData></worksheet>\n';

const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" \
formatCode="m/d/yy\\ h:mm\\ AM/PM"/></numFmts><fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill/>\
</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/>\
<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="2" applyNumberFormat="1"/><xf numFmtId="10" \
applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>
`;

const sheetNumbers = (sheets: number) => Array.from({ length: sheets }, (_, index) => index + 1);

function workbookParts(sheets: number): [path: string, text: string][] {
  const numbers = sheetNumbers(sheets);
  return [
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" \
ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${numbers
        .map(n => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPES}.worksheet+xml"/>`)
        .join('')}</Types>\n`,
    ],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE_RELATIONS}"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" \
Target="xl/workbook.xml"/></Relationships>\n`,
    ],
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${numbers
        .map(n => `<sheet name="Sessions${n === 1 ? '' : ` ${n}`}" sheetId="${n}" r:id="rId${n}"/>`)
        .join('')}</sheets></workbook>\n`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE_RELATIONS}">${numbers
        .map(
          n => `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
        )
        .join(
          '',
        )}<Relationship Id="rId${sheets + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>\n`,
    ],
    ['xl/styles.xml', STYLES],
  ];
}

/** A workbook whose sheets hold so many rows, the header of each included. */
export function workbook(sheetRows: number): Format {
  const sql = rowsSql(sheetRows);
  return {
    contentType: `${TYPES}.sheet`,
    extension: 'xlsx',
    async *write(engine, params, { signal }) {
      const rows = engine.stream(sql, params, { format: 'TSVRaw', ...(signal ? { signal } : {}) });
      const zip = new ZipFile();
      const output = zip.outputStream as unknown as Readable;
      fillWorkbook(zip, rows, sheetRows).catch((error: Error) => output.destroy(error));
      yield* output;
    },
  };
}

export const xlsx = workbook(EXCEL_ROWS);

/** One sheet after the other, each as full as it may be; a sheet is compressed while its rows arrive. */
async function fillWorkbook(
  zip: ZipFile,
  chunks: AsyncIterable<Uint8Array>,
  sheetRows: number,
): Promise<void> {
  let sheets = 0;
  let room = 0;
  let sheet = new PassThrough();
  const begin = async () => {
    sheet = new PassThrough();
    sheets++;
    room = sheetRows - 1;
    zip.addReadStream(sheet, `xl/worksheets/sheet${sheets}.xml`, { compressionLevel: 1 });
    await write(sheet, SHEET_HEAD);
  };
  await begin();
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      if (room === 0) {
        sheet.end(SHEET_TAIL);
        await begin();
      }
      const { end, rows } = rowsFrom(chunk, at, room);
      await write(sheet, chunk.subarray(at, end));
      room -= rows;
      at = end;
    }
  }
  sheet.end(SHEET_TAIL);
  for (const [path, text] of workbookParts(sheets)) zip.addBuffer(Buffer.from(text), path);
  zip.end();
}

/** Where the rows of a chunk that still fit end, and how many they are. */
function rowsFrom(chunk: Uint8Array, start: number, most: number): { end: number; rows: number } {
  let end = start;
  let rows = 0;
  while (rows < most && end < chunk.length) {
    const next = chunk.indexOf(NEW_LINE, end);
    end = next < 0 ? chunk.length : next + 1;
    rows++;
  }
  return { end, rows };
}

function write(stream: PassThrough, data: Uint8Array | string): Promise<void> | undefined {
  if (stream.write(data)) return undefined;
  return new Promise((resolve, reject) => {
    stream.once('drain', resolve);
    stream.once('error', reject);
    stream.once('close', resolve);
  });
}
