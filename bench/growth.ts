// Benchmark of growth: report times, rows and bytes read, bytes stored and memory for increasing numbers of events, as a table.
// npm run bench:growth [-- --agents 5000 --steps 50 --millions 1,10,100]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openOffhook } from '../src/pipeline.ts';
import { ALL_SESSIONS } from '../src/report/query/criteria.ts';
import { refreshSessionCache } from '../src/sessions/session-cache.ts';
import { residentBytes } from './memory.ts';
import { fillDay, fillDirectory, settle } from './synthetic-sessions.ts';

const { values } = parseArgs({
  options: {
    agents: { type: 'string', default: '5000' },
    steps: { type: 'string', default: '50' },
    millions: { type: 'string', default: '1,10,100' },
    runs: { type: 'string', default: '3' },
  },
});
const ACCOUNT = '15300002';
const START = '2026-01-01';
const START_MS = Date.parse(`${START}T00:00:00Z`);
const DAY_MS = 86_400_000;
const CLOCK = { nowMs: Date.UTC(2027, 0, 1), staleAfterMs: 57_600_000 };
const centre = { account: ACCOUNT, start: START, agents: Number(values.agents), steps: Number(values.steps) };
const eventsADay = centre.agents * 2 * centre.steps;

const dir = mkdtempSync(join(tmpdir(), 'offhook-bench-'));
const offhook = await openOffhook(dir);
const { engine } = offhook;
try {
  await fillDirectory(engine, centre);
  console.log(
    '| events | stored | folded | bytes, an event | a day: first byte, whole, read | a month | all | memory |\n' +
      '| --- | --- | --- | --- | --- | --- | --- | --- |',
  );
  let days = 0;
  for (const millions of values.millions.split(',').map(Number)) {
    const upTo = Math.max(1, Math.round((millions * 1e6) / eventsADay));
    const added = upTo - days;
    const storeMs = await took(async () => {
      for (; days < upTo; days++) await fillDay(engine, centre, days);
    });
    const foldMs = await took(() => refreshSessionCache(engine, CLOCK));
    await settle(engine);
    const cells = [
      `${millions} million (${days} days)`,
      ...[storeMs, foldMs].map(ms => `${Math.round((added * eventsADay) / ms).toLocaleString('en')} thousand/s`),
      await storedPerEvent(days * eventsADay),
      await reportOf(days - 1, days),
      days > 30 ? await reportOf(days - 30, days) : '',
      await reportOf(0, days),
      `${Math.round(residentBytes(process.pid) / 1e6)} MB`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
} finally {
  await offhook.close();
  rmSync(dir, { recursive: true, force: true });
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

async function storedPerEvent(events: number): Promise<string> {
  const tables = await engine.query<{ table: string; bytes: number }>(
    `SELECT table, sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND database = currentDatabase() GROUP BY table`,
  );
  const of = (name: string) => (tables.find(({ table }) => table === name)?.bytes ?? 0) / events;
  return `${of('events').toFixed(1)} bytes, and ${(of('login_sessions') + of('session_cache')).toFixed(1)} for its session`;
}

/** The report of some days, counted from the start; the last day is exclusive. */
async function reportOf(from: number, to: number): Promise<string> {
  const wall = (day: number, ms = 0) =>
    new Date(START_MS + day * DAY_MS + ms).toISOString().replace('T', ' ').slice(0, 19);
  const criteria = {
    ...ALL_SESSIONS,
    accountIds: [ACCOUNT],
    timezone: 'UTC',
    start: wall(from),
    end: wall(to, -1000),
  };
  let best = { firstMs: 0, wholeMs: Number.POSITIVE_INFINITY };
  for (let i = 0; i < Number(values.runs); i++) {
    const startMs = performance.now();
    let firstMs = 0;
    for await (const _ of offhook.report(criteria, CLOCK, { format: 'csv', keepFormulas: false })) {
      firstMs ||= performance.now() - startMs;
    }
    const wholeMs = performance.now() - startMs;
    if (wholeMs < best.wholeMs) best = { firstMs, wholeMs };
  }
  const before = await readSoFar();
  for await (const _ of offhook.report(criteria, CLOCK, { format: 'csv', keepFormulas: false }));
  const after = await readSoFar();
  const read = `${(after.rows - before.rows).toLocaleString('en')} rows (${((after.bytes - before.bytes) / 1e6).toFixed(1)} MB)`;
  return `${best.firstMs.toFixed(0)} ms, ${best.wholeMs.toFixed(0)} ms, ${read}`;
}

/** What this process's engine has read so far, from its counters. */
async function readSoFar(): Promise<{ rows: number; bytes: number }> {
  const [read] = await engine.query<{ rows: number; bytes: number }>(
    `SELECT sumIf(value, event = 'SelectedRows') AS rows, sumIf(value, event = 'SelectedBytes') AS bytes FROM system.events`,
  );
  return read as { rows: number; bytes: number };
}
