// Inputs that could not be used: listed in pages, filtered, each whole and exactly as it came, for those who may see them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from '../../src/limits.ts';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, clock, user } = await temporaryServer();
const admin = bearer('administrator');

async function post(source: string, payload: string) {
  clock.nowMs += 1000;
  const answer = await app.inject({ method: 'POST', url: `/ingest/v1/${source}`, headers: admin, payload });
  assert.ok(answer.statusCode < 300, answer.body);
}
const get = (accountId: string, rest = '', headers = admin) =>
  app.inject({ url: `/api/v1/admin/accounts/${accountId}/rejects${rest}`, headers });

interface Page {
  rejects: { rejectId: string; raw: string; rawChars: number; source: string; reason: string }[];
  next: string | null;
  counts: { source: string; reason: string; count: number }[];
}
async function list(accountId: string, query = '', headers = admin): Promise<Page> {
  const answer = await get(accountId, query, headers);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
}

test('pages from the newest on hold every reject once', async () => {
  for (let i = 1; i <= 7; i++) await post('offhook', `{"accountId":"pages","kind":"NAP","n":${i}}`);
  const seen: string[] = [];
  let cursor: string | null = '';
  let pages = 0;
  do {
    const page: Page = await list('pages', `?maxRows=3${cursor && `&cursor=${cursor}`}`);
    seen.push(...page.rejects.map(({ raw }) => raw));
    cursor = page.next;
    pages++;
  } while (cursor !== null);
  assert.equal(pages, 3);
  assert.deepEqual(
    seen,
    [7, 6, 5, 4, 3, 2, 1].map(n => `{"accountId":"pages","kind":"NAP","n":${n}}`),
  );
});

test('rejects of one instant are told apart by their ids', async () => {
  const lines = [1, 2, 3, 4, 5].map(n => `{"accountId":"instant","kind":"NAP","n":${n}}`);
  await post('offhook', lines.join('\n'));
  const first = await list('instant', '?maxRows=2');
  const second = await list('instant', `?maxRows=3&cursor=${first.next}`);
  assert.equal(second.next, null);
  assert.deepEqual([...first.rejects, ...second.rejects].map(({ raw }) => raw).sort(), lines);
});

test('a filter narrows the list, not the counts', async () => {
  await post('offhook', '{"accountId":"filter","kind":"NAP"}');
  await post('ringcx', '{"account_id":"filter"}\n{"account_id":"filter","a":1}');
  const counts = [
    { source: 'ringcx', reason: 'MISSING_FIELD', count: 2 },
    { source: 'offhook', reason: 'UNKNOWN_EVENT', count: 1 },
  ];
  for (const [query, sources] of [
    ['', ['ringcx', 'ringcx', 'offhook']],
    ['?source=offhook', ['offhook']],
    ['?reason=MISSING_FIELD', ['ringcx', 'ringcx']],
    ['?source=offhook&reason=MISSING_FIELD', []],
  ] as const) {
    const page = await list('filter', query);
    assert.deepEqual(
      page.rejects.map(({ source }) => source),
      sources,
      query,
    );
    assert.deepEqual(page.counts, counts);
  }
});

test('a list shows the beginning of an input, and its own address all of it, exactly', async () => {
  const input = `{"accountId":"whole","kind":"NAP","note":"Grüße \\u0000 «😀» \\t","more":"${'ä'.repeat(2000)}"}`;
  await post('offhook', input);
  const [reject] = (await list('whole')).rejects;
  assert.equal(reject?.raw, [...input].slice(0, LIMITS.rejectPreviewChars).join(''));
  assert.equal(reject?.rawChars, [...input].length);
  const one = await get('whole', `/${reject?.rejectId}`);
  assert.equal(one.json().raw, input);
  await post('offhook', input);
  const again = await list('whole');
  assert.deepEqual(
    again.rejects.map(({ rejectId }) => rejectId),
    [reject?.rejectId],
  );
});

test('an id of another account, an unknown one and a wrong cursor are refused', async () => {
  await post('offhook', '{"accountId":"mine","kind":"NAP"}');
  const [mine] = (await list('mine')).rejects;
  assert.equal((await get('yours', `/${mine?.rejectId}`)).statusCode, 404);
  assert.equal((await get('mine', '/0123456789abcdef')).statusCode, 404);
  for (const query of ['?cursor=x', '?maxRows=0', `?maxRows=${LIMITS.rejectRows + 1}`]) {
    assert.equal((await get('mine', query)).json().errorCode, 'INVALID_REQUEST', query);
  }
});

test('readers of all groups see them; those of no account only readers of all accounts', async () => {
  await post('offhook', '{"accountId":"rights","kind":"NAP"}');
  await post('ringcx', '{"broken');
  for (const [name, grants, status] of [
    ['limited', [grant('rights', 'reader', '10')], 403],
    ['feeder', [grant('rights', 'ingest')], 403],
    ['stranger', [grant('other', 'administrator')], 403],
  ] as const) {
    assert.equal((await get('rights', '', await user(name, grants))).statusCode, status, name);
  }
  const reader = await user('reader', [grant('rights', 'reader')]);
  assert.deepEqual(
    (await list('rights', '', reader)).rejects.map(({ source }) => source),
    ['offhook'],
  );
  const everywhere = await user('everywhere', [grant('', 'reader')]);
  const all = (await list('rights', '', everywhere)).rejects;
  assert.deepEqual(
    all.map(({ source }) => source),
    ['ringcx', 'offhook'],
  );
  assert.equal((await get('rights', `/${all[0]?.rejectId}`, reader)).statusCode, 404);
});
