// All fields of RingCentral's report request, the rights that it needs, and the format of the answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync, inflateRawSync, zstdDecompressSync } from 'node:zlib';
import { LIMITS } from '../../src/limits.ts';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { parseAgentsCsv } from '../../src/directory/agents/agents-file.ts';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook, clock, user, cacheSessions } = await temporaryServer();
const admin = bearer('administrator');
const nobody = await user('nobody', []);
const feed = await user('feed', [grant('', 'ingest')]);
const reader = await user('reader', [grant('a', 'reader')]);
const limited = await user('limited', [grant('a', 'reader', '10'), grant('b', 'reader')]);

const facts = (accountId: string, agentId: string, day: number, extra: object[] = []) => {
  const at = (time: string) => `2026-05-0${day}T${time}Z`;
  const session = {
    accountId,
    loginSessionId: `${accountId}${agentId}-${day}`,
    agentId,
    username: `agent${agentId}`,
  };
  return [
    { ...session, kind: 'LOGIN', at: at('09:00:00') },
    { ...session, kind: 'STATE', baseState: 'AVAILABLE', at: at('09:00:00.001') },
    ...extra.map(more => ({ ...session, ...more })),
    { ...session, kind: 'LOGOUT', at: at('10:00:00') },
  ];
};
const call = (day: number) => [
  { kind: 'OFFER', baseState: 'TRANSITION', callId: `c${day}`, at: `2026-05-0${day}T09:10:00Z` },
  { kind: 'ANSWER', baseState: 'ENGAGED', callId: `c${day}`, at: `2026-05-0${day}T09:10:10Z` },
  { kind: 'STATE', baseState: 'AVAILABLE', at: `2026-05-0${day}T09:20:10Z` },
];
await app.inject({
  method: 'POST',
  url: '/ingest/v1/offhook',
  headers: feed,
  payload: [
    ...facts('a', '1', 1, call(1)),
    ...facts('a', '1', 2),
    ...facts('a', '2', 1),
    ...facts('a', '3', 3),
    ...facts('b', '1', 1),
  ]
    .map(fact => JSON.stringify(fact))
    .join('\n'),
});
await importAgents(
  offhook.engine,
  'a',
  parseAgentsCsv('agent_id,last_name,team,agent_group_id\n1,One,Red,10\n2,Two,Blue,20\n3,Three,,\n'),
  clock.nowMs,
);
await cacheSessions();

const RANGE = {
  startTimestamp: '2026-05-01 00:00:00',
  endTimestamp: '2026-05-31 23:59:59',
  timezoneName: 'UTC',
};

function ask(criteria: object, body: object = {}, headers: object = admin, account = 'a') {
  return app.inject({
    method: 'POST',
    url: `/voice/api/v1/admin/accounts/${account}/reportsStreaming`,
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    payload: JSON.stringify({ ...body, reportCriteria: { ...RANGE, ...criteria } }),
  });
}
const rowsOf = (csv: string) =>
  csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map(line => line.split(','));
const sessionsOf = (csv: string) => rowsOf(csv).map(cells => cells[37]);

const WHOLE = ['a1-1', 'a2-1', 'a1-2', 'a3-3'];
const ASKED: [name: string, criteria: object, body: object, sessions: string[]][] = [
  ['no criteria', {}, {}, WHOLE],
  ['agents as numbers and text', { agentIds: [1, '3'] }, {}, ['a1-1', 'a1-2', 'a3-3']],
  ['groups', { agentGroupIds: [10] }, {}, ['a1-1', 'a1-2']],
  ['teams and agents together', { agentTeams: ['Red', 'Blue'], agentIds: ['2'] }, {}, ['a2-1']],
  ['empty filters of every kind', { agentIds: '', agentGroupIds: [], agentTeams: null }, {}, WHOLE],
  ['at most two rows', {}, { maxRows: 2 }, ['a1-1', 'a2-1']],
  ['at most two rows, as text', {}, { maxRows: '2' }, ['a1-1', 'a2-1']],
  ['no limit of rows', {}, { maxRows: 0 }, WHOLE],
  ['several accounts', { accountIds: ['a', 'b'], agentIds: [1] }, {}, ['a1-1', 'b1-1', 'a1-2']],
  ['another account than the one in the address', { accountIds: ['b'] }, {}, ['b1-1']],
];
for (const [name, criteria, body, sessions] of ASKED) {
  test(`report with ${name}`, async () => {
    const answer = await ask(criteria, body);
    assert.equal(answer.statusCode, 200, answer.body);
    assert.deepEqual(sessionsOf(answer.body), sessions);
  });
}

test('without timestamps, the report covers today in its time zone', async () => {
  clock.nowMs = Date.UTC(2026, 4, 4, 3);
  const payload = (criteria: object) => JSON.stringify({ reportCriteria: criteria });
  const post = (text: string) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/admin/accounts/a/reportsStreaming',
      headers: admin,
      payload: text,
    });
  assert.deepEqual(sessionsOf((await post(payload({ timezoneName: 'America/Los_Angeles' }))).body), ['a3-3']);
  assert.deepEqual(sessionsOf((await post(payload({ timezoneName: 'UTC' }))).body), []);
  assert.deepEqual(sessionsOf((await post('')).body), [], 'an empty body asks for today, too');
  clock.nowMs = Date.UTC(2026, 5, 1);
});

test('a rolled-up report has one row per agent, with ratios of the sums', async () => {
  for (const rollupAgent of [true, 'true', 1]) {
    const rows = rowsOf((await ask({ rollupAgent })).body);
    assert.deepEqual(
      rows.map(cells => [cells[0], cells[5], cells[6], cells[9], cells[14], cells[16], cells[17]]),
      [
        ['1', '5/1/26 9:00 AM', '5/2/26 10:00 AM', '1', '10.00', '120.00', '8.33%'],
        ['2', '5/1/26 9:00 AM', '5/1/26 10:00 AM', '0', '0.00', '60.00', '0.00%'],
        ['3', '5/3/26 9:00 AM', '5/3/26 10:00 AM', '0', '0.00', '60.00', '0.00%'],
      ],
    );
  }
  for (const rollupAgent of ['', false, null, 'false', 0])
    assert.deepEqual(sessionsOf((await ask({ rollupAgent })).body), WHOLE);
});

const KINDS: [criteria: object, body: object, contentType: RegExp, extension: string, begins: string][] = [
  [{}, {}, /^text\/csv/, 'csv', 'Agent ID,'],
  [{}, { delimiter: 'PIPE' }, /^text\/plain/, 'txt', 'Agent ID|'],
  [{}, { delimiter: 'TAB' }, /^text\/tab-separated/, 'tsv', 'Agent ID\t'],
  [{}, { delimiter: 'EXCEL' }, /spreadsheetml/, 'xlsx', 'PK'],
  [{}, { delimiter: 'HTML' }, /^text\/html/, 'html', '<!doctype html>'],
  [{ returnType: 'XML' }, { delimiter: 'COMMA' }, /^application\/xml/, 'xml', '<?xml'],
  [{ returnType: 'JSON' }, {}, /^application\/json/, 'json', '['],
  [{ returnType: 'NDJSON' }, {}, /ndjson/, 'ndjson', '{"agentId"'],
  [{ returnType: 'XLSX' }, {}, /spreadsheetml/, 'xlsx', 'PK'],
  [{ returnType: 'PARQUET' }, {}, /parquet/, 'parquet', 'PAR1'],
];
for (const [criteria, body, contentType, extension, begins] of KINDS) {
  test(`${JSON.stringify({ ...criteria, ...body })} has the right content type and watermark`, async () => {
    const { headers, rawPayload } = await ask(criteria, body);
    assert.match(String(headers['content-type']), contentType);
    assert.equal(
      headers['content-disposition'],
      `attachment; filename="Agent_Session_Report_Raw_2026-05-01_2026-05-31.${extension}"`,
    );
    assert.equal(rawPayload.subarray(0, begins.length).toString(), begins);
    assert.equal(headers['x-offhook-latest-event'], '2026-05-03T10:00:00.000Z');
    assert.equal(headers['x-offhook-rejects'], '0');
  });
}

test('the watermark follows events and rejects', async () => {
  const send = (payload: string) => app.inject({ method: 'POST', url: '/ingest/v1/offhook', headers: feed, payload });
  await send(
    '{"accountId":"c","broken":\n{"accountId":"c","loginSessionId":"1","agentId":"1","kind":"LOGIN","at":"2026-05-09T00:00:00Z"}',
  );
  const { headers } = await ask({}, {}, admin, 'c');
  assert.equal(headers['x-offhook-latest-event'], '2026-05-09T00:00:00.000Z');
  assert.equal(headers['x-offhook-rejects'], '1');
  const unknown = await ask({}, {}, admin, 'none');
  assert.deepEqual([unknown.statusCode, unknown.json().errorCode], [404, 'UNKNOWN_ACCOUNT']);
});

const ENCODINGS = { gzip: gunzipSync, br: brotliDecompressSync, zstd: zstdDecompressSync };
test('the answer is compressed only if the client accepts it', async () => {
  const plain = await ask({});
  assert.equal(plain.headers['content-encoding'], undefined);
  for (const [name, decode] of Object.entries(ENCODINGS)) {
    const answer = await ask({}, {}, { ...admin, 'accept-encoding': name });
    assert.equal(answer.headers['content-encoding'], name);
    assert.equal(answer.headers.vary, 'Accept-Encoding');
    assert.equal(decode(answer.rawPayload).toString(), plain.body);
  }
  const packed = await ask({ returnType: 'PARQUET' }, {}, { ...admin, 'accept-encoding': 'gzip' });
  assert.equal(packed.headers['content-encoding'], undefined, 'Parquet is compressed in itself');
});

test('compressReport sends the report as a file in a zip archive', async () => {
  const plain = await ask({});
  const { headers, rawPayload } = await ask({}, { compressReport: true }, { ...admin, 'accept-encoding': 'gzip' });
  assert.equal(headers['content-type'], 'application/zip');
  assert.match(String(headers['content-disposition']), /_2026-05-31\.zip"$/);
  assert.equal(headers['content-encoding'], undefined);
  const nameLength = rawPayload.readUInt16LE(26);
  const begins = 30 + nameLength + rawPayload.readUInt16LE(28);
  assert.equal(rawPayload.toString('utf8', 30, 30 + nameLength), 'Agent_Session_Report_Raw_2026-05-01_2026-05-31.csv');
  assert.equal(inflateRawSync(rawPayload.subarray(begins)).toString(), plain.body);
});

const DENIED: [name: string, headers: object, account: string, criteria: object][] = [
  ['a user without rights', nobody, 'a', {}],
  ['a feed', feed, 'a', {}],
  ['a reader in another account', reader, 'b', {}],
  ['a reader who names another account', reader, 'a', { accountIds: ['a', 'b'] }],
  ['a reader of the account in the body, but not of the one in the address', reader, 'b', { accountIds: ['a'] }],
];
for (const [name, headers, account, criteria] of DENIED) {
  test(`${name} is refused`, async () => {
    const answer = await ask(criteria, {}, headers, account);
    assert.equal(answer.statusCode, 403);
    assert.equal(answer.json().errorCode, 'access.denied.exception');
  });
}

test('a reader of some groups only sees their agents, with any criteria', async () => {
  for (const criteria of [{}, { agentGroupIds: ['10', '20'] }, { accountIds: ['a'] }])
    assert.deepEqual(sessionsOf((await ask(criteria, {}, limited)).body), ['a1-1', 'a1-2']);
  for (const criteria of [{ agentGroupIds: ['20'] }, { agentIds: ['2', '3'] }, { agentTeams: ['[No Team Name]'] }])
    assert.deepEqual(sessionsOf((await ask(criteria, {}, limited)).body), []);
  const both = await ask({ accountIds: ['a', 'b'] }, {}, limited);
  assert.deepEqual(sessionsOf(both.body), ['a1-1', 'b1-1', 'a1-2'], 'the limit holds in its own account');
  const rolled = await ask({ rollupAgent: true }, {}, limited);
  assert.deepEqual(
    rowsOf(rolled.body).map(cells => cells[0]),
    ['1'],
  );
  for (const returnType of ['JSON', 'XML', 'NDJSON'])
    assert.doesNotMatch((await ask({ returnType }, {}, limited)).body, /Two|Three/);
});

const REFUSED: [body: object, attribute: string][] = [
  [{ maxRows: -1 }, 'maxRows'],
  [{ maxRows: 1.5 }, 'maxRows'],
  [{ maxRows: 'many' }, 'maxRows'],
  [{ delimiter: 'SEMICOLON' }, 'delimiter'],
  [{ compressReport: 'perhaps' }, 'compressReport'],
  [{ reportType: 7 }, 'reportType'],
  [{ destination: { destinationType: 'EMAIL' } }, 'destination'],
  [{ reportCriteria: { returnType: 'PDF' } }, 'reportCriteria.returnType'],
  [{ reportCriteria: { rollupAgent: 'perhaps' } }, 'reportCriteria.rollupAgent'],
  [{ reportCriteria: { agentTeams: [{}] } }, 'reportCriteria.agentTeams'],
  [{ reportCriteria: { schedule: { repeatOption: 'NEVER' } } }, 'reportCriteria.schedule.repeatOption'],
];
for (const [body, attribute] of REFUSED) {
  test(`${JSON.stringify(body)} is refused with the name of the field`, async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/admin/accounts/a/reportsStreaming',
      headers: admin,
      payload: body,
    });
    assert.equal(answer.statusCode, 400);
    const { errorCode, generalMessage, validationErrors } = answer.json();
    assert.equal(errorCode, 'INVALID_REQUEST');
    assert.equal(validationErrors.length, 1, answer.body);
    assert.ok(validationErrors[0].attributeName.startsWith(attribute), answer.body);
    assert.ok(generalMessage.includes(validationErrors[0].message), answer.body);
  });
}

test('a request for another report gets an error that names the only report, and no other errors', async () => {
  const body = {
    reportType: 'AGENT_SEGMENT',
    reportTypeName: 'Agent_Segment_Metadata_Report',
    delimiter: 'SPACE',
    reportCriteria: { criteriaType: 'AGENT_SEGMENT_CRITERIA', returnType: 'PDF', segments: [1] },
  };
  for (const call of ['reportsStreaming', 'trends', 'reportRows']) {
    const url = `/api/v1/admin/accounts/a/${call}`;
    const answer = await app.inject({ method: 'POST', url, headers: admin, payload: body });
    const { errorCode, generalMessage, details, validationErrors } = answer.json();
    assert.deepEqual(
      [answer.statusCode, errorCode, generalMessage],
      [400, 'UNKNOWN_REPORT_TYPE', "The report 'AGENT_SEGMENT' does not exist."],
    );
    assert.match(details, /CASPER_REPORT.*Agent_Session_Report_Raw/);
    assert.deepEqual(validationErrors, [
      { attributeName: 'reportType', message: "must be 'CASPER_REPORT'", value: 'AGENT_SEGMENT' },
      {
        attributeName: 'reportTypeName',
        message: "must be 'Agent_Session_Report_Raw'",
        value: 'Agent_Segment_Metadata_Report',
      },
    ]);
  }
});

test('each report is in the audit log with its criteria', async () => {
  await ask({ agentIds: [3] }, {}, reader);
  const [entry] = await offhook.engine.query<{ username: string; account_id: string; detail: string }>(
    `SELECT username, account_id, detail FROM audit WHERE action = 'REPORT' AND username = 'reader'
     ORDER BY at DESC LIMIT 1`,
  );
  assert.equal(entry?.account_id, 'a');
  assert.deepEqual(JSON.parse(entry?.detail ?? '').agentIds, ['3']);
});

test('the template is a valid request', async () => {
  const template = await app.inject({ url: '/voice/api/v1/admin/reports/CASPER_REPORT', headers: reader });
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/admin/accounts/a/reportsStreaming',
    headers: reader,
    payload: template.json(),
  });
  assert.equal(answer.statusCode, 200, answer.body);
  assert.equal((await app.inject({ url: '/api/v1/admin/reports/OTHER', headers: reader })).statusCode, 400);
});

test('reports release their slots when they end', async () => {
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all(Array.from({ length: LIMITS.reports.inAll * 2 }, () => ask({})));
    assert.ok(answers.every(({ statusCode }) => statusCode === 200));
  }
});
