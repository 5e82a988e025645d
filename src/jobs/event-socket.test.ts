// A FreeSWITCH that closes the connection: the job reconnects and stores the events of both connections.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openOffhook } from '../pipeline.ts';
import { eventSocketOf, listen } from './event-socket.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
const offhook = await openOffhook(dataDir);
after(async () => {
  await offhook.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const statusEvent = (second: number, status: string) => {
  const body = [
    'Event-Name: CUSTOM',
    'Event-Subclass: callcenter%3A%3Ainfo',
    `Event-Date-Timestamp: ${second}000000`,
    'CC-Agent: 1000%40default',
    'CC-Action: agent-status-change',
    `CC-Agent-Status: ${status}`,
    '',
    '',
  ].join('\n');
  return `Content-Length: ${body.length}\nContent-Type: text/event-plain\n\n${body}`;
};

/** Simulates a connection up to the subscription. */
async function subscribed(socket: Socket): Promise<void> {
  socket.setEncoding('utf8');
  socket.write('Content-Type: auth/request\n\n');
  for (const begins of ['auth ClueCon', 'event plain']) {
    const [text] = (await once(socket, 'data')) as [string];
    assert.ok(text.startsWith(begins), text);
    socket.write('Content-Type: command/reply\nReply-Text: +OK\n\n');
  }
}

test('the job reconnects by itself, and the events of both connections are stored', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ended = new AbortController();
  const lines: string[] = [];
  const listening = listen(offhook, eventSocketOf(`a:127.0.0.1:${port}`, 'ClueCon'), ended.signal, line =>
    lines.push(line),
  );

  const [first] = (await once(server, 'connection')) as [Socket];
  await subscribed(first);
  first.end(statusEvent(1_700_000_000, 'Available'));
  const [second] = (await once(server, 'connection')) as [Socket];
  await subscribed(second);
  second.write(statusEvent(1_700_000_060, 'Logged%20Out'));

  const kinds = async () =>
    (
      await offhook.engine.query<{ kind: string }>(
        "SELECT kind FROM events FINAL WHERE account_id = 'a' ORDER BY at, order_in_instant",
      )
    ).map(row => row.kind);
  while (!(await kinds()).includes('LOGOUT')) await new Promise(resolve => setImmediate(resolve));
  assert.equal((await kinds())[0], 'LOGIN');
  assert.deepEqual(
    lines.map(line => line.split(' ')[0]),
    ['Listening', `127.0.0.1:${port}:`, 'Listening'],
  );
  ended.abort();
  await listening;
  server.close();
});

test('an invalid event socket or a missing password is refused', () => {
  for (const [text, password] of [
    ['a:host:8021', ''],
    ['host', 'x'],
    ['a:host:port', 'x'],
  ] as const)
    assert.throws(() => eventSocketOf(text, password), { code: 'INVALID_REQUEST' });
});
