// Imports a file of one event per line: the engine itself reads the plain lines, the decoder all others.
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Engine, LineReader, Params } from '../../engine/engine.ts';
import { readSql } from '../../engine/sql-file.ts';
import { LIMITS } from '../../limits.ts';
import {
  type Decode,
  type DecodeContext,
  isReject,
  type LineSample,
  type PlainLines,
  type RawDocument,
  type Source,
} from '../../sources/source.ts';
import { cutDocument } from '../../sources/split/split-lines.ts';
import { EVENT_COLUMNS } from '../events/event-block.ts';
import type { EventWriter, Written } from '../events/event-writer.ts';
import type { LinePiece } from './line-pieces.ts';
import { wholeLines } from '../../engine/whole-lines.ts';

/** What is durable so far. */
export interface ImportedLines extends Written {
  /** Bytes from the start of the stream after which a later import may continue. */
  bytes: number;
}

export type LineSource = Source & { plainLines: PlainLines };

/** One insert feeds two views: the events, and the numbers of the lines that are left to the decoder. */
const STAGE_SQL = [
  'DROP TABLE IF EXISTS plain_lines_to_events',
  'DROP TABLE IF EXISTS plain_lines_to_left_lines',
  'DROP TABLE IF EXISTS plain_lines',
  'DROP TABLE IF EXISTS left_lines',
  'CREATE TABLE plain_lines AS events ENGINE = Null',
  'ALTER TABLE plain_lines ADD COLUMN is_sure UInt8, ADD COLUMN row_number UInt64',
  `CREATE MATERIALIZED VIEW plain_lines_to_events TO events AS
   SELECT * EXCEPT (is_sure, row_number) FROM plain_lines WHERE is_sure`,
  'CREATE TABLE left_lines (lines UInt64, left_rows Array(UInt64)) ENGINE = Memory',
  `CREATE MATERIALIZED VIEW plain_lines_to_left_lines TO left_lines AS
   SELECT count() AS lines, groupArrayIf(row_number, NOT is_sure) AS left_rows FROM plain_lines`,
];
const UNSTAGE_SQL = STAGE_SQL.filter(sql => sql.startsWith('DROP'));
/** Columns that no feed of plain lines fills; a feed's SELECT returns the others. */
const UNFILLED: readonly string[] = ['source_event_id', 'dial_group_id', 'dial_group_name'];
export const LINE_COLUMNS = ['is_sure', 'row_number', ...EVENT_COLUMNS.filter(column => !UNFILLED.includes(column))];

/**
 * `optimize_on_insert = 0` leaves rows that replace each other to the first merge, as those of two inserts. Small blocks between the
 * steps, and lines read by one thread into a buffer of its own, keep the memory small: several blocks wait before each step. Without
 * the last two, the engine would evaluate parts of the SELECT many times, and plan for a minute.
 */
export const LINE_SETTINGS = `
  SETTINGS optimize_on_insert = 0, parallel_view_processing = 1, max_insert_threads = 2,
    min_insert_block_size_rows = ${LIMITS.importPartRows}, min_insert_block_size_bytes = 0,
    max_block_size = ${LIMITS.importBlockRows}, input_format_parallel_parsing = 0, storage_file_read_method = 'pread',
    short_circuit_function_evaluation = 'disable', optimize_and_compare_chain = 0`;

const NEW_LINE = 10;

type LineEngine = Engine & { lines: LineReader };

export function hasPlainLines(feed: object): feed is LineSource {
  return 'plainLines' in feed && feed.plainLines !== undefined;
}

/** Whether the engine can read lines itself. */
export function readsLines(engine: Engine): engine is LineEngine {
  return engine.lines !== undefined;
}

/**
 * Stores the lines of the pieces and deletes these; yields the totals of what is durable so far. The next piece is written while
 * the engine works.
 * @param firstLine the number of the first line of the first piece
 */
export async function* importLines(
  engine: LineEngine,
  writer: EventWriter,
  source: LineSource,
  pieces: AsyncIterable<LinePiece>,
  { context, firstLine }: { context: DecodeContext; firstLine: number },
): AsyncGenerator<ImportedLines> {
  for (const sql of STAGE_SQL) await engine.command(sql);
  let storing: Promise<ImportedLines> | undefined;
  const total = { stored: 0, rejected: 0, bytes: 0 };
  try {
    const store = lineStore(engine, writer, source, context);
    let line = firstLine;
    let read = 0;
    for await (const piece of pieces) {
      if (storing !== undefined) yield await storing;
      storing = store(piece, line).then(({ stored, rejected, lines, isRemembered }) => {
        line += lines;
        total.stored += stored;
        total.rejected += rejected;
        read += piece.bytes;
        if (!isRemembered) total.bytes = read;
        return { ...total };
      });
      storing.catch(() => {});
    }
    if (storing !== undefined) yield await storing;
  } finally {
    await storing?.catch(() => {});
    for (const sql of UNSTAGE_SQL) await engine.command(sql);
  }
}

interface StoredLines extends Written {
  lines: number;
  /** Whether the decoder depends on having seen these lines, so that an import cannot continue after them. */
  isRemembered: boolean;
}

function lineStore(engine: LineEngine, writer: EventWriter, source: LineSource, context: DecodeContext) {
  const decode = source.decoder(context);
  const columns = LINE_COLUMNS.join(', ');
  const insertSql = `INSERT INTO plain_lines (${columns}) SELECT ${columns} FROM (${readSql(source.plainLines.sql)}) ${LINE_SETTINGS}`;
  const accounts = new Set<string>();

  /** Stores the lines of which the engine is sure; returns the numbers of the others, from 0. */
  async function insertPlain(file: string, params: Params): Promise<{ lines: number; left: Set<number> }> {
    await engine.command('TRUNCATE TABLE left_lines');
    await engine.lines.insert(insertSql, params, file);
    const [row] = await engine.query<{ lines: number; left: number[] }>(
      'SELECT sum(lines) AS lines, groupArrayArray(left_rows) AS left FROM left_lines',
    );
    return { lines: row!.lines, left: new Set(row!.left) };
  }

  async function store({ file, samples }: LinePiece, firstLine: number): Promise<StoredLines> {
    const like = linesLike(samples, source.decoder(context), accounts);
    const read = like && (await insertPlain(file, source.plainLines.params(like, context)));
    const written: StoredLines = {
      stored: read ? read.lines - read.left.size : 0,
      rejected: 0,
      lines: read?.lines ?? 0,
      isRemembered: like === undefined || source.plainLines.dependOnEarlierLines(like, context),
    };
    if (read?.left.size === 0) return written;
    for await (const { documents, lines } of linesOf(file, firstLine, read?.left)) {
      written.lines = lines;
      if (documents.length === 0) continue;
      const { stored, rejected } = await writer.write(documents.map(decode));
      written.stored += stored;
      written.rejected += rejected;
    }
    return written;
  }

  return (piece: LinePiece, firstLine: number): Promise<StoredLines> =>
    store(piece, firstLine).finally(() => rm(piece.file, { force: true }));
}

/** What the lines have in common, judged by the first and last ones and the accounts seen so far; undefined if unknown. */
function linesLike(samples: readonly Buffer[], decode: Decode, accounts: Set<string>): LineSample | undefined {
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    for (const line of sample.toString('utf8').split('\n')) {
      const decoded = decode({ raw: cutDocument(line), position: 1 });
      if (isReject(decoded)) continue;
      if (accounts.size < LIMITS.importAccounts) accounts.add(decoded.accountId);
      fromMs = Math.min(fromMs, decoded.at);
      toMs = Math.max(toMs, decoded.at);
    }
  }
  return fromMs > toMs ? undefined : { accounts: [...accounts], fromMs, toMs };
}

/**
 * The lines of these numbers (from 0), or all, in batches of documents, with the number of lines up to their end; `firstLine` is
 * the number of the file's first line.
 */
async function* linesOf(
  file: string,
  firstLine: number,
  rows: ReadonlySet<number> | undefined,
): AsyncGenerator<{ documents: RawDocument[]; lines: number }> {
  let documents: RawDocument[] = [];
  let row = 0;
  for await (const chunk of wholeLines(createReadStream(file, { highWaterMark: LIMITS.importChunkBytes }))) {
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    for (let start = 0; start < text.length; row++) {
      const lineFeed = text.indexOf(NEW_LINE, start);
      const end = lineFeed < 0 ? text.length : lineFeed;
      if (rows?.has(row) ?? true) {
        const raw = cutDocument(text.toString('utf8', start, end));
        if (raw !== '') documents.push({ raw, position: firstLine + row });
        if (documents.length === LIMITS.importBatchDocuments) {
          yield { documents, lines: row + 1 };
          documents = [];
        }
      }
      start = end + 1;
    }
  }
  yield { documents, lines: row };
}
