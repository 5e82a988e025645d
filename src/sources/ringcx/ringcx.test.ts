import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeContext } from '../../../test/support/decode-context.ts';
import { type AgentEvent, type BaseState, type EventKind, MAX_ORDER } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import { type DecodeContext, isReject, type Reject, type RejectReason } from '../source.ts';
import { ringcx } from './ringcx.ts';
import { baseStateOf, stateLabelOf } from './states.ts';
import { urlEncodedDocument } from './urlencoded.ts';
import { runs } from '../../../test/support/property-runs.ts';

const RECEIVED_AT = Date.parse('2020-09-01T00:00:00Z');
const CONTEXT = decodeContext({ receivedAt: RECEIVED_AT });

/** What the events of the samples have in common. */
const SAMPLE: AgentEvent = {
  accountId: '15300002',
  loginSessionId: '612829048',
  at: 0,
  order: 0,
  eventId: '',
  kind: 'STATE',
  baseState: '',
  prevBaseState: '',
  stateLabel: '',
  pendingDisposition: null,
  agentId: '1369310',
  username: 'rc.guest+15300002_1791@gmail.com',
  phone: '16505550100*1212@RC_SOFTPHONE',
  externalAgentId: '',
  callId: '',
  callDirection: '',
  queueId: '',
  queueName: '',
  dialGroupId: '',
  dialGroupName: '',
  source: 'ringcx',
  receivedAt: RECEIVED_AT,
  raw: '',
};
const QUEUE = { queueId: '72992', queueName: 'My Queue' };

/** Eastern daylight time, UTC−4, is the zone of every sample. */
const SAMPLES: Record<string, Partial<AgentEvent>> = {
  '01_login.json': {
    loginSessionId: '612730076',
    at: Date.parse('2020-06-25T18:36:49Z'),
    kind: 'LOGIN',
  },
  '02_logoff.json': {
    loginSessionId: '612960320',
    at: Date.parse('2020-07-16T23:21:19Z'),
    kind: 'LOGOUT',
    order: MAX_ORDER,
  },
  '03_initial.json': {
    at: Date.parse('2020-06-30T23:44:01Z'),
    order: 1,
    baseState: 'AVAILABLE',
    pendingDisposition: false,
  },
  '04_available.json': {
    at: Date.parse('2020-06-30T23:44:02Z'),
    order: 2,
    baseState: 'AVAILABLE',
    prevBaseState: 'AVAILABLE',
    stateLabel: 'Available',
    pendingDisposition: false,
  },
  '06_engaged.json': {
    at: Date.parse('2020-06-30T23:44:30Z'),
    order: 3,
    kind: 'ANSWER',
    baseState: 'ENGAGED',
    prevBaseState: 'TRANSITION',
    pendingDisposition: false,
    callId: '202008281319380132120000030797',
    callDirection: 'INBOUND',
    ...QUEUE,
  },
  '07_unanswered.json': {
    loginSessionId: '',
    at: Date.parse('2020-07-01T01:31:48Z'),
    order: 32,
    kind: 'CALL_END',
    stateLabel: 'DEFLECTED',
    agentId: '',
    username: '',
    phone: '',
    callId: '202006302131470132090000083238',
    callDirection: 'INBOUND',
    ...QUEUE,
  },
  '08_answered.json': {
    loginSessionId: '',
    at: Date.parse('2020-07-01T01:36:58Z'),
    order: 32,
    kind: 'CALL_END',
    stateLabel: 'ANSWERED',
    phone: '',
    callId: '202006302136360132130000036446',
    callDirection: 'INBOUND',
    ...QUEUE,
  },
};

describe('the published samples', () => {
  for (const [file, expected] of Object.entries(SAMPLES)) {
    it(file, () => {
      const raw = sample(file);
      assert.deepEqual(eventFrom(raw), { ...SAMPLE, ...expected, raw });
    });
  }

  it('05_transition.json is not valid JSON: a comma is missing', () => {
    const raw = sample('05_transition.json');
    const { detail, ...reject } = rejectFrom(raw);
    const expected = { accountId: '', source: 'ringcx', reason: 'INVALID_JSON', position: 7, raw };
    assert.deepEqual(reject, { ...expected, receivedAt: RECEIVED_AT });
    assert.match(detail, /Expected ',' or '}' after property value .*\(line 5 column 3\)/);
  });

  it('05_transition.json with its comma is an offer', () => {
    const event = eventFrom(sample('05_transition.json').replace('"Available"', '"Available",'));
    assert.deepEqual(
      [event.kind, event.baseState, event.prevBaseState, event.order],
      ['OFFER', 'TRANSITION', 'AVAILABLE', 2],
    );
  });
});

const STATES: [eventType: string, prevState: string, kind: EventKind, baseState: BaseState][] = [
  ['AVAILABLE', 'WORKING', 'STATE', 'AVAILABLE'],
  ['WORKING', 'ENGAGED', 'STATE', 'WORKING'],
  ['ON BREAK', 'AVAILABLE', 'STATE', 'ON_BREAK'],
  ['ON-BREAK', 'AVAILABLE', 'STATE', 'ON_BREAK'],
  ['on_ -break', 'AVAILABLE', 'STATE', 'ON_BREAK'],
  ['BREAK-AFTER-CALL', 'ENGAGED', 'STATE', 'ON_BREAK'],
  ['AWAY', 'AVAILABLE', 'STATE', 'AWAY'],
  ['LUNCH', 'AVAILABLE', 'STATE', 'LUNCH'],
  ['TRAINING', 'AVAILABLE', 'STATE', 'TRAINING'],
  ['AUX-UNAVAIL-OFFHOOK', 'AVAILABLE', 'STATE', 'AUX_OFFHOOK'],
  ['AUX-UNAVAIL-NO-OFFHOOK', 'AVAILABLE', 'STATE', 'AUX_NO_OFFHOOK'],
  ['MONITORING', 'AVAILABLE', 'STATE', 'MONITORING'],
  ['OFFLINE', 'AVAILABLE', 'STATE', 'OFFLINE'],
  ['COACHING', 'AVAILABLE', 'STATE', 'UNKNOWN'],
  ['TRANSITION', 'AVAILABLE', 'OFFER', 'TRANSITION'],
  ['TRANSITION', 'TRANSITION', 'STATE', 'TRANSITION'],
  ['ENGAGED', 'TRANSITION', 'ANSWER', 'ENGAGED'],
  ['ENGAGED', 'ENGAGED', 'STATE', 'ENGAGED'],
  ['RNA-STATE', 'TRANSITION', 'RING_NO_ANSWER', 'RNA'],
  ['RNA', 'TRANSITION', 'RING_NO_ANSWER', 'RNA'],
  ['RNA', 'RNA-STATE', 'STATE', 'RNA'],
];

describe('event_type', () => {
  for (const [eventType, prevState, kind, baseState] of STATES) {
    it(`${eventType} after ${prevState} is ${kind} into ${baseState}`, () => {
      const event = eventFrom(input({ event_type: eventType, prev_state: prevState }));
      assert.deepEqual([event.kind, event.baseState], [kind, baseState]);
      assert.equal(event.prevBaseState, baseStateOf(prevState, '', new Map()));
    });
  }

  it('ENGAGED from one call to the next is an answer', () => {
    const event = eventFrom(input({ event_type: 'ENGAGED', prev_state: 'ENGAGED', call_id: '17' }));
    assert.equal(event.kind, 'ANSWER');
  });

  it('LOGOFF is LOGOUT', () => {
    const event = eventFrom(input({ event_type: 'Logoff' }));
    assert.deepEqual([event.kind, event.order, event.pendingDisposition], ['LOGOUT', MAX_ORDER, null]);
  });

  it('names a custom state by its label, else by its type', () => {
    assert.equal(eventFrom(input({ event_type: 'COACHING' })).stateLabel, 'COACHING');
    const labelled = input({ event_type: 'COACHING', event_aux_type: 'Coaching a peer' });
    assert.equal(eventFrom(labelled).stateLabel, 'Coaching a peer');
    assert.equal(stateLabelOf('ON BREAK', ''), '');
  });

  it('maps custom states as the account has configured', () => {
    const custom = new Map<string, BaseState>([
      ['coaching', 'TRAINING'],
      ['fire-drill', 'AWAY'],
    ]);
    assert.equal(baseStateOf('COACH', 'Coaching', custom), 'TRAINING');
    assert.equal(baseStateOf('COACH', ' COACHING ', custom), 'TRAINING');
    assert.equal(baseStateOf('FIRE-DRILL', '', custom), 'AWAY');
    assert.equal(baseStateOf('LUNCH', 'Coaching', custom), 'LUNCH');
    assert.equal(baseStateOf('OTHER', '', custom), 'UNKNOWN');
  });
});

const FIELDS: [change: Record<string, unknown>, expected: Partial<AgentEvent>][] = [
  [{ duration: '0' }, { order: 3 }],
  [{ duration: 0 }, { order: 3 }],
  [{ duration: '12' }, { order: 2 }],
  [{ duration: null }, { order: 2 }],
  [
    { duration: '0', prev_state: 'LOGIN' },
    { order: 1, prevBaseState: '' },
  ],
  [{ pending_disp: '1' }, { pendingDisposition: true }],
  [{ pending_disp: 1 }, { pendingDisposition: true }],
  [{ pending_disp: true }, { pendingDisposition: true }],
  [{ pending_disp: 0 }, { pendingDisposition: false }],
  [{ pending_disp: null }, { pendingDisposition: false }],
  [{ external_agent_id: 'null' }, { externalAgentId: '' }],
  [{ external_agent_id: 77 }, { externalAgentId: '77' }],
  [{ agent_login_id: 612829048 }, { loginSessionId: '612829048' }],
  [{ call_id: "'2020" }, { callId: '2020' }],
  [{ call_type: 'VPD', call_source_id: 5, call_source_name: 'Dial' }, { callDirection: 'OUTBOUND' }],
  [
    { call_source_id: 5, call_source_name: 'Dial' },
    { queueId: '5', queueName: 'Dial', dialGroupId: '' },
  ],
  [{ call_type: 'CHAT' }, { callDirection: '' }],
  [{ date_time: '2020-06-30T19:44:30Z' }, { at: Date.parse('2020-06-30T19:44:30Z') }],
  [{ date_time: '2020-06-30T19:44:30.25-07:00' }, { at: Date.parse('2020-07-01T02:44:30.25Z') }],
  [{ username: 'half \ud83d' }, { username: 'half \uFFFD' }],
];

describe('fields', () => {
  for (const [change, expected] of FIELDS) {
    it(JSON.stringify(change), () => {
      const event = eventFrom(input(change));
      assert.deepEqual({ ...event, ...expected }, event);
    });
  }

  it('keeps every digit of a call id sent as a number', () => {
    const raw = input({ call_id: 0 }).replace('"call_id":0', '"call_id":202008281319380132120000030797');
    assert.equal(eventFrom(raw).callId, '202008281319380132120000030797');
  });

  it('takes the account of the sender if the input names none', () => {
    const event = decodeIn({ accountId: '9' }, input({ account_id: null }));
    assert.equal(event.accountId, '9');
  });

  it('adds queue and call duration to the start of a call', () => {
    const call = { event_type: 'VPD-CALL', call_id: '1', call_start: '2020-06-30 12:00:00' };
    const event = eventFrom(JSON.stringify({ ...call, account_id: 1, queue_duration: 1.5, call_duration: '60' }));
    assert.deepEqual([event.at, event.callDirection], [Date.parse('2020-06-30T16:01:01.5Z'), 'OUTBOUND']);
  });
});

const CALL = { event_type: 'ACD-CALL', call_id: '1', call_start: '2020-06-30 12:00:00' };
const REJECTS: [change: Record<string, unknown>, reason: RejectReason, detail: RegExp][] = [
  [{ agent_login_id: '' }, 'MISSING_FIELD', /agent_login_id/],
  [{ agent_id: null }, 'MISSING_FIELD', /^agent_id is missing/],
  [{ event_type: 'LOGIN', agent_id: ' ' }, 'MISSING_FIELD', /^agent_id is missing/],
  [{ event_type: 'LOGOUT', agent_id: undefined }, 'MISSING_FIELD', /^agent_id is missing/],
  [{ event_type: null }, 'MISSING_FIELD', /event_type/],
  [{ date_time: ' ' }, 'MISSING_FIELD', /date_time/],
  [{ account_id: undefined }, 'MISSING_FIELD', /account_id/],
  [{ date_time: '2020-02-30 00:00:00' }, 'INVALID_TIME', /date_time is "2020-02-30 00:00:00"/],
  [{ date_time: '30/06/2020' }, 'INVALID_TIME', /date_time/],
  [{ agent_id: 'x'.repeat(257) }, 'INVALID_VALUE', /agent_id is longer than 256/],
  [{ agent_login_id: 'a\u0000b' }, 'INVALID_VALUE', /agent_login_id contains a control character/],
  [{ agent_id: { id: 1 } }, 'INVALID_VALUE', /agent_id is an object/],
  [{ username: [] }, 'INVALID_VALUE', /username is an array/],
  [{ ...CALL, call_id: '' }, 'MISSING_FIELD', /call_id/],
  [{ ...CALL, call_start: '' }, 'MISSING_FIELD', /call_start/],
  [{ ...CALL, call_start: 'soon' }, 'INVALID_TIME', /call_start/],
  [{ ...CALL, call_duration: '-1' }, 'INVALID_VALUE', /call_duration is "-1"/],
  [{ ...CALL, queue_duration: 'long' }, 'INVALID_VALUE', /queue_duration/],
];

describe('rejects', () => {
  for (const [change, reason, detail] of REJECTS) {
    it(`${reason} ${detail.source}`, () => {
      const reject = rejectFrom(input(change));
      assert.equal(reject.reason, reason);
      assert.match(reject.detail, detail);
    });
  }

  it('names the account that the input names', () => {
    assert.equal(rejectFrom(input({ event_type: '' })).accountId, '15300002');
  });

  it('an account other than the sender’s, and stores the reject under the sender’s account', () => {
    const reject = ringcx.decoder({ ...CONTEXT, accountId: '9', isAllowed: id => id === '9' })({
      raw: input({}),
      position: 1,
    });
    assert.ok(isReject(reject));
    assert.deepEqual([reject.reason, reject.accountId], ['WRONG_ACCOUNT', '9']);
  });

  it('JSON that is not an object, text that is not JSON, and documents that are too long', () => {
    for (const raw of ['[]', '1', 'null', '"x"']) assert.equal(rejectFrom(raw).reason, 'NOT_AN_OBJECT');
    for (const raw of ['', '{', 'x', '{"a":1}{']) assert.equal(rejectFrom(raw).reason, 'INVALID_JSON');
    assert.equal(rejectFrom(' '.repeat(LIMITS.documentBytes + 1)).reason, 'TOO_LARGE');
  });
});

describe('URL-encoded events', () => {
  it('decode like JSON', () => {
    for (const file of Object.keys(SAMPLES)) {
      const fields = JSON.parse(sample(file)) as Record<string, string | null>;
      const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, value ?? 'null']);
      const { raw } = urlEncodedDocument(new URLSearchParams(pairs).toString());
      assert.deepEqual(eventFrom(raw), { ...SAMPLE, ...SAMPLES[file], raw });
    }
  });

  it('keep a plus sign in a user name, and tolerate broken encoding', () => {
    const query =
      '?event_type=ON+BREAK&agent_login_id=1&agent_id=3&account_id=2&date_time=2020-06-30%2019:44:30' +
      '&username=rc.guest+15300002_1791@gmail.com&event_aux_type=50%+off&agent_phone&=x';
    const event = eventFrom(urlEncodedDocument(query).raw);
    assert.equal(event.baseState, 'ON_BREAK');
    assert.equal(event.username, 'rc.guest+15300002_1791@gmail.com');
    assert.equal(event.stateLabel, '50% off');
    assert.equal(event.raw, query);
  });
});

describe('any text', () => {
  const decode = ringcx.decoder(CONTEXT);
  const isHandled = (raw: string) => {
    const decoded = decode({ raw, position: 1 });
    assert.equal(decoded.raw, raw);
    assert.equal(decoded.source, 'ringcx');
    assert.ok(isReject(decoded) ? decoded.detail !== '' : Number.isSafeInteger(decoded.at));
  };
  const files = fc.constantFrom(...Object.keys(SAMPLES));

  it('is an event or a reject', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), isHandled), runs(100));
    fc.assert(
      fc.property(fc.string(), text => isHandled(`event_type=${text}&account_id=%E0%A4%A`)),
      runs(100),
    );
  });

  it('with a part of a sample replaced is an event or a reject', () => {
    fc.assert(
      fc.property(files, fc.nat(600), fc.nat(5), fc.string({ maxLength: 3 }), (file, at, removed, added) => {
        const raw = sample(file);
        isHandled(raw.slice(0, at) + added + raw.slice(at + removed));
      }),
      runs(100),
    );
  });

  it('with any value in a field is an event or a reject', () => {
    const names = fc.constantFrom(...Object.keys(JSON.parse(sample('06_engaged.json'))));
    fc.assert(
      fc.property(names, fc.jsonValue(), (name, value) => isHandled(input({ [name]: value }))),
      runs(100),
    );
  });
});

function sample(file: string): string {
  return readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8');
}

/** A state event with some fields changed. */
function input(change: Record<string, unknown>): string {
  return JSON.stringify({ ...JSON.parse(sample('04_available.json')), event_aux_type: '', ...change });
}

function eventFrom(raw: string): AgentEvent {
  return decodeIn({}, raw);
}

function decodeIn(context: Partial<DecodeContext>, raw: string): AgentEvent {
  const decoded = ringcx.decoder({ ...CONTEXT, ...context })({ raw, position: 1 });
  assert.ok(!isReject(decoded), JSON.stringify(decoded));
  return decoded;
}

function rejectFrom(raw: string): Reject {
  const decoded = ringcx.decoder(CONTEXT)({ raw, position: 7 });
  assert.ok(isReject(decoded));
  return decoded;
}
