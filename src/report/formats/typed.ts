// Columns into typed values: NDJSON, JSON and Parquet, with what the CSV has no room for.
import { randomUUID } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COLUMNS } from '../columns.ts';
import { COLUMNS_BEYOND } from '../columns-beyond.ts';
import { FROM_SESSIONS, TYPED } from '../values.ts';
import { type Format, framed } from './format.ts';

const NEW_LINE = 10;
const TYPED_SQL = `
  SELECT ${[...COLUMNS, ...COLUMNS_BEYOND].map(column => `${TYPED[column.type](column)} AS ${column.key}`).join(', ')}
  ${FROM_SESSIONS}`;
/** Instants as 2020-04-27T19:02:05.000Z, decimals with both places. */
const JSON_SQL = `${TYPED_SQL}, date_time_output_format = 'iso', output_format_decimal_trailing_zeros = 1`;

export const ndjson: Format = {
  contentType: 'application/x-ndjson',
  extension: 'ndjson',
  write: (engine, params, { signal }) =>
    engine.stream(JSON_SQL, params, { format: 'JSONEachRow', ...(signal ? { signal } : {}) }),
};

export const json: Format = {
  contentType: 'application/json',
  extension: 'json',
  write: (engine, params, options) =>
    framed('[\n', commaSeparated(ndjson.write(engine, params, options)), '\n]\n'),
};

/** Lines into list items; a line break inside a JSON text is escaped, so each one ends a row. */
async function* commaSeparated(lines: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const chunk of lines) {
    const rows = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (!isFirst) yield Buffer.from(',\n');
    isFirst = false;
    const end = rows.at(-1) === NEW_LINE ? rows.length - 1 : rows.length;
    yield Buffer.from(rows.toString('utf8', 0, end).replaceAll('\n', ',\n'));
  }
}

/** Every reader knows Snappy. */
const PARQUET_SETTINGS = `output_format_parquet_compression_method = 'snappy'`;

/** The engine writes Parquet to a file of its own: its footer comes last, and a stream of chunks would have many. */
export const parquet: Format = {
  contentType: 'application/vnd.apache.parquet',
  extension: 'parquet',
  async *write(engine, params) {
    const file = join(tmpdir(), `offhook-${randomUUID()}.parquet`);
    try {
      await engine.command(
        `INSERT INTO FUNCTION file({file:String}, 'Parquet') ${TYPED_SQL}, ${PARQUET_SETTINGS}`,
        {
          ...params,
          file,
        },
      );
      yield* createReadStream(file);
    } finally {
      rmSync(file, { force: true });
    }
  },
};
