// CSV bytes with a header, delimited by comma, pipe or tab, into records with their text and line.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';

export interface CsvRecord {
  cells: string[];
  /** As it stands in the file. */
  raw: string;
  /** Line where it starts, from 1. */
  position: number;
}

interface Parsed {
  record: string[];
  raw: string;
  info: { lines: number };
}

const DELIMITERS = [',', '|', '\t'] as const;
const NEW_LINE = 10;

/**
 * Records in their order, the header first, in constant memory. The delimiter is the one that the first line has most of.
 * @throws UserError INVALID_REQUEST where the file cannot be read on: a quote that is never closed
 */
export async function* csvRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const source = bytes[Symbol.asyncIterator]();
  const beginning = await firstLine(source);
  const parser = parse({
    ...{ delimiter: delimiterOf(beginning.toString()), record_delimiter: ['\r\n', '\n'], bom: true },
    ...{ relax_column_count: true, relax_quotes: true, skip_empty_lines: true },
    ...{ max_record_size: LIMITS.documentBytes, info: true, raw: true },
  });
  async function* whole() {
    yield beginning;
    yield* { [Symbol.asyncIterator]: () => source };
  }
  // A failure destroys the parser, so it comes out of the loop below.
  pipeline(Readable.from(whole(), { objectMode: false }), parser).catch(() => {});
  let line = 0;
  try {
    for await (const { record, raw, info } of parser as AsyncIterable<Parsed>) {
      yield { cells: record, raw: raw.replace(/[\r\n]+$/, ''), position: line + 1 };
      line = info.lines;
    }
  } catch (error) {
    throw isCsvError(error) ? notReadable(error) : error;
  }
}

/** The bytes up to the first line break, and what came with it. */
async function firstLine(source: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let beginning = Buffer.alloc(0);
  while (!beginning.includes(NEW_LINE) && beginning.length < LIMITS.documentBytes) {
    const next = await source.next();
    if (next.done) break;
    beginning = Buffer.concat([beginning, next.value]);
  }
  return beginning;
}

function delimiterOf(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  const count = (delimiter: string) => line.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

interface CsvFailure extends Error {
  code: string;
  /** Those that were read. */
  records: number;
}

function isCsvError(error: unknown): error is CsvFailure {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');
}

function notReadable(error: CsvFailure): UserError {
  return new UserError(
    'INVALID_REQUEST',
    `The CSV file cannot be read after row ${error.records}, the header included: ${error.message}.`,
    'Mend the quotes there and import the file again: what is stored already replaces itself.',
  );
}
