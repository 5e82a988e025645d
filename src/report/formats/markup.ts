// XML, and a page with an HTML table: the engine writes each row as markup.
import { COLUMNS, type Column } from '../columns/columns.ts';
import { ALL_COLUMNS } from '../columns/extra-columns.ts';
import { printedColumns, type ReadColumns } from '../query/printed-columns.ts';
import { fromRows, FILE_SETTINGS, type ReportPlan } from '../query/rows.ts';
import { typedColumns } from '../columns/typed-columns.ts';
import { eachLabel, PRINTED } from '../columns/values.ts';
import { cellSql, type Format, framed } from './format.ts';

const REPLACEMENT = '\u{FFFD}';

/** Characters that XML 1.0 does not allow. */
const NOT_IN_XML = String.raw`\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x{FFFE}\\x{FFFF}`;
/** And those that the HTML standard calls errors: more control characters, and noncharacters. */
const NOT_IN_HTML = String.raw`${NOT_IN_XML}\\x7F-\\x{9F}\\x{FDD0}-\\x{FDEF}${noncharacters()}`;

/** The last two code points of each further plane. */
function noncharacters(): string {
  const planes = Array.from({ length: 16 }, (_, index) => (index + 1).toString(16));
  return planes.map(plane => String.raw`\\x{${plane}FFFE}\\x{${plane}FFFF}`).join('');
}

/** Any text as character data; characters that are not allowed become the replacement character. */
const escapeSql = (notInMarkup: string) => `
  encodeXMLComponent(replaceRegexpAll(toValidUTF8(text), '[${notInMarkup}]', '${REPLACEMENT}'))`;

/** Line breaks become references: rows stay on one line, and parsers would read a plain CR as LF. */
export const ESCAPE_XML_SQL = `
  (text -> replaceAll(replaceAll(${escapeSql(NOT_IN_XML)}, '\\n', '&#10;'), '\\r', '&#13;')) AS escaped`;

/** In HTML all line breaks are LF. */
const ESCAPE_HTML_SQL = `
  (text -> replaceAll(replaceAll(replaceAll(
    ${escapeSql(NOT_IN_HTML)}, '\\r\\n', '\\n'), '\\r', '\\n'), '\\n', '&#10;')) AS escaped`;

function content(column: Column): string {
  if (column.type === 'text') return `cell(${PRINTED.text(column)})`;
  if (column.type === 'labels') return labelElements(column);
  return `ifNull(${PRINTED[column.type](column)}, '')`;
}

/** In an attribute, a plain tab would be read as a space. */
const labelElements = (column: Column) =>
  `arrayStringConcat(${eachLabel(
    column,
    (label, time) =>
      `concat('<stateLabel name="', replaceAll(escaped(${label}), '\\t', '&#9;'), '">', ${PRINTED.minutes(time)},
        '</stateLabel>')`,
  )})`;

function markup(
  [contentType, extension]: [contentType: string, extension: string],
  columns: readonly Column[],
  [head, rowStart, rowEnd, tail]: [head: string, rowStart: string, rowEnd: string, tail: string],
  [cellStart, cellEnd]: [(column: Column) => string, (column: Column) => string],
  escapedSql: string,
  read: (rows: ReportPlan) => ReadColumns,
): Format {
  return {
    contentType,
    extension,
    write: (engine, rows, { signal }) => {
      const { columns: values, from } = read(rows);
      const cells = columns.map(
        (column, index) => `'${cellStart(column)}', ${content(values[index]!)}, '${cellEnd(column)}'`,
      );
      const select = `WITH ${escapedSql}, ${cellSql(rows, 'escaped')} SELECT concat('${rowStart}', ${cells.join(', ')}, '${rowEnd}')`;
      const sql = `${select} ${from} ${FILE_SETTINGS}`;
      const options = { format: 'TSVRaw', ...(signal ? { signal } : {}) };
      return framed(head, engine.stream(sql, rows.params, options), tail);
    },
  };
}

export const xml = markup(
  ['application/xml; charset=utf-8', 'xml'],
  ALL_COLUMNS,
  [
    '<?xml version="1.0" encoding="UTF-8"?>\n<agentSessionReport>\n',
    '<session>',
    '</session>',
    '</agentSessionReport>\n',
  ],
  [({ key }) => `<${key}>`, ({ key }) => `</${key}>`],
  ESCAPE_XML_SQL,
  rows => ({ columns: typedColumns(ALL_COLUMNS, rows), from: fromRows(rows, ALL_COLUMNS) }),
);

const HTML_HEAD = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Agent Session Report</title>
<style>
body { font: 14px/1.4 system-ui, sans-serif; margin: 1rem; color: #1a1a1a; background: #fff }
table { border-collapse: collapse }
th, td { padding: .25rem .5rem; border-bottom: 1px solid #ddd; white-space: nowrap; text-align: left }
th { position: sticky; top: 0; background: #f2f4f7 }
.number { text-align: right; font-variant-numeric: tabular-nums }
</style>
</head>
<body>
<table>
<thead><tr>${COLUMNS.map(({ header }) => `<th scope="col">${header}</th>`).join('')}</tr></thead>
<tbody>
`;

export const html = markup(
  ['text/html; charset=utf-8', 'html'],
  COLUMNS,
  [HTML_HEAD, '<tr>', '</tr>', '</tbody>\n</table>\n</body>\n</html>\n'],
  [({ type }) => (type === 'text' || type === 'dts' ? '<td>' : '<td class="number">'), () => '</td>'],
  ESCAPE_HTML_SQL,
  printedColumns,
);
