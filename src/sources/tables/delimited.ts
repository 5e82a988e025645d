// How a file of delimited text is read that nobody has described: which delimiter, and which of its first lines is the header.
import { LIMITS } from '../../limits.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The delimiter that the line has most of outside quotes. */
export function delimiterOf(line: string): Delimiter {
  const bare = line.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => bare.split(delimiter).length;
  return DELIMITERS.reduce<Delimiter>((best, next) => (count(next) > count(best) ? next : best), ',');
}

/** A column's name as names are compared: letters, digits and %, whatever their case; the unit of minutes does not count. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\((?:min|minutes)\)/, '')
    .replace(/[^\p{L}\p{N}%]+/gu, '');
}

export interface HeaderPlace {
  /** From 0: how many lines stand above it. */
  index: number;
  delimiter: Delimiter;
  /** Names that it should have and has not; empty: it is the header. */
  absent: string[];
}

/** Among the first lines the one that has most of the names: spreadsheets and reports put titles above their header. */
export function headerPlace(lines: readonly string[], needed: readonly string[]): HeaderPlace {
  const places = lines.slice(0, LIMITS.headerLines).map((line, index) => {
    const delimiter = delimiterOf(line);
    const names = new Set(line.split(delimiter).map(plainName));
    return { index, delimiter, absent: needed.filter(name => !names.has(plainName(name))) };
  });
  return places.reduce(
    (best, place) => (place.absent.length < best.absent.length ? place : best),
    places[0] ?? { index: 0, delimiter: ',', absent: [...needed] },
  );
}

/** Empty lines that a parser skipped and counts to the record below them. */
export function emptyLinesAbove(raw: string): number {
  return /^[\r\n]*/.exec(raw)![0].split('\n').length - 1;
}
