// Detects the delimiter of a delimited text file, and which of its first lines is the header.
import { LIMITS } from '../../limits.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The delimiter that occurs most often outside quotes in the line. */
export function delimiterOf(line: string): Delimiter {
  const bare = line.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => bare.split(delimiter).length;
  return DELIMITERS.reduce<Delimiter>((best, next) => (count(next) > count(best) ? next : best), ',');
}

/** A column name for comparison: lower-case letters, digits and %, without a unit of minutes. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\((?:min|minutes)\)/, '')
    .replace(/[^\p{L}\p{N}%]+/gu, '');
}

export interface HeaderPlace {
  /** Number of lines above it. */
  index: number;
  delimiter: Delimiter;
  /** Required names that it lacks; empty: it is the header. */
  absent: string[];
}

/** Among the first lines, the one with most of the required names: spreadsheets and reports put titles above their header. */
export function headerPlace(lines: readonly string[], required: readonly string[]): HeaderPlace {
  const places = lines.slice(0, LIMITS.headerLines).map((line, index) => {
    const delimiter = delimiterOf(line);
    const names = new Set(line.split(delimiter).map(plainName));
    return { index, delimiter, absent: required.filter(name => !names.has(plainName(name))) };
  });
  return places.reduce(
    (best, place) => (place.absent.length < best.absent.length ? place : best),
    places[0] ?? { index: 0, delimiter: ',', absent: [...required] },
  );
}

/** Empty lines above a record, which the parser skipped but includes in the record's raw text. */
export function emptyLinesAbove(raw: string): number {
  return /^[\r\n]*/.exec(raw)![0].split('\n').length - 1;
}
