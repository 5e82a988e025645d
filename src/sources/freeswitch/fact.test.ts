// Events are read into facts: times, wrappers, rejects and the documented samples.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { LIMITS } from '../../limits.ts';
import type { DecodeContext } from '../source.ts';
import { eventsOf, readTexts } from '../testing/events-of.ts';
import { freeswitch } from './freeswitch.ts';
import { CONTEXT, call, fields, json, LIVE, plain, START_MS, state, status } from './testing/events.ts';

const SAMPLES = readFileSync(new URL('./fixtures/mod_callcenter_documented_events.txt', import.meta.url), 'utf8');

describe('the documented events', () => {
  it('have no time, and those of callers and queues are about no agent', () => {
    const { facts, rejects } = readTexts(freeswitch, CONTEXT, [SAMPLES]);
    assert.deepEqual(facts, []);
    assert.deepEqual(
      rejects.map(({ reason, position }) => [reason, position]),
      [1, 7, 13, 24, 39, 55].map(line => ['INVALID_TIME', line]),
    );
  });

  it('have the time of their arrival if they are live', () => {
    const events = eventsOf(freeswitch, LIVE, [SAMPLES]);
    assert.deepEqual(
      events.map(({ agentId, kind, callId, at }) => [agentId, kind, callId.slice(0, 8), at - CONTEXT.receivedAt]),
      [
        ['1000@default', 'LOGIN', '', 0],
        ['1000@default', 'STATE', '', 0],
        ['AgentNameHere', 'OFFER', '600165a4', 0],
        ['AgentNameHere', 'ANSWER', 'c6360976', 0],
        ['AgentNameHere', 'CALL_END', 'c6360976', 0],
        ['AgentNameHere', 'RING_NO_ANSWER', 'c6360976', 0],
      ],
    );
  });
});

const REJECTED: [text: string, reason: string][] = [
  [json(0, { 'CC-Action': 'agent-status-change' }), 'MISSING_FIELD'],
  [json(0, { ...status('Available'), 'CC-Agent': '' }), 'MISSING_FIELD'],
  [json(0, { ...status('Available'), 'Event-Date-Timestamp': 'soon' }), 'INVALID_TIME'],
  [json(0, { ...status('Available'), 'Event-Date-Timestamp': 1_600_000_000 }), 'INVALID_TIME'],
  [json(0, { 'CC-Action': 'agent-coffee' }), 'UNKNOWN_EVENT'],
  [json(0, { 'CC-Action': '' }), 'MISSING_FIELD'],
  ['{"CC-Action":', 'INVALID_JSON'],
  ['no header at all', 'MISSING_FIELD'],
  [`a: ${'b'.repeat(3 * LIMITS.documentBytes)}`, 'TOO_LARGE'],
];

describe('rejects', () => {
  for (const [text, reason] of REJECTED) {
    it(`${reason} for ${text.slice(0, 60)}`, () => {
      const { facts, rejects } = readTexts(freeswitch, CONTEXT, [text]);
      assert.deepEqual([facts.length, rejects.map(reject => reject.reason)], [0, [reason]]);
    });
  }

  it('an event without an account, and one for another sender’s account', () => {
    const text = json(0, status('Available'));
    const reasons = (context: DecodeContext) =>
      readTexts(freeswitch, context, [text]).rejects.map(({ reason }) => reason);
    assert.deepEqual(reasons({ ...CONTEXT, accountId: '' }), ['MISSING_FIELD']);
    assert.deepEqual(reasons({ ...CONTEXT, isAllowed: () => false }), ['WRONG_ACCOUNT']);
  });

  it('ignores the other events of a switch', () => {
    const heartbeat = json(0, { 'Event-Name': 'HEARTBEAT', 'Event-Subclass': '' });
    assert.deepEqual(readTexts(freeswitch, CONTEXT, [heartbeat]), { facts: [], rejects: [] });
  });
});

describe('the table of events', () => {
  const DOCUMENT = readFileSync(new URL('../../../docs/sources/freeswitch.md', import.meta.url), 'utf8');
  const rows = [...DOCUMENT.matchAll(/^\| `([a-z-]+)` +\|.*\| +([a-z, ]+?) +\|$/gm)];
  const whole = { ...call('', 'c'), 'CC-Agent-Status': 'Available', 'CC-Agent-State': 'Waiting' };

  it('is complete', () => assert.equal(rows.length, 17));
  for (const [, action = '', treatment] of rows) {
    it(`${action}: ${treatment}`, () => {
      const { facts, rejects } = readTexts(freeswitch, CONTEXT, [plain(1, { ...whole, 'CC-Action': action })]);
      assert.deepEqual([facts.length, rejects], [treatment === 'left out' ? 0 : 1, []]);
    });
  }
});

describe('events as clients wrap them', () => {
  const headers = fields(1, status('Available'));
  const pairs = Object.entries(headers).map(([name, value]) => ({ name, value }));
  const renamed = (change: (name: string) => string) =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [change(name), value]));
  const inGo = (name: string) => name.toLowerCase().replace(/(^|-)[a-z]/g, letter => letter.toUpperCase());
  const wrapped: Record<string, object> = {
    headers: { headers },
    'headers and a body': { headers, body: null },
    'a list of names and values': { headers: pairs, type: 'CUSTOM', subclass: 'callcenter::info', body: '' },
    'a frame with its event': { headers: { 'Content-Type': 'text/event-json' }, body: headers },
    'a frame with its event as text': { headers: { 'Content-Length': '9' }, body: JSON.stringify(headers) },
    'an event with headers': { event: { headers } },
    'Go’s capitals': { Header: renamed(inGo), Body: '' },
    'Go’s lists of values': {
      Header: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    },
    'small letters': renamed(name => name.toLowerCase()),
  };
  const [expected] = readTexts(freeswitch, CONTEXT, [plain(1, status('Available'))]).facts;
  for (const [name, object] of Object.entries(wrapped)) {
    it(name, () => {
      for (const text of [JSON.stringify(object), JSON.stringify([object], null, 2)]) {
        const { facts, rejects } = readTexts(freeswitch, CONTEXT, [text]);
        assert.deepEqual([facts.map(({ key }) => key), rejects], [[expected!.key], []]);
      }
    });
  }

  it('that are live and have no time keep the same time when they are read again', () => {
    const { 'Event-Date-Timestamp': _, ...timeless } = headers;
    const { facts } = readTexts(freeswitch, LIVE, [JSON.stringify({ headers: timeless })]);
    assert.deepEqual(readTexts(freeswitch, CONTEXT, [facts[0]!.raw]).facts[0]!.at, LIVE.receivedAt);
  });
});

describe('times', () => {
  const TIMES: [action: string, name: string][] = [
    ['bridge-agent-start', 'CC-Agent-Answered-Time'],
    ['bridge-agent-end', 'CC-Bridge-Terminated-Time'],
    ['bridge-agent-fail', 'CC-Agent-Aborted-Time'],
    ['agent-offering', 'CC-Agent-Called-Time'],
  ];
  for (const [action, name] of TIMES) {
    it(`${action} without a time of its own happened at ${name}`, () => {
      const headers = { ...call(action, 'c'), 'Event-Date-Timestamp': '', [name]: START_MS / 1000 };
      const { facts } = readTexts(freeswitch, CONTEXT, [json(0, headers)]);
      assert.deepEqual(
        facts.map(fact => fact.at),
        [START_MS],
      );
    });
  }

  it('keeps microseconds in the order of facts', () => {
    const text = plain(0.000_7, state('Waiting')) + plain(0.000_1, status('Available'));
    const { facts } = readTexts(freeswitch, CONTEXT, [text]);
    assert.deepEqual(
      facts.map(({ at, order }) => [at - START_MS, order]),
      [
        [0, 44],
        [0, 7],
      ],
    );
  });
});
