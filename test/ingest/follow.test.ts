// Followers of a log are killed while it is written and rotated: no line is lost, none is stored twice.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { follow } from '../../src/jobs/follow.ts';
import { openOffhook } from '../../src/pipeline.ts';
import { ALL_SESSIONS } from '../../src/report/query/criteria.ts';
import { asterisk } from '../../src/sources/asterisk/asterisk.ts';
import { splitText } from '../../src/sources/split/split.ts';
import { readPosition } from '../../src/ingest/checkpoints.ts';
import { decodeContext } from '../support/decode-context.ts';

const dir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const log = join(dir, 'queue_log');
const dataDir = join(dir, 'data');
const OFFHOOK = join(import.meta.dirname, '../../offhook');
const BEGIN = 1_700_000_000;

/** A day of an agent: login, a call every minute, logout. */
function day(agent: number): string[] {
  const at = BEGIN + agent;
  const calls = Array.from({ length: 40 }, (_, i) => {
    const from = at + 60 * i;
    const id = `${agent}-${i}.1`;
    return [
      `${from + 5}|${id}|support|SIP/${agent}|CONNECT|4|${id}|3`,
      `${from + 45}|${id}|support|SIP/${agent}|COMPLETECALLER|4|40|1`,
    ];
  }).flat();
  return [
    `${at}|NONE|support|SIP/${agent}|ADDMEMBER|`,
    ...calls,
    `${at + 2500}|NONE|support|SIP/${agent}|REMOVEMEMBER|`,
  ];
}
const secondOf = (line: string) => Number(line.split('|')[0]);
const lines = [101, 102, 103].flatMap(day).sort((a, b) => secondOf(a) - secondOf(b));

function start(): ChildProcess {
  return spawn(OFFHOOK, ['follow', '--source', 'asterisk', '--account', 'live', '--data-dir', dataDir, log]);
}

async function reportOf(offhook: Awaited<ReturnType<typeof openOffhook>>, account: string): Promise<string> {
  const criteria = {
    accountIds: [account],
    start: '2023-01-01',
    end: '2023-12-31',
    timezone: 'UTC',
    ...ALL_SESSIONS,
  };
  let text = '';
  const clock = { nowMs: Date.UTC(2024, 0, 1), staleAfterMs: 57_600_000 };
  for await (const chunk of offhook.report(criteria, clock, { format: 'csv', keepFormulas: false }))
    text += Buffer.from(chunk).toString();
  return text;
}

test('kill -9 at any moment, rotation between and during runs', async () => {
  writeFileSync(log, '');
  const pieces = 6;
  for (let piece = 0; piece < pieces; piece++) {
    const child = start();
    await once(child.stdout!, 'data');
    const part = lines.slice((piece * lines.length) / pieces, ((piece + 1) * lines.length) / pieces);
    for (const [nth, line] of part.entries()) {
      // First half a line, which must not be read before its end is written.
      appendFileSync(log, line.slice(0, 20));
      appendFileSync(log, `${line.slice(20)}\n`);
      if (nth === 20 && piece % 2 === 0) {
        renameSync(log, `${log}.${piece}`);
        writeFileSync(log, '');
      }
      // The kill comes a little later in each run, while the follower reads, stores or saves its position.
      for (let turn = 0; turn < piece; turn++) await new Promise(resolve => setImmediate(resolve));
    }
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  const offhook = await openOffhook(dataDir);
  after(() => offhook.close());
  const file = { source: 'asterisk', accountId: 'live', path: log };
  // Each run reads at least one file to its end; repeat until nothing is left.
  for (let before: unknown, now: unknown = 0; JSON.stringify(before) !== JSON.stringify(now); ) {
    before = now;
    await follow(offhook, file, AbortSignal.abort());
    now = await readPosition(offhook.engine, file);
  }
  await offhook.ingest(
    asterisk,
    splitText(lines.join('\n'), asterisk.splitter()),
    decodeContext({ accountId: 'whole' }),
  );
  const whole = await reportOf(offhook, 'whole');
  assert.equal(whole.trimEnd().split('\n').length, 4);
  assert.match(whole, /,40,40,/);
  assert.equal(await reportOf(offhook, 'live'), whole);
});
