// Finds the 39 columns of the Agent Session Report in a header, in any order and among other columns.
import { LIMITS } from '../../limits.ts';
import { COLUMNS, type Column } from '../../report/columns/columns.ts';
import { plainName } from '../tables/delimited.ts';

export interface ReportHeader {
  /** For each of the 39 columns its index in the file; -1: missing. */
  places: readonly number[];
  missing: readonly string[];
  /** Columns of the file that the report does not have. */
  unknown: readonly string[];
}

export function reportHeader(names: readonly string[]): ReportHeader {
  const plain = names.map(plainName);
  const places = COLUMNS.map(({ header }) => plain.indexOf(plainName(header)));
  return {
    places,
    missing: COLUMNS.filter((_, index) => places[index] === -1).map(({ header }) => header),
    unknown: names.filter((name, place) => name.trim() !== '' && !places.includes(place)),
  };
}

/** The notes to the user about missing and unknown columns. */
export function headerNotes({ missing, unknown }: ReportHeader): string[] {
  return [
    ...(missing.length > 0 ? [`The file lacks these columns, which stay empty: ${listed(missing)}.`] : []),
    ...(unknown.length > 0 ? [`These columns are not part of the report and are ignored: ${listed(unknown)}.`] : []),
  ];
}

function listed(names: readonly string[]): string {
  const more = names.length - LIMITS.listedMistakes;
  return `${names.slice(0, LIMITS.listedMistakes).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Words that mark a line of totals in reports and in spreadsheets of several languages: «Grand Total», «7001 Total». */
const TOTAL =
  /(?:^|\s)(?:totals?|subtotal|sums?|averages?|summe|gesamt|gesamtsumme|gesamtergebnis|ergebnis|totale|totaal|suma|somme|итого|razem)(?=$|[\s:])/iu;
const isText = ({ type }: Column) => type === 'text' || type === 'dts';

/** Whether a row, given in the report's order, is a line of totals: only numbers, and at most one text with such a word. */
export function isTotalLine(cells: readonly string[]): boolean {
  const texts = cells.filter((cell, index) => isText(COLUMNS[index]!) && cell.trim() !== '');
  return texts.length === 0 || (texts.length === 1 && TOTAL.test(texts[0]!.trim()));
}
