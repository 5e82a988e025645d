// The parts of an Excel workbook other than the rows of its sheets.
import type { Column, ColumnType } from '../columns/columns.ts';
import { letters, STYLE } from './xlsx-rows.ts';

export const CONTENT_TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE_RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** Characters. */
const WIDTH: Readonly<Record<ColumnType, number>> = {
  text: 22,
  dts: 18,
  count: 10,
  minutes: 12,
  percent: 12,
  labels: 40,
};

/** The beginning of a sheet: column widths, and a header that stays in place when rows scroll. */
export const sheetHead = (columns: readonly Column[]) =>
  `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" \
activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns
    .map(
      ({ type, header }, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${Math.max(WIDTH[type], header.length + 2)}" customWidth="1"/>`,
    )
    .join('')}</cols><sheetData>
<row r="1">${columns
    .map(
      ({ header }, index) =>
        `<c r="${letters(index)}1" s="${STYLE.header}" t="inlineStr"><is><t>${header}</t></is></c>`,
    )
    .join('')}</row>
`;
export const SHEET_TAIL = '</sheetData></worksheet>\n';

/** Starts with the two fills that Excel expects, and has the style «Normal», which other readers look up by name. */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" \
formatCode="m/d/yy\\ h:mm\\ AM/PM"/></numFmts><fonts count="2">${font('')}${font('<b/>')}</fonts><fills count="2"><fill>\
<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border>\
<left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" \
borderId="0"/></cellStyleXfs><cellXfs count="5">${cellFormat(0, 0)}${cellFormat(164, 0)}${cellFormat(2, 0)}\
${cellFormat(10, 0)}${cellFormat(0, 1)}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>\
</cellStyles></styleSheet>
`;

function font(more: string): string {
  return `<font>${more}<sz val="11"/><name val="Calibri"/><family val="2"/></font>`;
}

function cellFormat(numberFormat: number, fontId: number): string {
  const applied = `${numberFormat > 0 ? ' applyNumberFormat="1"' : ''}${fontId > 0 ? ' applyFont="1"' : ''}`;
  return `<xf numFmtId="${numberFormat}" fontId="${fontId}" fillId="0" borderId="0" xfId="0"${applied}/>`;
}

/** @param number from 1 */
export const sheetPath = (number: number) => `xl/worksheets/sheet${number}.xml`;

/** The files of a workbook in addition to its sheets. */
export function workbookParts(sheets: number): [path: string, text: string][] {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const overrides = numbers.map(
    n => `<Override PartName="/${sheetPath(n)}" ContentType="${CONTENT_TYPES}.worksheet+xml"/>`,
  );
  const names = numbers.map(n => `<sheet name="Sessions${n === 1 ? '' : ` ${n}`}" sheetId="${n}" r:id="rId${n}"/>`);
  const relations = numbers.map(
    n => `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
  );
  return [
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" \
ContentType="${CONTENT_TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" \
ContentType="${CONTENT_TYPES}.styles+xml"/>${overrides.join('')}</Types>\n`,
    ],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE_RELATIONS}"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" \
Target="xl/workbook.xml"/></Relationships>\n`,
    ],
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView/></bookViews>\
<sheets>${names.join('')}</sheets></workbook>\n`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE_RELATIONS}">${relations.join('')}<Relationship Id="rId${sheets + 1}" \
Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>\n`,
    ],
    ['xl/styles.xml', STYLES],
  ];
}
