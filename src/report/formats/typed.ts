// Typed formats: NDJSON, JSON and Parquet, with the extra columns.
import { ALL_COLUMNS } from '../columns/extra-columns.ts';
import { fromRows, FILE_SETTINGS, type ReportPlan } from '../query/rows.ts';
import { typedColumns } from '../columns/typed-columns.ts';
import { TYPED } from '../columns/values.ts';
import { type Format, framed } from './format.ts';

const NEW_LINE = 10;
const COMMA = 44;

function typedSql(rows: ReportPlan): string {
  const columns = typedColumns(ALL_COLUMNS, rows);
  const values = columns.map(column => `${TYPED[column.type](column)} AS ${column.key}`);
  return `SELECT ${values.join(', ')} ${fromRows(rows, columns)} ${FILE_SETTINGS}`;
}

/** Instants as 2020-04-27T19:02:05.000Z, decimals with both places. */
const JSON_SETTINGS = `date_time_output_format = 'iso', output_format_decimal_trailing_zeros = 1`;

export const ndjson: Format = {
  contentType: 'application/x-ndjson',
  extension: 'ndjson',
  write: (engine, rows, { signal }) =>
    engine.stream(`${typedSql(rows)}, ${JSON_SETTINGS}`, rows.params, {
      format: 'JSONEachRow',
      ...(signal ? { signal } : {}),
    }),
};

export const json: Format = {
  contentType: 'application/json',
  extension: 'json',
  write: (engine, rows, options) => framed('[\n', commaSeparated(ndjson.write(engine, rows, options)), '\n]\n'),
};

/** Lines as items of a list. JSON escapes line breaks in texts, so each line break ends a row. */
export async function* commaSeparated(lines: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const chunk of lines) {
    if (!isFirst) yield Buffer.from(',\n');
    isFirst = false;
    yield withCommas(chunk.at(-1) === NEW_LINE ? chunk.subarray(0, -1) : chunk);
  }
}

/** A comma before each line break. Bytes are copied: decoding them to text would cost more than the query. */
function withCommas(lines: Uint8Array): Uint8Array {
  const ends: number[] = [];
  for (let at = lines.indexOf(NEW_LINE); at >= 0; at = lines.indexOf(NEW_LINE, at + 1)) ends.push(at);
  const items = Buffer.allocUnsafe(lines.length + ends.length);
  let from = 0;
  ends.forEach((end, nth) => {
    items.set(lines.subarray(from, end), from + nth);
    items[end + nth] = COMMA;
    from = end;
  });
  items.set(lines.subarray(from), from + ends.length);
  return items;
}

/** Every reader supports Snappy. */
const PARQUET_SETTINGS = `output_format_parquet_compression_method = 'snappy'`;

export const parquet: Format = {
  contentType: 'application/vnd.apache.parquet',
  extension: 'parquet',
  write: (engine, rows, { signal }) =>
    engine.stream(`${typedSql(rows)}, ${PARQUET_SETTINGS}`, rows.params, {
      format: 'Parquet',
      ...(signal ? { signal } : {}),
    }),
};
