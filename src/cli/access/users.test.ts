// Users, API clients and the audit log on the command line.
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
  const { stdout, stderr, status } = spawnSync(OFFHOOK, [...args, '--data-dir', dataDir], {
    input,
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}
const ok = (args: string[], input?: string): string => {
  const { stdout, stderr, status } = offhook(args, input);
  assert.equal(status, 0, stderr);
  return stdout;
};

test('users, clients and JWT credentials are created, listed and deleted, and this is recorded', () => {
  assert.equal(ok(['users', 'add', 'boss', '--role', 'administrator', '--password-stdin'], 's3cret\n'), '');
  const args = ['--role', 'reader', '--account', '1', '2', '--group', '7'];
  const made = ok(['users', 'add', 'payroll', ...args]);
  assert.match(made, /^User: payroll, password: [\w-]{16} \(shown only once\)\n$/);
  assert.equal(
    ok(['users', 'list']),
    ['boss\tadministrator\tall accounts\tall groups', 'payroll\treader\t1\t7', 'payroll\treader\t2\t7', ''].join('\n'),
  );
  assert.notEqual(ok(['users', 'password', 'payroll']), made);
  const [, clientId = ''] =
    /^Client id: (\S+), client secret: \S+ /.exec(ok(['clients', 'add', '--label', 'Export'])) ?? [];
  const jwt = ok(['clients', 'jwt', '--user', 'payroll', '--label', 'Nightly']);
  const [, credentialId = ''] = /^JWT credential (\S+) .*\n[\w-]+\.[\w-]+\.[\w-]+\n$/.exec(jwt) ?? [];
  assert.equal(ok(['clients', 'list']), `client\t${clientId}\tExport\t\njwt\t${credentialId}\tNightly\tpayroll\n`);
  for (const id of [clientId, credentialId]) ok(['clients', 'remove', id]);
  assert.equal(ok(['clients', 'list']), '');
  ok(['users', 'remove', 'payroll']);
  const record = ok(['audit', '--format', 'ndjson'])
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  assert.deepEqual(
    record.map(({ action, address }) => [action, address]),
    [
      'USER_CHANGED',
      'USER_CHANGED',
      'USER_CHANGED',
      'CLIENT_CREATED',
      'TOKEN_ISSUED',
      'CLIENT_DELETED',
      'TOKEN_REVOKED',
      'USER_DELETED',
      'AUDIT_READ',
    ].map(action => [action, 'command line']),
  );
  assert.match(ok(['audit', '--to', '2000-01-01T00:00:00Z']), /^at,username,.*\n$/);
});

const REFUSED: [name: string, args: string[], code: string][] = [
  ['the last administrator', ['users', 'remove', 'boss'], 'INVALID_REQUEST'],
  ['a name that is taken', ['users', 'add', 'boss', '--role', 'reader'], 'ALREADY_EXISTS'],
  ['an empty password', ['users', 'password', 'boss', '--password-stdin'], 'INVALID_REQUEST'],
  ['an unknown user', ['clients', 'jwt', '--user', 'nobody', '--label', 'x'], 'NOT_FOUND'],
  ['an unknown client', ['clients', 'remove', 'nothing'], 'NOT_FOUND'],
  ['no instant', ['audit', '--from', 'yesterday'], 'INVALID_REQUEST'],
];
for (const [name, args, code] of REFUSED) {
  test(`${name}: ${code}`, () => {
    const { status, stderr, stdout } = offhook(args);
    assert.equal(status, 2, stderr);
    assert.match(stderr, new RegExp(`\\(${code}\\)`));
    assert.equal(stdout, '');
  });
}
