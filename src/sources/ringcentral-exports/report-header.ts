// The header of an Agent Session Report, in any order and with any columns beside it: where each of the 39 stands.
import { LIMITS } from '../../limits.ts';
import { plainName } from '../tables/delimited.ts';
import { COLUMNS, type Column } from '../../report/columns/columns.ts';

export interface ReportHeader {
  /** For each of the 39 columns its place in the file; -1: the file does not have it. */
  places: readonly number[];
  missing: readonly string[];
  /** Names of the file that are none of the report's. */
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

/** What a person is told of columns that are missing or unknown. */
export function headerNotes({ missing, unknown }: ReportHeader): string[] {
  return [
    ...(missing.length > 0 ? [`Columns that are not there stay empty: ${listed(missing)}.`] : []),
    ...(unknown.length > 0 ? [`Columns that no report has are left out: ${listed(unknown)}.`] : []),
  ];
}

function listed(names: readonly string[]): string {
  const more = names.length - LIMITS.listedMistakes;
  return `${names.slice(0, LIMITS.listedMistakes).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Words that name a line of totals, as reports and the spreadsheets of several countries write them: «Grand Total», «7001 Total». */
const TOTAL =
  /(?:^|\s)(?:totals?|subtotal|sums?|averages?|summe|gesamt|gesamtsumme|gesamtergebnis|ergebnis|totale|totaal|suma|somme|итого|razem)(?=$|[\s:])/iu;
const isText = ({ type }: Column) => type === 'text' || type === 'dts';

/** Whether a row, its cells in the report's order, is one of totals: numbers, and no text but perhaps a word that says so. */
export function isTotalLine(cells: readonly string[]): boolean {
  const texts = cells.filter((cell, index) => isText(COLUMNS[index]!) && cell.trim() !== '');
  return texts.length === 0 || (texts.length === 1 && TOTAL.test(texts[0]!.trim()));
}
