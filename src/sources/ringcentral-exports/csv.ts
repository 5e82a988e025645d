// Parses a CSV file with any delimiter, and with any lines above its header, into records with their raw text and line.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { emptyLinesAbove, type HeaderPlace, headerPlace } from '../tables/delimited.ts';

export interface CsvRecord {
  cells: string[];
  /** The text in the file. */
  raw: string;
  /** Line at which it starts, from 1. */
  position: number;
}

/** The table in a file, from its header on. */
export interface CsvTable extends HeaderPlace {
  /** The beginning of the file, including the lines above the header. */
  beginning: string;
  /** The header, then the rows, in constant memory. */
  records: AsyncIterable<CsvRecord>;
}

interface Parsed {
  record: string[];
  raw: string;
  info: { lines: number };
}

const NEW_LINE = 10;

/**
 * Finds the header by its required names, and its delimiter.
 * @throws UserError INVALID_REQUEST while iterating over the records, if the rest of the file is unreadable (an open quote)
 */
export async function csvTable(
  bytes: AsyncIterable<Uint8Array>,
  requiredColumns: readonly string[],
): Promise<CsvTable> {
  const source = bytes[Symbol.asyncIterator]();
  const head = await firstLines(source);
  const beginning = head.toString();
  const place = headerPlace(beginning.split(/\r?\n/), requiredColumns);
  if (place.absent.length > 0) await source.return?.();
  return {
    ...place,
    beginning,
    records: recordsOf(head.subarray(lineStart(head, place.index)), source, place),
  };
}

async function* recordsOf(
  head: Buffer,
  source: AsyncIterator<Uint8Array>,
  { delimiter, index }: HeaderPlace,
): AsyncGenerator<CsvRecord> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n'],
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LIMITS.documentBytes,
    info: true,
    raw: true,
  });
  async function* whole() {
    yield head;
    yield* { [Symbol.asyncIterator]: () => source };
  }
  // A failure destroys the parser, so the loop below throws it.
  pipeline(Readable.from(whole(), { objectMode: false }), parser).catch(() => {});
  let line = index;
  try {
    for await (const { record, raw, info } of parser as AsyncIterable<Parsed>) {
      yield {
        cells: record,
        raw: raw.replace(/^[\r\n]+|[\r\n]+$/g, ''),
        position: line + 1 + emptyLinesAbove(raw),
      };
      line = index + info.lines;
    }
  } catch (error) {
    throw isCsvError(error) ? notReadable(error) : error;
  }
}

/** The first chunks, with at least all lines that may be the header. */
async function firstLines(source: AsyncIterator<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let lines = 0;
  let length = 0;
  while (lines <= LIMITS.headerLines && length < LIMITS.documentBytes) {
    const next = await source.next();
    if (next.done) break;
    chunks.push(next.value);
    length += next.value.length;
    for (const byte of next.value) if (byte === NEW_LINE) lines++;
  }
  return Buffer.concat(chunks);
}

function lineStart(head: Buffer, index: number): number {
  let start = 0;
  for (let line = 0; line < index; line++) start = head.indexOf(NEW_LINE, start) + 1;
  return start;
}

interface CsvFailure extends Error {
  code: string;
  /** Number of records read before. */
  records: number;
}

function isCsvError(error: unknown): error is CsvFailure {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');
}

function notReadable(error: CsvFailure): UserError {
  return new UserError(
    'INVALID_REQUEST',
    `The CSV file cannot be read after row ${error.records} (counting the header): ${error.message}.`,
    'Fix the quotes there and import the whole file again. Rows that are stored already are not counted twice.',
  );
}
