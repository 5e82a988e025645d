// Benchmark of a live feed's single-event requests to a server process: acknowledgements per second, and latency.
// npm run bench:live [-- --seconds 10 --connections 256]
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, connections: { type: 'string', default: '256' } },
});
const PORT = 20_000 + (process.pid % 20_000);
const dir = mkdtempSync(join(tmpdir(), 'offhook-bench-'));

interface Sent {
  times: number[];
  failed: number;
  ms: number;
}

async function startServer(): Promise<ChildProcess> {
  const env = { ...process.env, OFFHOOK_ADMIN_USERNAME: 'admin', OFFHOOK_ADMIN_PASSWORD: 'bench' };
  const words = ['serve', '--port', String(PORT), '--data-dir', dir];
  const server = spawn(join(import.meta.dirname, '../offhook'), words, {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Before it listens, it may print that it builds the web application.
  let output = '';
  for await (const chunk of server.stdout.iterator({ destroyOnReturn: false })) {
    output += chunk;
    if (output.includes(`:${PORT}`)) break;
  }
  return server;
}

async function send(perSecond: number, seconds: number): Promise<Sent> {
  const sender = fork(join(import.meta.dirname, 'live-sender.ts'));
  sender.send({ port: PORT, connections: Number(values.connections), seconds, perSecond });
  return new Promise((resolve, reject) => {
    sender.once('message', sent => resolve(sent as Sent));
    sender.once('exit', code => code === 0 || reject(new Error(`the sender ended with ${code}`)));
  });
}

function print(what: string, { times, failed, ms }: Sent): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => `${sorted[Math.floor(sorted.length * share)]?.toFixed(0)} ms`;
  const rate = Math.round((times.length / ms) * 1000).toLocaleString('en');
  console.log(
    `${what.padEnd(44)} ${rate} acknowledged/s · p50 ${at(0.5)} · p99 ${at(0.99)} · longest ${at(0.99999)} · ${failed} failed`,
  );
}

const server = await startServer();
try {
  await send(200, 2);
  print('as fast as they are acknowledged', await send(0, Number(values.seconds)));
  print('2,000 a second', await send(2000, Number(values.seconds)));
} finally {
  server.kill('SIGTERM');
  await new Promise(resolve => server.once('exit', resolve));
  rmSync(dir, { recursive: true, force: true });
}
