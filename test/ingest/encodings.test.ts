// Texts that are not UTF-8, and rows without a zone, on every way in: feed files, requests, agents files.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { importFiles } from '../../src/cli/import/import-files.ts';
import { feedNamed } from '../../src/sources/registry.ts';
import { decodeContext } from '../support/decode-context.ts';
import { bearer, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook } = await temporaryServer();
const headers = bearer('administrator');
const dir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const FIXTURES = join(import.meta.dirname, '../../src/sources/asterisk/fixtures');
const LOG = readFileSync(join(FIXTURES, 'latin_1_queue_log.txt'));
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

async function imported(source: string, accountId: string, bytes: Buffer): Promise<unknown> {
  const path = join(dir, accountId);
  writeFileSync(path, bytes);
  const context = decodeContext({ accountId });
  const { stored, rejected } = await importFiles([path], {
    importBytes: chunks => offhook.importFile(feedNamed(source), chunks, context),
    things: 'events',
    progress: { update() {}, end() {} },
    check: async () => {},
    checkpointOf: () => undefined,
  });
  return { stored, rejected };
}

const namesIn = async (accountId: string) =>
  (
    await offhook.engine.query<{ name: string }>(
      `SELECT DISTINCT if(username = '', agent_id, username) AS name FROM events FINAL
       WHERE account_id = {accountId:String}`,
      { accountId },
    )
  ).map(({ name }) => name);

test('a log in Latin-1 or UTF-16 gives the same agent name as one in UTF-8', async () => {
  const written = { stored: 2, rejected: 0 };
  const text = LOG.toString('latin1');
  for (const [account, bytes] of Object.entries({
    latin: LOG,
    utf8: Buffer.from(text),
    utf16: utf16(text),
  })) {
    assert.deepEqual(await imported('asterisk', account, bytes), written);
    assert.deepEqual(await namesIn(account), ['José Núñez'], account);
  }
});

test('so do lines that the engine decodes itself', async () => {
  const line = (second: number) =>
    `{"event_type":"AVAILABLE","agent_login_id":"1","agent_id":"7","username":"José","date_time":"2026-05-01 09:00:0${second}"}\n`;
  const text = line(1) + line(2);
  for (const [account, bytes] of [
    ['ringcx latin', Buffer.from(text, 'latin1')],
    ['ringcx utf16', utf16(text)],
  ] as const) {
    assert.deepEqual(await imported('ringcx', account, bytes), { stored: 2, rejected: 0 });
    assert.deepEqual(await namesIn(account), ['José'], account);
  }
});

test('so does a request', async () => {
  const url = '/ingest/v1/asterisk?accountId=request';
  const answer = await app.inject({ method: 'POST', url, headers, payload: LOG });
  assert.equal(answer.json().stored, 2);
  assert.deepEqual(await namesIn('request'), ['José Núñez']);
});

test('an agents file says how it was read', async () => {
  const url = '/api/v1/admin/accounts/directory/agentsImport?preview=true';
  const csv = 'agent_id,first_name\n7,José\n';
  const note = async (payload: Buffer) => {
    const { changes, note } = (await app.inject({ method: 'POST', url, headers, payload })).json();
    assert.equal(changes[0].fields.first_name.to, 'José');
    return note;
  };
  assert.equal(await note(Buffer.from(csv)), undefined);
  assert.match(await note(Buffer.from(csv, 'latin1')), /line 2.*Windows-1252/);
  assert.match(await note(utf16(csv)), /UTF-16/);
});

test('a file of aliases says how it was read', async () => {
  const imported = async (accountId: string, payload: Buffer) => {
    const url = `/api/v1/admin/accounts/${accountId}/agentAliasesImport`;
    const { changed, notes } = (await app.inject({ method: 'POST', url, headers, payload })).json();
    assert.deepEqual(changed, [{ agentId: 1004, alias: 'José Núñez' }]);
    return notes;
  };
  const csv = 'agent_id,alias\n1004,José Núñez\n';
  assert.deepEqual(await imported('aliases', Buffer.from(csv)), []);
  assert.match((await imported('aliases-latin', Buffer.from(csv, 'latin1')))[0], /line 2.*Windows-1252/);
  assert.match((await imported('aliases-utf16', utf16(csv)))[0], /UTF-16/);
});

test('rows of a table are read in the account’s zone, and rejected until it has one', async () => {
  const table = readFileSync(join(FIXTURES, 'tables/case.csv'));
  const send = async () => {
    const url = '/ingest/v1/asterisk?accountId=table';
    const { stored, rejected } = (await app.inject({ method: 'POST', url, headers, payload: table })).json();
    return [stored, rejected];
  };
  assert.deepEqual(await send(), [0, 5]);
  await app.inject({
    method: 'PUT',
    url: '/api/v1/admin/accounts/table',
    headers,
    payload: { feedTimezone: 'US/Arizona' },
  });
  assert.deepEqual(await send(), [4, 0]);
  const [{ at } = { at: '' }] = await offhook.engine.query<{ at: string }>(
    "SELECT toString(min(at)) AS at FROM events WHERE account_id = 'table'",
  );
  assert.match(at, /^2013-07-23 23:19:19/);
});
