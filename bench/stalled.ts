// Benchmark of bad readers: what others wait, and how much memory is held, while readers of a report stall and others leave it.
// npm run bench:stalled [-- --agents 10000 --days 90 --leaving 300]
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildApp } from '../src/api/app.ts';
import { LIMITS } from '../src/limits.ts';
import { openOffhook } from '../src/pipeline.ts';
import { refreshSessionCache } from '../src/sessions/session-cache.ts';
import { administrator, anotherAdministrator } from './administrator.ts';
import { residentBytes } from './memory.ts';
import { probing } from './probing.ts';
import { fillDay, fillDirectory, settle } from './synthetic-sessions.ts';

const { values } = parseArgs({
  options: {
    agents: { type: 'string', default: '10000' },
    days: { type: 'string', default: '90' },
    leaving: { type: 'string', default: '300' },
  },
});
const [agents, days, leaving] = [values.agents, values.days, values.leaving].map(Number) as [number, number, number];
const ACCOUNT = '15300002';
const CLOCK = { nowMs: Date.UTC(2026, 11, 1), staleAfterMs: 57_600_000 };
const { perUser } = LIMITS.reports;
const BODY = JSON.stringify({
  reportCriteria: { startTimestamp: '2026-01-01 00:00:00', endTimestamp: '2026-12-31 23:59:59', timezoneName: 'UTC' },
});

const dir = mkdtempSync(join(tmpdir(), 'offhook-bench-'));
const offhook = await openOffhook(join(dir, 'data'));
const { engine } = offhook;
const stalling: ChildProcess[] = [];
try {
  const centre = { account: ACCOUNT, start: '2026-03-01', agents, steps: 10 };
  await fillDirectory(engine, centre);
  for (let day = 0; day < days; day++) await fillDay(engine, centre, day);
  await refreshSessionCache(engine, CLOCK);
  await settle(engine);
  await measure();
} finally {
  for (const child of stalling) child.kill();
  await offhook.close();
  rmSync(dir, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const app = await buildApp({ offhook, now: () => CLOCK.nowMs, keepFormulas: false, version: 'bench', ...CLOCK });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const address = `http://127.0.0.1:${port}/api/v1/admin/accounts/${ACCOUNT}`;
  const [first, second] = [
    await administrator(engine, Date.now()),
    await anotherAdministrator(engine, 'other', Date.now()),
  ];
  const report = `${address}/reportsStreaming`;
  const leave = () => once(readers(report, 'leave', leaving, second), 'exit');
  const others = (run: () => Promise<unknown>) => probing(`${address}/agentGroups`, first, run);

  // What the engine allocates once does not count.
  await leave();
  print('others alone', await others(() => new Promise(resolve => setTimeout(resolve, 3_000))));
  const idleBytes = residentBytes(process.pid);
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentBytes(process.pid));
  }, 50);
  await stall(report, first);
  print(`others beside ${perUser} stalled and ${leaving} leaving readers`, await others(leave));
  await stall(report, second);
  print(`others beside ${2 * perUser} stalled and ${leaving} leaving readers`, await others(leave));
  clearInterval(watch);
  print('memory added at the peak', `${((peakBytes - idleBytes) / 1e6).toFixed(0)} MB`);
  for (const child of stalling) child.kill();
  await app.close();
}

function readers(url: string, what: 'stall' | 'leave', count: number, authorization: string): ChildProcess {
  const script = join(import.meta.dirname, 'clients/readers.ts');
  return spawn(process.execPath, [script, url, BODY, what, String(count), authorization], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** As many readers as a user may have, until each has the first byte. */
async function stall(url: string, authorization: string): Promise<void> {
  const child = readers(url, 'stall', perUser, authorization);
  stalling.push(child);
  await once(child.stdout!, 'data');
}

function print(what: string, figures: string): void {
  console.log(`${what.padEnd(52)} ${figures}`);
}
