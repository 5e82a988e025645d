// Benchmark of imports, speed and memory: RingCX by the engine and by the decoder, and feeds without login sessions.
// npm run bench:import [-- --agents 1000 --days 10 --lines 300000 --runs 3]
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { simulateRingcxNdjson } from '../src/simulate/ringcx-lines.ts';
import { residentBytes } from './memory.ts';
import { linesOf } from './synthetic-feeds.ts';

const { values } = parseArgs({
  options: {
    agents: { type: 'string', default: '1000' },
    days: { type: 'string', default: '10' },
    lines: { type: 'string', default: '300000' },
    runs: { type: 'string', default: '3' },
  },
});
const runs = Number(values.runs);
const dir = mkdtempSync(join(tmpdir(), 'offhook-bench-'));
const dataDir = join(dir, 'data');

interface Imported {
  events: number;
  /** Of the whole command, including its start. */
  seconds: number;
  peakBytes: number;
}

/** Runs a command line to its end. */
async function timed(words: string[]): Promise<{ output: string; seconds: number; peakBytes: number }> {
  const startMs = performance.now();
  const child = spawn(join(import.meta.dirname, '../offhook'), [...words, '--data-dir', dataDir]);
  let output = '';
  let peakBytes = 0;
  child.stderr.on('data', chunk => {
    output += chunk;
  });
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentBytes(child.pid as number));
  }, 100);
  await new Promise(resolve => child.once('exit', resolve));
  clearInterval(watch);
  return { output, seconds: (performance.now() - startMs) / 1000, peakBytes };
}

/** Imports by the command line into an empty data directory. */
async function importOf(source: string, file: string): Promise<Imported> {
  const { output, ...measured } = await timed(['import', '--source', source, '--account', '1', file]);
  rmSync(dataDir, { recursive: true });
  const events = Number(/^([\d ]+) events stored/m.exec(output)?.[1]?.replaceAll(' ', ''));
  return { events, ...measured };
}

function print(what: string, count: number, { seconds, peakBytes }: Imported): void {
  const rate = Math.round(count / seconds).toLocaleString('en');
  console.log(
    `${what.padEnd(44)} ${rate}/s · ${count.toLocaleString('en')} in ${seconds.toFixed(1)} s · peak ${Math.round(peakBytes / 1e6)} MB`,
  );
}

try {
  const centre = {
    accountId: '1',
    agents: Number(values.agents),
    days: Number(values.days),
    start: '2026-06-01',
    seed: 1,
  };
  const byEngine = join(dir, 'lines.ndjson');
  // A file that starts with a blank line is left to the decoder.
  const byDecoder = join(dir, 'blank-first.ndjson');
  await pipeline(simulateRingcxNdjson(centre), createWriteStream(byEngine));
  await pipeline(async function* () {
    yield '\n';
    yield* simulateRingcxNdjson(centre);
  }, createWriteStream(byDecoder));
  const { seconds } = await timed(['accounts', 'set', '--account', '1']);
  console.log(`a command that does next to nothing in a new data directory: ${seconds.toFixed(1)} s`);
  rmSync(dataDir, { recursive: true, force: true });
  for (let run = 0; run < runs; run++) {
    for (const [what, file] of [
      ['read by the engine', byEngine],
      ['decoded', byDecoder],
    ] as const) {
      const imported = await importOf('ringcx', file);
      print(`RingCX NDJSON, ${what}`, imported.events, imported);
    }
  }
  const lines = Number(values.lines);
  for (const [feed, count] of [
    ['asterisk', lines],
    ['asterisk', 10 * lines],
    ['asterisk with callers', 10 * lines],
    ['freeswitch', 4 * lines],
    ['amazon-connect', 4 * lines],
    ['genesys', Math.ceil((4 * lines) / 13)],
  ] as const) {
    const file = join(dir, 'lines');
    await pipeline(Readable.from(linesOf(feed, count)), createWriteStream(file));
    for (let run = 0; run < runs; run++) {
      const imported = await importOf(feed.replace(' with callers', ''), file);
      // Many lines of a queue_log are not about agents; in the other feeds a line is one or several events.
      const things = feed.startsWith('asterisk') ? count : imported.events;
      print(`${feed}, ${count.toLocaleString('en')} lines`, things, imported);
    }
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}
