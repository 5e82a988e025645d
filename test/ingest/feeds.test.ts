// Decodes published samples and hostile text with the feeds ringcx and offhook.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { offhook } from '../../src/sources/offhook/offhook.ts';
import { ringcx } from '../../src/sources/ringcx/ringcx.ts';
import { urlEncodedDocument } from '../../src/sources/ringcx/urlencoded.ts';
import { isReject, type Source } from '../../src/sources/source.ts';
import { decodeContext } from '../support/decode-context.ts';
import { splitBytes, splitText } from '../../src/sources/split/split.ts';
import { jsonSplitter } from '../../src/sources/split/split-json.ts';
import { runs } from '../support/property-runs.ts';

const FIXTURES = new URL('../../src/sources/ringcx/fixtures/', import.meta.url);
const CONTEXT = decodeContext();
const SOURCES: Readonly<Record<string, Source>> = { ringcx, offhook };

function decodeAll(text: string, source = 'ringcx', context = CONTEXT) {
  const decode = SOURCES[source]!.decoder(context);
  return splitText(text, jsonSplitter()).map(decode);
}

const EXPECTED: Record<string, Record<string, unknown>> = {
  '01_login.json': {
    kind: 'LOGIN',
    loginSessionId: '612730076',
    at: Date.UTC(2020, 5, 25, 18, 36, 49),
    agentId: '1369310',
    username: 'rc.guest+15300002_1791@gmail.com',
    phone: '16505550100*1212@RC_SOFTPHONE',
    externalAgentId: '',
    order: 0,
  },
  '02_logoff.json': { kind: 'LOGOUT', at: Date.UTC(2020, 6, 16, 23, 21, 19), baseState: '' },
  '03_initial.json': { kind: 'STATE', baseState: 'AVAILABLE', prevBaseState: '', stateLabel: '', order: 1 },
  '04_available.json': { kind: 'STATE', baseState: 'AVAILABLE', stateLabel: 'Available', order: 2 },
  '05_transition.json': { reason: 'INVALID_JSON', position: 1 },
  '06_engaged.json': {
    kind: 'ANSWER',
    baseState: 'ENGAGED',
    prevBaseState: 'TRANSITION',
    callId: '202008281319380132120000030797',
    callDirection: 'INBOUND',
    queueId: '72992',
    queueName: 'My Queue',
    pendingDisposition: false,
    order: 3,
  },
  '07_unanswered.json': { kind: 'CALL_END', loginSessionId: '', agentId: '', stateLabel: 'DEFLECTED' },
  '08_answered.json': { kind: 'CALL_END', at: Date.UTC(2020, 6, 1, 1, 36, 58), agentId: '1369310' },
};

for (const [file, expected] of Object.entries(EXPECTED)) {
  test(`RingCX sample ${file}`, () => {
    const [decoded, ...more] = decodeAll(readFileSync(new URL(file, FIXTURES), 'utf8'));
    assert.equal(more.length, 0);
    const actual = decoded as unknown as Record<string, unknown>;
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map(key => [key, actual[key]])), expected);
  });
}

test('all samples in one file, one of them broken, are one event or reject each', () => {
  const files = readdirSync(FIXTURES).filter(name => name.endsWith('.json'));
  const text = files.map(name => readFileSync(new URL(name, FIXTURES), 'utf8')).join('\n');
  const decoded = decodeAll(text);
  assert.equal(decoded.length, 8);
  assert.deepEqual(
    decoded.filter(isReject).map(reject => reject.reason),
    ['INVALID_JSON'],
  );
});

test('a broken line in a batch does not affect the others, and is kept with its position', () => {
  const line = (id: string) =>
    JSON.stringify({
      ...JSON.parse(readFileSync(new URL('01_login.json', FIXTURES), 'utf8')),
      agent_login_id: id,
    });
  const decoded = decodeAll(`${line('1')}\n{"broken\n${line('3')}\n`);
  assert.deepEqual(decoded.map(isReject), [false, true, false]);
  assert.deepEqual(
    decoded.filter(isReject).map(reject => [reject.position, reject.raw]),
    [[2, '{"broken']],
  );
});

test('local times around the clock changes of New York', () => {
  const at = (local: string) => {
    const [event] = decodeAll(
      JSON.stringify({
        event_type: 'LOGIN',
        agent_login_id: '1',
        account_id: '1',
        agent_id: '2',
        date_time: local,
      }),
    );
    assert.ok(event !== undefined && !isReject(event));
    return event.at;
  };
  assert.equal(at('2020-11-01 03:30:00') - at('2020-11-01 00:30:00'), 240 * 60_000);
  assert.equal(at('2020-03-08 03:30:00') - at('2020-03-08 00:30:00'), 120 * 60_000);
});

for (const source of Object.keys(SOURCES)) {
  test(`${source}: any text is an event or a reject, never a throw`, () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        for (const decoded of decodeAll(text, source)) {
          assert.ok(isReject(decoded) ? decoded.detail !== '' : Number.isFinite(decoded.at));
        }
      }),
      runs(100),
    );
  });
}

test('the URL-encoded form gives the same events as JSON', () => {
  const fields = JSON.parse(readFileSync(new URL('01_login.json', FIXTURES), 'utf8'));
  const query = new URLSearchParams({ ...fields, external_agent_id: 'null' }).toString();
  const [json] = decodeAll(JSON.stringify(fields));
  const encoded = SOURCES.ringcx!.decoder(CONTEXT)(urlEncodedDocument(query));
  assert.deepEqual({ ...encoded, raw: '' }, { ...json, raw: '' });
});

test('a file in any chunks gives the same documents', async () => {
  const text = readFileSync(new URL('03_initial.json', FIXTURES), 'utf8');
  const lines = `${JSON.stringify(JSON.parse(text))}\n`.repeat(3);
  for (const whole of [text, `[${text},${text}]`, lines]) {
    const bytes = Buffer.from(whole);
    async function* chunks() {
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    }
    const documents = (await Array.fromAsync(splitBytes(chunks(), jsonSplitter()))).flat();
    assert.deepEqual(documents, splitText(whole, jsonSplitter()));
  }
});
