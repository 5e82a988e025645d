// Benchmark of the output formats over HTTP, compared with the engine writing the same rows to nowhere.
// npm run bench:formats [-- --agents 10000 --days 30 --runs 3]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildApp } from '../src/api/app.ts';
import { openOffhook } from '../src/pipeline.ts';
import { ALL_SESSIONS, reportRows } from '../src/report/query/criteria.ts';
import { delimitedSql } from '../src/report/formats/delimited.ts';
import { FORMATS, type FormatName } from '../src/report/formats/formats.ts';
import { syntheticMonth } from './synthetic-month.ts';
import { administrator } from './administrator.ts';

const { values } = parseArgs({
  options: {
    agents: { type: 'string', default: '10000' },
    days: { type: 'string', default: '30' },
    runs: { type: 'string', default: '3' },
  },
});
const sessions = Number(values.agents) * Number(values.days);
const ACCOUNT = '15300002';
const RANGE = { start: '2026-06-01 00:00:00', end: '2026-12-31 23:59:59' };
const TIMEZONE = 'America/New_York';

/** The request body for each format. */
const ASKED: Readonly<Record<FormatName, object>> = {
  csv: { delimiter: 'COMMA' },
  pipe: { delimiter: 'PIPE' },
  tab: { delimiter: 'TAB' },
  excel: { delimiter: 'EXCEL' },
  html: { delimiter: 'HTML' },
  xml: returning('XML'),
  json: returning('JSON'),
  ndjson: returning('NDJSON'),
  xlsx: returning('XLSX'),
  parquet: returning('PARQUET'),
};

function returning(returnType: string): object {
  return { reportCriteria: { returnType } };
}

/** Returns the number of bytes. */
type Run = () => Promise<number>;

async function counted(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const chunk of chunks) bytes += chunk.length;
  return bytes;
}

/** The best of several runs: disturbances of a shared machine only make runs slower. Returns rows per second. */
async function measure(what: string, run: Run, base?: number): Promise<number> {
  let bestMs = Number.POSITIVE_INFINITY;
  let bytes = 0;
  for (let i = 0; i < Number(values.runs); i++) {
    const startMs = performance.now();
    bytes = await run();
    bestMs = Math.min(bestMs, performance.now() - startMs);
  }
  const rate = (sessions / bestMs) * 1000;
  const figures = [
    `${Math.round(rate).toLocaleString('en').padStart(9)} rows/s`,
    `${(bestMs / 1000).toFixed(2).padStart(6)} s`,
    `${Math.round(bytes / 1e6)
      .toString()
      .padStart(5)} MB`,
    ...(base === undefined ? [] : [`${Math.round((rate / base) * 100).toString()} % of the engine's CSV`]),
  ];
  console.log(`${what.padEnd(44)} ${figures.join(' · ')}`);
  return rate;
}

const dir = mkdtempSync(join(tmpdir(), 'offhook-bench-'));
try {
  const offhook = await openOffhook(dir);
  const authorization = await administrator(offhook.engine, Date.now());
  const app = await buildApp({
    offhook,
    now: Date.now,
    staleAfterMs: 57_600_000,
    keepFormulas: false,
    version: 'bench',
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  await syntheticMonth(offhook.engine, ACCOUNT, '2026-06-01', Number(values.agents), Number(values.days));
  console.log(`${sessions.toLocaleString('en')} sessions of 100 events\n`);

  const rows = reportRows(
    { ...ALL_SESSIONS, ...RANGE, accountIds: [ACCOUNT], timezone: TIMEZONE },
    { nowMs: Date.now(), staleAfterMs: 57_600_000 },
  );
  const params = { ...rows.params, delimiter: ',', keep_formulas: 0 };
  const engineRun = (format: string) => () => counted(offhook.engine.stream(delimitedSql(rows), params, { format }));
  await measure("the engine's CSV, computed and not written", engineRun('Null'));
  const base = await measure("the engine's CSV, to nowhere", engineRun('TSVRaw'));

  for (const format of Object.keys(FORMATS) as FormatName[]) {
    const run = async () => {
      const { reportCriteria, ...asked } = ASKED[format] as { reportCriteria?: object };
      const times = { startTimestamp: RANGE.start, endTimestamp: RANGE.end, timezoneName: TIMEZONE };
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/admin/accounts/${ACCOUNT}/reportsStreaming`, {
        method: 'POST',
        headers: {
          authorization,
          'accept-encoding': 'identity',
        },
        body: JSON.stringify({ ...asked, reportCriteria: { ...reportCriteria, ...times } }),
      });
      if (!response.ok) throw new Error(await response.text());
      return counted(response.body as ReadableStream<Uint8Array>);
    };
    await measure(`${format} over HTTP`, run, base);
  }
  await app.close();
  await offhook.close();
} finally {
  rmSync(dir, { recursive: true, force: true });
}
