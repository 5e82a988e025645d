import assert from 'node:assert/strict';
import test from 'node:test';
import { simulateCentre } from './centre/centre.ts';
import { simulateRingcxNdjson } from './ringcx-lines.ts';
import { ZoneClock } from './zone-clock.ts';

const OPTIONS = { accountId: '15300002', agents: 40, days: 3, start: '2026-03-06', seed: 3 };
const PIECES = [...simulateRingcxNdjson(OPTIONS)];
const LINES = PIECES.join('').trimEnd().split('\n');
const EVENTS = [...simulateCentre(OPTIONS)];
type Line = Record<string, string | null>;
const OBJECTS = LINES.map(line => JSON.parse(line) as Line);
const CLOCK = new ZoneClock('America/New_York');

test('the same options give the same bytes', () => {
  assert.deepEqual([...simulateRingcxNdjson(OPTIONS)], PIECES);
});

test('pieces are whole lines of about 64 KiB', () => {
  assert.ok(PIECES.every(piece => piece.endsWith('\n')));
  assert.ok(PIECES.slice(0, -1).every(({ length }) => length >= 65_536 && length < 67_000));
});

test('every value is a string, but for an absent external id', () => {
  for (const line of OBJECTS) {
    for (const [field, value] of Object.entries(line)) {
      assert.ok(typeof value === 'string' || (value === null && field === 'external_agent_id'), field);
    }
  }
});

const STATE_FIELDS =
  'agent_id prev_state prev_aux_state agent_phone source_ip external_agent_id duration agent_login_id account_id ' +
  'event_type event_aux_type date_time pending_disp username';
const SESSION_FIELDS =
  'external_agent_id duration agent_login_id account_id event_type agent_id date_time agent_phone username source_ip';
const CALL_FIELDS =
  'recording_url agent_id queue_duration agent_disposition gate_name call_state call_duration call_id ' +
  'external_agent_id account_id event_type gate_id call_start dnis ani username';

/** The field orders of RingCentral's published examples. */
const FIELDS: [eventType: string, fields: string][] = [
  ['LOGIN', SESSION_FIELDS],
  ['LOGOUT', SESSION_FIELDS],
  ['AVAILABLE', STATE_FIELDS],
  ['ON-BREAK', STATE_FIELDS],
  ['RNA-STATE', STATE_FIELDS],
  ['ENGAGED', `${STATE_FIELDS} call_id call_source_id call_source_name dnis call_type`],
  ['ACD-CALL', CALL_FIELDS],
  ['VPD-CALL', CALL_FIELDS],
];
for (const [eventType, fields] of FIELDS) {
  test(`${eventType} has the fields of its example, in their order`, () => {
    const lines = OBJECTS.filter(line => line.event_type === eventType);
    assert.ok(lines.length > 0);
    for (const line of lines) assert.equal(Object.keys(line).join(' '), fields);
  });
}

test('a line stands for each event that RingCX sends, and for no other', () => {
  const sent = EVENTS.filter(({ kind, baseState }) => baseState !== '' || /^(LOGIN|LOGOUT|CALL_END)$/.test(kind));
  assert.equal(OBJECTS.length, sent.length);
  sent.forEach((event, place) => {
    const line = OBJECTS[place]!;
    assert.equal(line.agent_id, event.agentId);
    if (event.kind !== 'CALL_END') assert.equal(line.agent_login_id, event.loginSessionId);
    if (event.kind !== 'CALL_END') assert.equal(line.date_time, CLOCK.text(event.at));
    if (event.baseState !== '') assert.equal(line.pending_disp, event.pendingDisposition ? '1' : '0');
    if (event.callId !== '' && 'call_id' in line) assert.equal(line.call_id, event.callId);
  });
});

test('every line names the state that its session is in, and the seconds since', () => {
  const sessions = new Map<string, { state: string; label: string; since: number }>();
  // The clocks change within these days: wall-clock times of different instants, compared as UTC's, jump there.
  const beforeChange = OBJECTS.filter(line => (line.date_time ?? '') < '2026-03-08' && 'agent_login_id' in line);
  for (const line of beforeChange) {
    const id = line.agent_login_id!;
    const at = Date.parse(`${line.date_time!.replace(' ', 'T')}Z`);
    const before = sessions.get(id) ?? { state: 'LOGIN', label: '', since: at };
    assert.equal(Number(line.duration), (at - before.since) / 1000);
    if ('prev_state' in line) assert.deepEqual([line.prev_state, line.prev_aux_state], [before.state, before.label]);
    sessions.set(id, { state: line.event_type!, label: line.event_aux_type ?? '', since: at });
  }
});

test('an end-of-call event follows each call', () => {
  const ids = (eventTypes: RegExp) =>
    OBJECTS.filter(line => eventTypes.test(line.event_type!)).map(line => line.call_id!);
  const answered = new Set(ids(/^ENGAGED$/));
  const ended = ids(/^(ACD|VPD)-CALL$/);
  assert.ok(ended.every(id => answered.has(id)));
  // A call under way when its session was lost has no end.
  assert.ok(answered.size - ended.length < 5);
});

test('a call takes from its start over the queue to the end of the state ENGAGED', () => {
  const ends = new Map(EVENTS.filter(event => event.kind === 'CALL_END').map(event => [event.callId, event.at]));
  for (const { call_id, call_start, queue_duration, call_duration } of OBJECTS.filter(line => 'call_start' in line)) {
    const seconds = Number(queue_duration) + Number(call_duration);
    assert.equal(call_start, CLOCK.text(ends.get(call_id!)! - seconds * 1000));
  }
});
