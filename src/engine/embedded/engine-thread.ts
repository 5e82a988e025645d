// The engine's thread: runs the statements that the main thread sends, and sends their results without copying them.
import { parentPort, workerData } from 'node:worker_threads';
import { LIMITS } from '../../limits.ts';
import { type ReadAhead, readAhead } from './read-ahead.ts';
import { openStatements, type Statements } from './statements.ts';
import { openTurns } from './turns.ts';
import { type FromThread, sentError, type Statement, type ThreadData, type ToThread } from './thread-messages.ts';

interface Running {
  ahead: ReadAhead;
  stop: AbortController;
  ended: Promise<void>;
}

const { path, closed } = workerData as ThreadData;
const port = parentPort!;
const running = new Map<number, Running>();
const nextTurn = openTurns();

function send(message: FromThread, transferred: ArrayBuffer[] = []): void {
  port.postMessage(message, transferred);
}

function open(): Statements | undefined {
  try {
    const statements = openStatements(path);
    send({ kind: 'opened' });
    return statements;
  } catch (error) {
    send({ kind: 'notOpened', error: sentError(error) });
    end();
    return undefined;
  }
}

const statements = open();
if (statements) {
  port.on('message', (message: ToThread) => receive(statements, message));
  // In order, since a thread that ends while the engine works for it takes the process along.
  process.once('uncaughtException', error => {
    send({ kind: 'stopped', reason: error.message });
    void close(statements);
  });
}

function receive(statements: Statements, message: ToThread): void {
  switch (message.kind) {
    case 'taken':
      running.get(message.id)?.ahead.taken(message.bytes);
      break;
    case 'stop':
      running.get(message.id)?.stop.abort();
      break;
    case 'close':
      void close(statements);
      break;
    default:
      begin(statements, message);
  }
}

function begin(statements: Statements, statement: Statement): void {
  const { id } = statement;
  const ahead = readAhead(LIMITS.readAheadBytes);
  const stop = new AbortController();
  const ended = run(statements, statement, ahead, stop.signal)
    .then(
      () => send({ kind: 'ended', id }),
      error => send({ kind: 'failed', id, error: sentError(error) }),
    )
    .finally(() => running.delete(id));
  running.set(id, { ahead, stop, ended });
}

async function run(statements: Statements, statement: Statement, ahead: ReadAhead, signal: AbortSignal): Promise<void> {
  if (statement.kind === 'command') return statements.command(statement.sql, statement.params, { signal });
  if (statement.kind === 'insertFile') {
    const { table, columns, format, file } = statement;
    return statements.insertFile(table, columns, format, file);
  }
  const { id, sql, params, format } = statement;
  if (statement.kind === 'lookup') {
    sendChunk(id, await statements.lookup(sql, params, { format, signal }));
    return;
  }
  // Planning it blocks the thread: not for a reader who has left meanwhile.
  await nextTurn();
  signal.throwIfAborted();
  for await (const chunk of statements.rows(sql, params, { format, signal })) {
    if (chunk.length === 0) continue;
    ahead.sent(chunk.length);
    sendChunk(id, chunk);
    await ahead.room(signal);
  }
}

function sendChunk(id: number, chunk: Uint8Array): void {
  const bytes = whole(chunk);
  send({ kind: 'chunk', id, bytes }, [bytes.buffer]);
}

/** The chunk in a buffer of its own, which can be transferred. */
function whole(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, length } = chunk;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length) return chunk as Uint8Array<ArrayBuffer>;
  return new Uint8Array(chunk);
}

async function close(statements: Statements): Promise<void> {
  for (const { stop } of running.values()) stop.abort(new Error('the engine is closed'));
  await statements.close();
  await Promise.all([...running.values()].map(({ ended }) => ended));
  end();
}

function end(): void {
  Atomics.store(closed, 0, 1);
  Atomics.notify(closed, 0);
  port.close();
}
