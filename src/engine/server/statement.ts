// Sends a statement with its parameters as one HTTP request; for all SQL except inserts.
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client';
import { LIMITS } from '../../limits.ts';
import type { Params } from '../engine.ts';
import { paramText } from '../param-text.ts';

export interface Statement {
  sql: string;
  params: Params;
  queryId: string;
  settings?: ClickHouseSettings;
}

export interface Answer {
  body: Readable;
  /** The tag that marks a failure in mid-stream. */
  exceptionTag: string | undefined;
}

/** Resolved when the server begins to answer. */
export async function send(
  client: ClickHouseClient,
  { sql, params, queryId, settings = {} }: Statement,
  signal?: AbortSignal,
): Promise<Answer> {
  const common = {
    query_id: queryId,
    clickhouse_settings: settings,
    ...(signal ? { abort_signal: signal } : {}),
  };
  const parts = Object.entries(params).map(([name, value]) => [`param_${name}`, paramText(value)] as const);
  const { stream, response_headers } = isLong(parts)
    ? await client.exec({ ...common, query: '', ...multipart([['query', sql], ...parts]) })
    : await client.exec({ ...common, query: sql, query_params: params });
  const tag = response_headers['x-clickhouse-exception-tag'];
  return { body: stream, exceptionTag: typeof tag === 'string' ? tag : undefined };
}

/** Parameters are part of the URL, of which servers and proxies accept some kilobytes; thousands of ids go into the body instead. */
function isLong(parts: readonly (readonly [string, string])[]): boolean {
  return parts.reduce((sum, [name, value]) => sum + name.length + value.length, 0) > LIMITS.serverAddressChars;
}

function multipart(parts: readonly (readonly [string, string])[]) {
  const boundary = randomUUID();
  const text = parts
    .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('');
  return {
    values: Readable.from(Buffer.from(`${text}--${boundary}--\r\n`), { objectMode: false }),
    http_headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
  };
}
