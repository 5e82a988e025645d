// Messages of the command line: wrong names, paths and files, each with a remedy and without internal names.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openOffhook } from '../../src/pipeline.ts';

const OFFHOOK = join(import.meta.dirname, '../../offhook');
const dir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
const dataDir = join(dir, 'data');
after(() => rmSync(dir, { recursive: true, force: true }));

function offhook(args: readonly string[], input = '') {
  const { stdout, stderr, status } = spawnSync(OFFHOOK, args, { input, encoding: 'utf8', cwd: dir });
  return { stdout, stderr, status };
}

const EVENTS = [
  { kind: 'LOGIN', at: '2024-01-01T08:00:00Z', baseState: 'AVAILABLE' },
  { kind: 'LOGOUT', at: '2024-01-01T09:00:00Z' },
]
  .map(event => JSON.stringify({ accountId: '7', loginSessionId: '1', agentId: '1', ...event }))
  .join('\n');

before(() => {
  const { status, stderr } = offhook(['import', '--source', 'offhook', '--data-dir', dataDir, '-'], EVENTS);
  assert.equal(status, 0, stderr);
});

const report = (...more: string[]) => ['report', '--data-dir', dataDir, '--account', '7', ...more];

/** Arguments, the expected message and the exit code; nothing else is printed. */
const WRONG: readonly [name: string, args: readonly string[], message: RegExp, exit: number][] = [
  [
    'a missing data directory, for a command that only reads',
    ['report', '--account', '7', '--data-dir', 'nowhere'],
    /^offhook: There is no data directory at \S+nowhere\.\n.*--data-dir.*\n\(DATA_DIR_MISSING\)\n$/,
    2,
  ],
  [
    'a directory with other files',
    ['accounts', 'list', '--data-dir', '.'],
    /^offhook: The directory \S+ holds no data of Offhook\.\n.*\n\(DATA_DIR_MISSING\)\n$/,
    2,
  ],
  [
    'an unknown account',
    ['report', '--data-dir', dataDir, '--account', '8'],
    /^offhook: There is no account 8\.\nThe accounts are: 7 \(2024-01-01 08:00:00 to 2024-01-01 09:00:00 UTC\)\.\n\(UNKNOWN_ACCOUNT\)\n$/,
    2,
  ],
  [
    'an unknown account for doctor',
    ['doctor', '--data-dir', dataDir, '--account', '8'],
    /^offhook: There is no account 8\.\nThe accounts are: 7 .*\n\(UNKNOWN_ACCOUNT\)\n$/,
    2,
  ],
  [
    'an unknown account for states',
    ['states', 'list', '--data-dir', dataDir, '--account', '8'],
    /^offhook: There is no account 8\.\n/,
    2,
  ],
  [
    'a folder that does not exist',
    report('--out', join(dir, 'nowhere', 'report.csv')),
    /^offhook: The file \S+nowhere\/report\.csv cannot be written: its folder does not exist\.\nCreate it \(mkdir -p \S+nowhere\), or choose another file with --out\.\n\(FILE_NOT_WRITABLE\)\n$/,
    2,
  ],
  [
    'a folder instead of a file',
    report('--out', dir),
    /^offhook: The file \S+ cannot be written: it is a folder\.\n/,
    2,
  ],
  [
    'an invalid port',
    ['serve', '--data-dir', dataDir, '--port', '99999'],
    /^error: option '--port <number>' argument '99999' is invalid\. Use a number from 0 to 65535\.\n$/,
    2,
  ],
  [
    'an address of another machine',
    ['serve', '--data-dir', dataDir, '--port', '0', '--host', '203.0.113.7'],
    /^offhook: The address 203\.0\.113\.7:0 does not belong to this machine\.\nChoose an address of this machine with --host: .*\n\(ADDRESS_NOT_USABLE\)\n$/,
    3,
  ],
];

for (const [name, args, message, exit] of WRONG) {
  test(name, () => {
    const { stdout, stderr, status } = offhook(args);
    assert.match(stderr, message);
    assert.equal(stdout.replace(/^First user: .*\n/, ''), '');
    assert.equal(status, exit);
  });
}

test('only the import reads standard input, also with a new data directory', () => {
  const args = ['import', '--source', 'offhook', '--data-dir', join(dir, 'piped'), '-'];
  const first = offhook(args, EVENTS);
  assert.deepEqual([first.status, first.stdout], [0, ''], first.stderr);
});

test('a command that only reads creates nothing', () => {
  assert.equal(existsSync(join(dir, 'nowhere')), false);
});

test('an empty report is explained with the range of the stored events', () => {
  const { stdout, stderr, status } = offhook(report('--start', '2024-02-01', '--end', '2024-02-02'));
  assert.equal(status, 0);
  assert.equal(stdout.split('\n').length, 2);
  assert.equal(
    stderr,
    'The report is empty: no session of account 7 began between 2024-02-01 and 2024-02-02 (UTC). ' +
      'The stored events are from 2024-01-01 08:00:00 to 2024-01-01 09:00:00.\n',
  );
  assert.equal(offhook(report('--start', '2024-01-01', '--end', '2024-01-02')).stderr, '');
});

test('a data directory in use is reported without the engine’s own error', async () => {
  const holder = await openOffhook(dataDir);
  try {
    const { stderr, status } = offhook(report());
    assert.match(stderr, /^offhook: The data directory \S+ is in use by process \d+\.\n/);
    assert.equal(status, 3);
  } finally {
    await holder.close();
  }
});

test('a failed report does not change an existing file and leaves no partial file', () => {
  const out = join(dir, 'report.csv');
  writeFileSync(out, 'last week');
  assert.equal(offhook(['report', '--data-dir', dataDir, '--account', '8', '--out', out]).status, 2);
  assert.equal(readFileSync(out, 'utf8'), 'last week');
  assert.equal(offhook(report('--start', '2024-01-01', '--out', out)).status, 0);
  assert.match(readFileSync(out, 'utf8'), /^Agent ID,/);
  assert.deepEqual(
    readdirSync(dir).filter(name => name.startsWith('report.csv')),
    ['report.csv'],
  );
});

test('setting something of a new account prints a warning', () => {
  const args = ['states', 'set', '--account', '70', '--label', 'Lunch', '--base', 'LUNCH', '--data-dir', dataDir];
  const { stderr, status } = offhook(args);
  assert.deepEqual([stderr, status], ['The account 70 is new and has no data yet. Existing accounts: 7.\n', 0]);
});

test('settings print what they changed', () => {
  const set = (...args: string[]) => offhook([...args, '--data-dir', dataDir, '--account', '7']).stdout;
  const coaching = ['states', 'set', '--label', 'Coaching', '--base'];
  assert.equal(
    set(...coaching, 'TRAINING'),
    "The state 'Coaching' of account 7 counts as TRAINING in future events.\n" +
      'To apply this to stored events: ./offhook replay --account 7\n',
  );
  assert.equal(set(...coaching, 'TRAINING'), "The state 'Coaching' of account 7 already counts as TRAINING.\n");
  assert.match(set(...coaching, 'LUNCH'), /^The state 'Coaching' of account 7 counts as LUNCH \(was TRAINING\) /);
  assert.match(set('states', 'remove', '--label', 'coaching'), /^The state 'Coaching' of account 7 was deleted\. /);
  assert.equal(
    set('accounts', 'set', '--name', 'Sales', '--timezone', 'US/Arizona'),
    "Account 7: name is now 'Sales' (was '7'), timezone is now 'US/Arizona' (was 'UTC').\n",
  );
  assert.equal(set('accounts', 'set', '--name', 'Sales'), 'Account 7: nothing changed.\n');
  assert.match(
    set('accounts', 'set', '--feed-timezone', 'UTC'),
    /\nTo apply this .*: \.\/offhook replay --account 7\n$/,
  );
});

test('an import prints what is new, what was rejected and why; a wrong file stores nothing', () => {
  const importOf = (source: string, text: string) =>
    offhook(['import', '--source', source, '--account', '9', '--data-dir', dataDir, '-'], text);
  const events = EVENTS.replaceAll('"7"', '"9"');
  assert.equal(
    importOf('offhook', events).stderr,
    '2 events stored (2 new, 0 already known), 0 inputs rejected and kept.\n',
  );
  assert.equal(
    importOf('offhook', `${events}\n{"accountId":"9"}\nrubbish`).stderr,
    '2 events stored (0 new, 2 already known), 2 inputs rejected and kept.\n' +
      'Reasons: 1 MISSING_FIELD, 1 INVALID_JSON. The first rejects:\n' +
      '  line 3: kind is missing.\n' +
      `  line 4: Unexpected token 'r', "rubbish" is not valid JSON\n`,
  );
  const log = '1772524800|m|q|Agent/71|ADDMEMBER|\n1772528400|m|q|Agent/71|REMOVEMEMBER|\n';
  assert.match(importOf('asterisk', log).stderr, /^2 events stored \(2 new, 0 already known\), 0 inputs/);
  assert.match(importOf('asterisk', log).stderr, /^2 events stored \(0 new, 2 already known\), 0 inputs/);
  const wrong = importOf('ringcx', log);
  assert.match(
    wrong.stderr,
    /^offhook: Standard input is not a file of RingCX agent events: .*\n.*asterisk\.\n\(WRONG_FILE\)\n$/,
  );
  assert.equal(wrong.status, 2);
  assert.equal(offhook(['doctor', '--data-dir', dataDir, '--account', '9', '--json']).stdout.match(/refused/), null);
});
