// Compressed bodies: all calls accept the usual compressions, refuse others, and store nothing of a damaged body.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { LIMITS } from '../../src/limits.ts';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook, user, cacheSessions } = await temporaryServer();
const admin = bearer('administrator');

const post = (url: string, payload: Buffer | string, encoding: string | undefined, type = 'application/json') =>
  app.inject({
    method: 'POST',
    url,
    payload,
    headers: { ...admin, 'content-type': type, ...(encoding && { 'content-encoding': encoding }) },
  });
const event = (id: string) =>
  `{"event_type":"LOGIN","agent_login_id":"${id}","account_id":"a","agent_id":"7","date_time":"2026-05-01 09:00:00"}`;

/** The number of stored events and rejects of any feed. */
async function kept(): Promise<number> {
  const [row] = await offhook.engine.query<{ rows: number }>(
    'SELECT (SELECT count() FROM events FINAL) + (SELECT count() FROM rejects FINAL) AS rows',
  );
  return row!.rows;
}

const ENCODED: [header: string, encode: (text: string) => Buffer][] = [
  ['gzip', gzipSync],
  ['GZIP', gzipSync],
  ['x-gzip', gzipSync],
  ['X-Gzip', gzipSync],
  ['deflate', deflateSync],
  ['Deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
  ['identity', Buffer.from],
  ['Identity, gzip', gzipSync],
  [' , gzip , ', gzipSync],
  ['gzip, br', text => brotliCompressSync(gzipSync(text))],
  ['deflate, zstd, gzip', text => gzipSync(zstdCompressSync(deflateSync(text)))],
  // Two gzip members, two zstd frames: one text.
  ['gzip', text => Buffer.concat([gzipSync(text.slice(0, 20)), gzipSync(text.slice(20))])],
];

for (const [nth, [header, encode]] of ENCODED.entries()) {
  test(`'${header}' is accepted (${nth})`, async () => {
    const before = await kept();
    const answer = await post('/ingest/v1/ringcx', encode(event(`e${nth}`)), header);
    assert.deepEqual(answer.json(), { stored: 1, rejected: 0 });
    assert.equal(await kept(), before + 1);
  });
}

test('an empty body is empty in any encoding', async () => {
  for (const header of ['gzip', 'br', 'snappy']) {
    assert.deepEqual((await post('/ingest/v1/ringcx', '', header)).json(), { stored: 0, rejected: 0 });
  }
});

for (const header of ['compress', 'snappy', 'gzip, lzma', 'gzip;q=1', 'gzip, gzip, gzip, gzip']) {
  test(`'${header}' is refused, and the answer names the accepted encodings`, async () => {
    const before = await kept();
    const answer = await post('/ingest/v1/ringcx', gzipSync(event('refused')), header);
    assert.equal(answer.statusCode, 415);
    assert.equal(answer.json().errorCode, 'UNSUPPORTED_ENCODING');
    assert.equal(answer.headers['accept-encoding'], 'gzip, deflate, br, zstd');
    assert.match(answer.json().details, /gzip, deflate, br, zstd/);
    assert.equal(await kept(), before);
  });
}

const whole = gzipSync(event('broken').repeat(50));
const BROKEN: [what: string, header: string, body: Buffer][] = [
  ['uncompressed text', 'gzip', Buffer.from(event('plain'))],
  ['uncompressed text', 'deflate', Buffer.from(event('plain'))],
  ['uncompressed text', 'br', Buffer.from(event('plain'))],
  ['uncompressed text', 'zstd', Buffer.from(event('plain'))],
  ['an incomplete body', 'gzip', whole.subarray(0, whole.length - 9)],
  ['an incomplete body', 'deflate', deflateSync(event('cut')).subarray(0, -5)],
  ['an incomplete body', 'deflate', deflateRawSync(event('cut')).subarray(0, -5)],
  ['an incomplete body', 'br', brotliCompressSync(event('cut')).subarray(0, -3)],
  ['an incomplete body', 'zstd', zstdCompressSync(event('cut')).subarray(0, -3)],
  ['a body with a wrong checksum', 'gzip', Buffer.concat([whole.subarray(0, -8), Buffer.alloc(8)])],
  ['a body followed by more bytes', 'gzip', Buffer.concat([whole, Buffer.from(event('behind'))])],
  ['a body followed by more bytes', 'deflate', Buffer.concat([deflateSync('{}'), Buffer.from(event('behind'))])],
  ['a body followed by more bytes', 'br', Buffer.concat([brotliCompressSync('{}'), Buffer.from(event('behind'))])],
  ['a body followed by more bytes', 'zstd', Buffer.concat([zstdCompressSync('{}'), Buffer.from(event('behind'))])],
  ['a body in the wrong order', 'br, gzip', brotliCompressSync(gzipSync(event('order')))],
];
for (const [what, header, body] of BROKEN) {
  test(`${what} is not valid '${header}', and nothing of it is stored`, async () => {
    const before = await kept();
    const answer = await post('/ingest/v1/ringcx', body, header);
    assert.equal(answer.statusCode, 400, answer.body);
    assert.equal(answer.json().errorCode, 'INVALID_ENCODING');
    assert.equal(await kept(), before);
  });
}

test('the size limit applies to the body as sent and after each decompression', async () => {
  const spaces = Buffer.alloc(LIMITS.ingestBodyBytes + 1, ' ');
  const bombs: [header: string, body: Buffer][] = [
    ['gzip', gzipSync(spaces)],
    ['deflate', deflateSync(spaces)],
    ['deflate', deflateRawSync(spaces)],
    ['br', brotliCompressSync(spaces, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ['zstd', zstdCompressSync(spaces)],
    ['gzip, zstd', zstdCompressSync(gzipSync(spaces))],
    ['gzip', spaces],
  ];
  for (const [header, body] of bombs) {
    const answer = await post('/ingest/v1/ringcx', body, header);
    assert.equal(answer.statusCode, 413, header);
    assert.equal(answer.json().errorCode, 'BODY_TOO_LARGE');
  }
});

test('all calls with a body accept compressed bodies', async () => {
  await cacheSessions();
  await user('reader', [grant('a', 'reader')]);
  const form = 'username=reader&password=reader';
  const report = JSON.stringify({
    reportCriteria: { startTimestamp: '2026-05-01 00:00:00', endTimestamp: '2026-05-02 00:00:00' },
  });
  const csv = 'agent_id,first_name\n7,Ada\n';
  const calls: [url: string, type: string, body: string][] = [
    ['/api/v1/auth/login', 'application/x-www-form-urlencoded', form],
    ['/voice/api/v1/admin/accounts/a/reportsStreaming', 'application/json', report],
    ['/api/v1/admin/accounts/a/agentsImport?preview=true', 'text/csv', csv],
  ];
  for (const [url, type, body] of calls) {
    const plain = await post(url, body, undefined, type);
    assert.equal(plain.statusCode, 200, plain.body);
    for (const [header, encode] of ENCODED) {
      const answer = await post(url, encode(body), header, type);
      assert.equal(answer.statusCode, 200, `${url} ${header} ${answer.body}`);
      if (!url.includes('login')) assert.equal(answer.body, plain.body);
    }
    assert.equal((await post(url, gzipSync(body), 'compress', type)).statusCode, 415);
    assert.equal((await post(url, body, 'gzip', type)).statusCode, 400);
  }
});
