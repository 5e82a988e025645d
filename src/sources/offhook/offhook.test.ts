import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeContext } from '../../../test/support/decode-context.ts';
import { type AgentEvent, MAX_ORDER } from '../../events/agent-event.ts';
import { isReject, type RejectReason } from '../source.ts';
import { offhook } from './offhook.ts';
import { runs } from '../../../test/support/property-runs.ts';

const AT = Date.parse('2021-05-02T08:36:50Z');
const CONTEXT = decodeContext({ zoneOf: () => 'UTC', receivedAt: AT + 1, live: true });
const STATE = {
  accountId: '15300002',
  loginSessionId: '900000001',
  at: '2021-05-02T08:36:50Z',
  kind: 'STATE',
  baseState: 'AVAILABLE',
  agentId: '1375145',
};

/** An event with all fields of the canonical form. */
const WHOLE = {
  accountId: '1',
  loginSessionId: '2',
  at: AT,
  order: 7,
  eventId: 'e1',
  kind: 'ANSWER',
  baseState: 'ENGAGED',
  prevBaseState: 'TRANSITION',
  stateLabel: 'On a call',
  pendingDisposition: true,
  agentId: '3',
  username: 'ann@example.com',
  phone: '+1 650',
  externalAgentId: 'x',
  callId: '4',
  callDirection: 'OUTBOUND',
  queueId: '5',
  queueName: 'Sales',
  dialGroupId: '6',
  dialGroupName: 'Leads',
} satisfies Partial<AgentEvent>;

const READ: [change: object, expected: Partial<AgentEvent>][] = [
  [{}, { at: AT, baseState: 'AVAILABLE', pendingDisposition: false, order: 32, agentId: '1375145' }],
  [{ unknown: { any: 1 } }, { at: AT }],
  [{ at: AT }, { at: AT }],
  [{ at: AT + 0.9 }, { at: AT }],
  [{ at: '2021-05-02T10:36:50.0019999+02:00' }, { at: AT + 1 }],
  [{ at: '2021-05-02 04:36:50-0400' }, { at: AT }],
  [
    { accountId: 15300002, agentId: 7 },
    { accountId: '15300002', agentId: '7' },
  ],
  [{ pendingDisposition: true }, { pendingDisposition: true }],
  [
    { kind: 'LOGIN', baseState: null },
    { order: 0, baseState: '', pendingDisposition: null },
  ],
  [
    { kind: 'LOGOUT', baseState: '' },
    { order: MAX_ORDER, pendingDisposition: null },
  ],
  [{ kind: 'HOLD', baseState: '', pendingDisposition: false }, { pendingDisposition: false }],
  [
    { kind: 'CALL_END', baseState: '', loginSessionId: '' },
    { loginSessionId: '', callDirection: '' },
  ],
];

const REFUSED: [change: object, reason: RejectReason, detail: RegExp][] = [
  [{ accountId: '' }, 'MISSING_FIELD', /accountId/],
  [{ loginSessionId: null }, 'MISSING_FIELD', /loginSessionId/],
  [{ at: '' }, 'MISSING_FIELD', /at is missing/],
  [{ kind: '' }, 'MISSING_FIELD', /kind/],
  [{ baseState: '' }, 'MISSING_FIELD', /baseState/],
  [{ kind: 'NAP' }, 'UNKNOWN_EVENT', /"NAP", expected one of LOGIN, LOGOUT/],
  [{ baseState: 'ASLEEP' }, 'INVALID_VALUE', /"ASLEEP", expected one of AVAILABLE/],
  [{ prevBaseState: 'ASLEEP' }, 'INVALID_VALUE', /prevBaseState/],
  [{ callDirection: 'UP' }, 'INVALID_VALUE', /INBOUND, OUTBOUND/],
  [{ at: '2021-05-02T08:36:50' }, 'INVALID_TIME', /expected a time with a zone/],
  [{ at: '2021-05-32T08:36:50Z' }, 'INVALID_TIME', /at is "2021-05-32/],
  [{ at: 1_619_944_610 }, 'INVALID_TIME', /milliseconds/],
  [{ at: true }, 'INVALID_TIME', /at/],
  [{ order: 64 }, 'INVALID_VALUE', /0 to 63/],
  [{ order: -1 }, 'INVALID_VALUE', /0 to 63/],
  [{ order: 1.5 }, 'INVALID_VALUE', /0 to 63/],
  [{ order: '1' }, 'INVALID_VALUE', /0 to 63/],
  [{ pendingDisposition: 'yes' }, 'INVALID_VALUE', /pendingDisposition/],
  [{ eventId: 'x'.repeat(257) }, 'INVALID_VALUE', /eventId/],
];

describe('the canonical form', () => {
  it('has every field of an event', () => {
    const raw = JSON.stringify(WHOLE);
    assert.deepEqual(decode(raw), { ...WHOLE, source: 'offhook', receivedAt: AT + 1, raw });
  });

  for (const [change, expected] of READ) {
    it(`reads ${JSON.stringify(change)}`, () => {
      const event = decode(JSON.stringify({ ...STATE, ...change }));
      assert.ok(!isReject(event), JSON.stringify(event));
      assert.deepEqual({ ...event, ...expected }, event);
    });
  }

  for (const [change, reason, detail] of REFUSED) {
    it(`refuses ${JSON.stringify(change).slice(0, 60)}`, () => {
      const reject = decode(JSON.stringify({ ...STATE, ...change }));
      assert.ok(isReject(reject));
      assert.equal(reject.reason, reason);
      assert.match(reject.detail, detail);
    });
  }

  it('turns any text, and any value in any field, into an event or a reject', () => {
    const isHandled = (raw: string) => assert.equal(decode(raw).raw, raw);
    const names = fc.constantFrom(...Object.keys(WHOLE));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), isHandled), runs(100));
    fc.assert(
      fc.property(names, fc.jsonValue(), (name, value) => {
        isHandled(JSON.stringify({ ...WHOLE, [name]: value }));
      }),
      runs(100),
    );
  });
});

function decode(raw: string) {
  return offhook.decoder(CONTEXT)({ raw, position: 1 });
}
