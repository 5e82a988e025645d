// `doctor` and `replay` on the command line: findings, output, changes and exit codes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const OFFHOOK = join(import.meta.dirname, '../../../offhook');
const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
after(() => rmSync(dataDir, { recursive: true, force: true }));

function offhook(args: string[], input = '') {
  return spawnSync(OFFHOOK, [...args, '--data-dir', dataDir], { input, encoding: 'utf8' });
}
function ran(exit: number, args: string[], input?: string): string {
  const { stdout, stderr, status } = offhook(args, input);
  assert.equal(status, exit, `${stdout}${stderr}`);
  return stdout;
}

const DAY = ['--from', '2026-05-01', '--to', '2026-05-01'];
const fact = (time: string, event_type: string, prev_state: string, label = '') => ({
  account_id: '7',
  agent_login_id: 's1',
  agent_id: '1',
  event_type,
  event_aux_type: label,
  prev_state,
  date_time: `2026-05-01 ${time}`,
});
const LINES = [
  fact('09:00:00', 'LOGIN', ''),
  fact('09:00:00', 'AVAILABLE', 'LOGIN'),
  fact('09:10:00', 'COACHING', 'AVAILABLE', 'Coaching'),
  fact('09:24:00', 'AVAILABLE', 'COACHING'),
  fact('10:00:00', 'LOGOUT', 'AVAILABLE'),
];

test('findings are printed with examples and a remedy, and disappear when fixed', () => {
  assert.match(offhook(['doctor']).stderr, /holds no data of Offhook\.[\s\S]*\(DATA_DIR_MISSING\)/);
  ran(0, ['import', '--source', 'ringcx', '-'], LINES.map(line => JSON.stringify(line)).join('\n'));
  ran(0, ['accounts', 'set', '--account', '7', '--timezone', 'US/Arizona']);
  const found = ran(1, ['doctor', ...DAY]);
  assert.match(found, /^Accounts 7, 2026-05-01 00:00:00 to 2026-05-01 23:59:59 \(US\/Arizona\)\n/);
  assert.match(found, /\nUnknown states: 1, 14 min \(UNKNOWN_STATES\)\n/);
  assert.match(
    found,
    /\n {4}7 {8}1 {6}s1 {7}2026-05-01 06:10:00 {2}2026-05-01 06:24:00 {2}14 min {2}Coaching: Entered 1 time\.\n/,
  );
  assert.match(found, /\n {2}To fix it: Set the label’s base state with '\.\/offhook states set/);
  assert.match(found, /\nNo problems: rejected inputs, [\s\S]*disagreements with the source\.\n$/);

  const json = JSON.parse(ran(1, ['doctor', '--account', '7', '--json', ...DAY, '--timezone', 'UTC']));
  assert.deepEqual(
    json.findings
      .filter(({ count }: { count: number }) => count > 0)
      .map(({ key, durationMs }: { key: string; durationMs: number }) => [key, durationMs]),
    [
      ['UNKNOWN_STATES', 840_000],
      ['UNACCOUNTED_TIME', 840_000],
      ['UNKNOWN_AGENTS', 3_600_000],
    ],
  );

  ran(0, ['states', 'set', '--account', '7', '--label', 'coaching', '--base', 'TRAINING']);
  const preview = ran(0, ['replay', '--account', '7', '--preview']);
  assert.match(preview, /^5 kept inputs decoded again\.\n1 session would change;/);
  assert.match(preview, / 1 {7}1 {9}14 min {2}UNKNOWN → TRAINING\n/);
  assert.match(preview, /\n {2}session s1, agent 1, 2026-05-01 06:10:00: 14 min UNKNOWN → TRAINING\n/);
  assert.match(preview, /\nThis was a preview; nothing was changed\.\n$/);
  ran(1, ['doctor', ...DAY]);
  const replayed = ran(0, ['replay', '--account', '7', '--source', 'ringcx', '--from', '2026-05-01']);
  assert.match(replayed, /\n1 session changed; 0 rejects became events\.\n/);
  assert.doesNotMatch(replayed, /preview/);
  assert.equal(ran(0, ['replay', '--account', '7']), '5 kept inputs decoded again.\nNothing changed.\n');
  ran(0, ['agents', 'import', '--account', '7', '-'], 'agent_id,first_name\n1,Ada\n');
  assert.match(ran(0, ['doctor', ...DAY]), /\nNo problems: .* unknown states, /);
  assert.equal(ran(0, ['audit']).match(/EVENTS_REPLAYED/g)?.length, 2);
});

const REFUSED: [name: string, args: string[], code: string][] = [
  ['an unknown account', ['doctor', '--account', '8'], 'UNKNOWN_ACCOUNT'],
  ['an unknown time zone', ['doctor', '--account', '7', '--timezone', 'Mars'], 'UNKNOWN_TIME_ZONE'],
  ['an invalid time', ['doctor', '--account', '7', '--from', 'yesterday'], 'INVALID_REQUEST'],
  ['a start after today', ['doctor', '--account', '7', '--from', '2199-01-01'], 'START_AFTER_END'],
  ['an unknown feed', ['replay', '--account', '7', '--source', 'carrier-pigeon'], 'UNKNOWN_SOURCE'],
  [
    'a replay that ends before it begins',
    ['replay', '--account', '7', '--from', '2026-05-02', '--to', '2026-05-01'],
    'START_AFTER_END',
  ],
];
for (const [name, args, code] of REFUSED) {
  test(`${name}: ${code}`, () => {
    const { status, stderr } = offhook(args);
    assert.equal(status, 2, stderr);
    assert.match(stderr, new RegExp(`\\(${code}\\)`));
  });
}
