// ClickHouse's HTTP protocol over the embedded engine of the same version: what a server answers to a client, in a process of
// its own. Started as `node clickhouse-http.ts DIRECTORY [CONFIG SETTINGS]`, it prints its port.
import { randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { constants, createZstdCompress, zstdDecompressSync } from 'node:zlib';
import { Session } from 'chdb';

const [directory = '', config, profile = '{}'] = process.argv.slice(2);
/** What a server's profile would set. */
const PROFILE = Object.entries(JSON.parse(profile) as Record<string, string>);
const options = config === undefined ? {} : { connectionArgs: [`--config-file=${config}`] };
/** One stays open, so that the directory does. */
const keeper = new Session(directory, options);
const VERSION = keeper.query('SELECT version()', 'TSVRaw').trim();

/** Parameters of a request that are no settings. */
const NO_SETTINGS = /^(query|query_id|database|default_format|user|password|session_id|role|param_.*)$/;
/** Settings of the HTTP interface, which has no statement that could set them here. */
const OF_HTTP = new Set([
  'wait_end_of_query',
  'enable_http_compression',
  'http_write_exception_in_output_format',
  'cancel_http_readonly_queries_on_client_close',
  'insert_deduplication_token',
]);

interface Asked {
  sql: string;
  data: Buffer;
  queryId: string;
  values: URLSearchParams;
}

async function asked(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const sent = Buffer.concat(chunks);
  const body = request.headers['content-encoding'] === 'zstd' ? zstdDecompressSync(sent) : sent;
  const values = new URL(request.url ?? '/', 'http://front').searchParams;
  const boundary = /boundary=(\S+)/.exec(request.headers['content-type'] ?? '')?.[1];
  if (boundary !== undefined) for (const [name, value] of partsOf(body, boundary)) values.set(name, value);
  const inAddress = values.get('query') ?? '';
  const isInsert = /^\s*INSERT\b[\s\S]*FORMAT \w+\s*$/.test(inAddress);
  const sql = isInsert || boundary !== undefined ? inAddress : inAddress + body.toString('utf8');
  return {
    sql,
    data: isInsert ? body : Buffer.alloc(0),
    queryId: values.get('query_id') ?? randomUUID(),
    values,
  };
}

function partsOf(body: Buffer, boundary: string): [string, string][] {
  const parts = body.toString('utf8').split(`--${boundary}`).slice(1, -1);
  return parts.map(part => {
    const [, name = '', value = ''] = /name="([^"]+)"\r\n\r\n([\s\S]*)\r\n$/.exec(part) ?? [];
    return [name, value];
  });
}

const quoted = (text: string) => `'${text.replace(/[\\']/g, char => `\\${char}`)}'`;

/** A connection as the request wants it: its database, settings and parameters; found by its id among what runs. */
function connection({ queryId, values }: Asked): Session {
  const session = new Session(directory, options);
  const settings = [...values].filter(([name]) => !NO_SETTINGS.test(name) && !OF_HTTP.has(name));
  const params = [...values].filter(([name]) => name.startsWith('param_'));
  const set = [
    ...PROFILE.map(([name, value]) => [name, String(value)] as const),
    ...settings,
    ...params,
    ['log_comment', queryId] as const,
  ];
  try {
    const database = values.get('database');
    if (database !== null) session.query(`USE \`${database}\``);
    // Thousands of ids in one parameter are no mistake.
    session.query('SET max_query_size = 100000000');
    session.query(`SET ${set.map(([name, value]) => `${name} = ${quoted(value)}`).join(', ')}`);
  } catch (error) {
    session.close();
    throw error;
  }
  return session;
}

function kill(queryId: string): void {
  const session = new Session(directory, options);
  const sql = `KILL QUERY WHERE query_id IN (
    SELECT query_id FROM system.processes WHERE Settings['log_comment'] = ${quoted(queryId)}) ASYNC`;
  session.queryAsync(sql, { format: 'Null' }).then(
    () => session.close(),
    () => session.close(),
  );
}

async function run(request: IncomingMessage, response: ServerResponse, question: Asked): Promise<void> {
  const { sql, queryId } = question;
  response.setHeader('X-ClickHouse-Query-Id', queryId);
  if (/^\s*KILL QUERY\b/.test(sql)) {
    kill(question.values.get('param_id') ?? '');
    response.end();
    return;
  }
  const session = connection(question);
  // As a server does with `cancel_http_readonly_queries_on_client_close`.
  const isRead = /^\s*(--[^\n]*\n\s*)*(SELECT|WITH)\b/.test(sql);
  let hasEnded = false;
  const leave = () => {
    if (!hasEnded && isRead) {
      kill(queryId);
      setTimeout(leave, 50).unref();
    }
  };
  response.once('close', leave);
  try {
    if (question.data.length > 0) await insert(session, question, response);
    else if (isRead) await answer(session, question, request, response);
    else {
      const result = await session.queryAsync(sql, { format: 'TSV' });
      response.end(Buffer.from(result.bytes()));
    }
  } finally {
    hasEnded = true;
    session.close();
  }
}

async function insert(session: Session, { sql, data, values }: Asked, response: ServerResponse): Promise<void> {
  const [, table = '', columns = '', format = ''] =
    /^\s*INSERT INTO (\S+) \(([^)]*)\) FORMAT (\w+)\s*$/.exec(sql) ?? [];
  const token = values.get('insert_deduplication_token');
  const settings = token === null ? {} : { insert_deduplication_token: token };
  await insertFile(session, { table, columns, format, data, settings });
  response.end();
}

/** From a file: the embedded engine's own insert takes texts only. */
async function insertFile(
  session: Session,
  given: { table: string; columns: string; format: string; data: Buffer; settings: Record<string, string> },
): Promise<void> {
  const file = join(tmpdir(), `clickhouse-http-${randomUUID()}`);
  writeFileSync(file, given.data);
  const settings = Object.entries(given.settings).map(([name, value]) => `${name} = ${quoted(value)}`);
  const sql = `INSERT INTO ${given.table} (${given.columns}) SELECT * FROM file(${quoted(file)}, '${given.format}')`;
  try {
    if (settings.length > 0) session.query(`SET ${settings.join(', ')}`);
    await session.queryAsync(sql, { format: 'Null' });
  } finally {
    rmSync(file, { force: true });
  }
}

async function answer(session: Session, { sql }: Asked, request: IncomingMessage, response: ServerResponse) {
  const [, statement = sql, format = 'TabSeparated'] = /^([\s\S]*)\sFORMAT (\w+)\s*$/.exec(sql) ?? [];
  const tag = randomBytes(8).toString('hex');
  response.setHeader('X-ClickHouse-Format', format);
  response.setHeader('X-ClickHouse-Exception-Tag', tag);
  const isCompressed = request.headers['accept-encoding'] === 'zstd';
  const closed = new Promise(resolve => response.once('close', resolve));
  let to: Writable | undefined;
  const begin = (): Writable => {
    if (isCompressed) response.setHeader('Content-Encoding', 'zstd');
    const out = isCompressed ? createZstdCompress({ flush: constants.ZSTD_e_flush } as object) : response;
    if (out !== response) out.pipe(response);
    return out;
  };
  try {
    for await (const bytes of bytesOf(session, statement, format)) {
      to ??= begin();
      if (response.destroyed) return;
      if (!to.write(bytes)) await Promise.race([once(to, 'drain'), closed]);
    }
    (to ?? begin()).end();
  } catch (error) {
    if (to === undefined) throw error;
    // The status is sent: the failure stands at the end, as in ClickHouse since 25.11.
    const message = messageOf(error);
    const size = Buffer.byteLength(message) + 1;
    to.end(`\r\n__exception__\r\n${tag}\r\n${message}\n${size} ${tag}\r\n__exception__\r\n`);
  }
}

async function* bytesOf(session: Session, sql: string, format: string): AsyncGenerator<Uint8Array> {
  if (format !== 'Parquet') {
    for await (const chunk of session.queryStreamBind(sql, {}, { format })) yield chunk.raw();
    return;
  }
  const file = join(tmpdir(), `clickhouse-http-${randomUUID()}.parquet`);
  try {
    await session.queryAsync(`INSERT INTO FUNCTION file('${file}', 'Parquet') ${sql}`, { format: 'Null' });
    yield* createReadStream(file);
  } finally {
    rmSync(file, { force: true });
  }
}

/** With the version at its end, as a server writes it. */
function messageOf(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).replace(/^Query failed: /, '').trim();
  return `${text} (version ${VERSION} (official build))`;
}

const AUTHENTICATION_FAILED = 516;

function fail(response: ServerResponse, status: number, code: string | number, message: string): void {
  if (response.headersSent) return void response.destroy();
  response.removeHeader('Content-Encoding');
  response.writeHead(status, { 'X-ClickHouse-Exception-Code': String(code) });
  response.end(message);
}

const USER = `Basic ${Buffer.from('default:').toString('base64')}`;

const server = createServer({ maxHeaderSize: 1024 * 1024 }, (request, response) => {
  if ((request.headers.authorization ?? USER) !== USER) {
    const text = 'default: Authentication failed: password is incorrect, or there is no user with such name.';
    const message = `Code: ${AUTHENTICATION_FAILED}. DB::Exception: ${text} (AUTHENTICATION_FAILED)`;
    request.resume();
    fail(response, 403, AUTHENTICATION_FAILED, message);
    return;
  }
  asked(request)
    .then(question => run(request, response, question))
    .catch((error: unknown) => {
      const message = messageOf(error);
      fail(response, 500, /^Code: (\d+)/.exec(message)?.[1] ?? '1002', message);
    });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
// The parent's end is this process's end.
process.stdin.resume().once('end', () => process.exit(0));
