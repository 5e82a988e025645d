// CSV bytes with a header, whatever the delimiter and the lines above it, into records with their text and line.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { emptyLinesAbove, type HeaderPlace, headerPlace } from '../tables/delimited.ts';

export interface CsvRecord {
  cells: string[];
  /** As it stands in the file. */
  raw: string;
  /** Line where it starts, from 1. */
  position: number;
}

/** The file from its header on. */
export interface CsvTable extends HeaderPlace {
  /** The file's beginning, the lines above the header included. */
  beginning: string;
  /** The header first; those after it in constant memory. */
  records: AsyncIterable<CsvRecord>;
}

interface Parsed {
  record: string[];
  raw: string;
  info: { lines: number };
}

const NEW_LINE = 10;

/**
 * Finds the header by the names that it needs, and its delimiter.
 * @throws UserError INVALID_REQUEST from the records, where the file cannot be read on: a quote that is never closed
 */
export async function csvTable(bytes: AsyncIterable<Uint8Array>, needed: readonly string[]): Promise<CsvTable> {
  const source = bytes[Symbol.asyncIterator]();
  const head = await firstLines(source);
  const beginning = head.toString();
  const place = headerPlace(beginning.split(/\r?\n/), needed);
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
  // A failure destroys the parser, so it comes out of the loop below.
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

/** The bytes of the lines among which the header is looked for, and what came with them. */
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
    'Fix the quotes there and import the file again: what is stored already replaces itself.',
  );
}
