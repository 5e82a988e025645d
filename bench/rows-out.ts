// Benchmark of long ranges: a report of many ended sessions over HTTP, compared with the engine alone, DuckDB and PostgreSQL.
// npm run bench:rows [-- --agents 10000 --days 90 --steps 10 --runs 3]
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { buildApp } from '../src/api/app.ts';
import { openOffhook } from '../src/pipeline.ts';
import { ALL_SESSIONS, planReport, reportRows } from '../src/report/query/criteria.ts';
import { COLUMNS } from '../src/report/columns/columns.ts';
import { delimitedSql } from '../src/report/formats/delimited.ts';
import { fromRows, REPORT_SETTINGS, type ReportPlan } from '../src/report/query/rows.ts';
import { refreshSessionCache } from '../src/sessions/session-cache.ts';
import { copyOfDuckDb } from './compare/duckdb.ts';
import { NUMBERS, TEXTS } from './compare/expressions.ts';
import { copyOfPostgres } from './compare/postgresql.ts';
import { residentBytes } from './memory.ts';
import { probing } from './probing.ts';
import { fillDay, fillDirectory, settle } from './synthetic-sessions.ts';
import { administrator } from './administrator.ts';
import { type Curl, type Fetched, openCurl } from './curl.ts';

const { values } = parseArgs({
  options: {
    agents: { type: 'string', default: '10000' },
    days: { type: 'string', default: '90' },
    steps: { type: 'string', default: '10' },
    runs: { type: 'string', default: '3' },
  },
});
const [agents, days, steps, runs] = [values.agents, values.days, values.steps, values.runs].map(Number) as [
  number,
  number,
  number,
  number,
];
const sessions = agents * 2 * days;
const ACCOUNT = '15300002';
const START = '2026-03-01';
const TIMEZONE = 'America/New_York';
const CLOCK = { nowMs: Date.UTC(2026, 11, 1), staleAfterMs: 57_600_000 };
let authorization = '';
let curl: Curl;

const count = (value: number) => Math.round(value).toLocaleString('en');
const print = (what: string, ...figures: string[]) => console.log(`${what.padEnd(52)} ${figures.join(' · ')}`);

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await run();
  return (performance.now() - startMs) / 1000;
}

/** The best of several runs: disturbances of a shared machine only make runs slower. */
async function bestSeconds(run: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) best = Math.min(best, await secondsOf(run));
  return best;
}

const dir = mkdtempSync(join(tmpdir(), 'offhook-bench-'));
const offhook = await openOffhook(join(dir, 'data'));
const { engine } = offhook;
try {
  authorization = await administrator(engine, Date.now());
  curl = openCurl(authorization);
  const centre = { account: ACCOUNT, start: START, agents, steps };
  await fillDirectory(engine, centre);
  let events = 0;
  const fillS = await secondsOf(async () => {
    for (let day = 0; day < days; day++) events += await fillDay(engine, centre, day);
  });
  print(`${count(events)} events of ${count(sessions)} sessions made`, `${fillS.toFixed(0)} s`);
  const foldS = await secondsOf(() => refreshSessionCache(engine, CLOCK));
  print('folded once, to be kept', `${foldS.toFixed(0)} s`, `${count(sessions / foldS)} sessions/s`);
  await settle(engine);

  const all = await criteriaRows('2026-01-01 00:00:00', '2026-12-31 23:59:59');
  const nowhereS = await bestSeconds(() => drained(delimitedSql(all), all, 'TSVRaw'));
  print("the engine's CSV to nowhere", `${count(sessions / nowhereS)} rows/s`, `${nowhereS.toFixed(2)} s`);
  const httpS = await overHttp();
  const csv = join(dir, 'sessions.csv');
  await pipeline(engine.stream(tableSql(all), all.params, { format: 'CSV' }), createWriteStream(csv));
  const duckS = await copyOfDuckDb(csv, runs);
  const postgresS = copyOfPostgres(csv, dir, runs);
  print("the engine's share that HTTP keeps", `${Math.round((nowhereS / httpS) * 100)} %`);
  compared("DuckDB's COPY", duckS, httpS);
  compared("PostgreSQL's COPY", postgresS, httpS);
  await curl.close();
} finally {
  await offhook.close();
  rmSync(dir, { recursive: true, force: true });
}

async function criteriaRows(start: string, end: string): Promise<ReportPlan> {
  const criteria = { ...ALL_SESSIONS, accountIds: [ACCOUNT], start, end, timezone: TIMEZONE };
  return planReport(engine, reportRows(criteria, CLOCK));
}

async function drained(sql: string, rows: ReportPlan, format: string): Promise<number> {
  let bytes = 0;
  const params = { ...rows.params, delimiter: ',', keep_formulas: 0 };
  for await (const chunk of engine.stream(sql, params, { format })) bytes += chunk.length;
  return bytes;
}

/** Everything that the 39 columns read, as a table of plain columns. */
function tableSql(rows: ReportPlan): string {
  return `SELECT ${[...TEXTS, ...NUMBERS].join(', ')} ${fromRows(rows, COLUMNS)} ${REPORT_SETTINGS}`;
}

function compared(what: string, otherS: number | undefined, httpS: number): void {
  if (otherS === undefined) {
    print(what, 'not installed');
    return;
  }
  const rate = `${count(sessions / otherS)} rows/s`;
  print(what, rate, `${otherS.toFixed(2)} s`, `Offhook over HTTP is ${(otherS / httpS).toFixed(2)} times as fast`);
}

/** Reports fetched by one process while another one requests something else; returns the seconds of the longest range. */
async function overHttp(): Promise<number> {
  const app = await buildApp({
    offhook,
    now: () => CLOCK.nowMs,
    staleAfterMs: CLOCK.staleAfterMs,
    keepFormulas: false,
    version: 'bench',
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const address = `http://127.0.0.1:${port}/api/v1/admin/accounts/${ACCOUNT}`;
  const day = await bestFetch(`${address}/reportsStreaming`, '2026-04-15 00:00:00', '2026-04-15 23:59:59');
  print('a day over HTTP', `first byte ${day.firstMs} ms`, `whole ${day.wholeMs} ms`);
  const month = await bestFetch(`${address}/reportsStreaming`, '2026-04-01 00:00:00', '2026-04-30 23:59:59');
  print('a month over HTTP', `first byte ${month.firstMs} ms`, `whole ${month.wholeMs} ms`);
  const idle = residentBytes(process.pid);
  const whole = await bestFetch(`${address}/reportsStreaming`, '2026-01-01 00:00:00', '2026-12-31 23:59:59');
  print(
    `all ${count(sessions)} sessions over HTTP`,
    `${count((sessions / whole.wholeMs) * 1000)} rows/s`,
    `${(whole.wholeMs / 1000).toFixed(2)} s`,
    `first byte ${whole.firstMs} ms`,
    `${count(whole.bytes / 1e6)} MB`,
    `memory added at the peak ${count((whole.peakBytes - idle) / 1e6)} MB`,
  );
  const probed = await probing(`${address}/agentGroups`, authorization, () =>
    oneFetch(`${address}/reportsStreaming`, '2026-01-01 00:00:00', '2026-12-31 23:59:59'),
  );
  print('other requests meanwhile (the agent groups)', probed);
  await app.close();
  return whole.wholeMs / 1000;
}

type Measured = Fetched & { peakBytes: number };

async function bestFetch(url: string, start: string, end: string): Promise<Measured> {
  const fetched: Measured[] = [];
  for (let i = 0; i < runs; i++) fetched.push(await oneFetch(url, start, end));
  const fastest = fetched.reduce((a, b) => (b.wholeMs < a.wholeMs ? b : a));
  return { ...fastest, peakBytes: Math.max(...fetched.map(({ peakBytes }) => peakBytes)) };
}

async function oneFetch(url: string, startTimestamp: string, endTimestamp: string): Promise<Measured> {
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentBytes(process.pid));
  }, 50);
  const reportCriteria = { startTimestamp, endTimestamp, timezoneName: TIMEZONE };
  const fetched = await curl.post(url, JSON.stringify({ reportCriteria }));
  clearInterval(watch);
  return { ...fetched, peakBytes };
}
