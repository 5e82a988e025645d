// Presented: offers that are repeated, counted by the fold and by the explanation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgentEvent, EventKind } from '../../src/events/agent-event.ts';
import { totalOf } from '../../src/sessions/explain/parts.ts';
import { readSession } from '../../src/sessions/explain/read-session.ts';
import { explainField } from '../../src/sessions/explain/values.ts';
import { FOLD_SETTINGS, FOLD_SQL, foldParams } from '../../src/sessions/sessions.ts';
import { eventBlock } from '../../src/ingest/events/event-block.ts';
import { type FoldedSession, expectedSessions } from './expected-sessions.ts';
import { BLANK_EVENT, START } from '../support/histories.ts';
import { temporaryEngine } from '../support/temporary-engine.ts';

type Counts = [presented: number, accepted: number, missed: number, withdrawn: number];

/** A step is a second after the one before it, a list of steps one instant; ENGAGED is the state, all else a kind. */
const CASES: [name: string, steps: (string | string[])[], counts: Counts][] = [
  [
    'a call that is answered, comes back and is answered again is one call',
    ['OFFER c', 'ANSWER c', 'CALL_END c', 'OFFER c', 'ANSWER c', 'CALL_END c'],
    [1, 1, 0, 0],
  ],
  ['withdrawn, then answered', ['OFFER c', 'OFFER c', 'ANSWER c'], [2, 1, 0, 1]],
  ['missed, then answered', ['OFFER c', 'RING_NO_ANSWER c', 'OFFER c', 'ANSWER c'], [2, 1, 1, 0]],
  ['missed twice', ['OFFER c', 'RING_NO_ANSWER c', 'OFFER c', 'RING_NO_ANSWER c'], [2, 0, 2, 0]],
  ['answered, came back, missed', ['OFFER c', 'ANSWER c', 'OFFER c', 'RING_NO_ANSWER c'], [2, 1, 1, 0]],
  ['answered, came back, withdrawn', ['OFFER c', 'ANSWER c', 'OFFER c', 'CALL_END c'], [2, 1, 0, 1]],
  [
    'a call that comes back without an offer settles no withdrawn one',
    ['OFFER c', 'OFFER c', 'ANSWER c', 'CALL_END c', 'ANSWER c'],
    [2, 1, 0, 1],
  ],
  ['dialled by hand, answered twice', ['MANUAL_DIAL c', 'ANSWER c', 'MANUAL_DIAL c', 'ANSWER c'], [1, 1, 0, 0]],
  ['dialled by hand, then offered and withdrawn', ['MANUAL_DIAL c', 'ANSWER c', 'OFFER c'], [2, 1, 0, 1]],
  ['two calls, one of them offered twice', ['OFFER c', 'OFFER d', 'ANSWER d', 'OFFER c', 'ANSWER c'], [3, 2, 0, 1]],
  ['missed and offered again at one instant', ['OFFER c', ['RING_NO_ANSWER c', 'OFFER c'], 'ANSWER c'], [2, 1, 1, 0]],
  ['answered and offered again at one instant', ['OFFER c', ['ANSWER c', 'OFFER c'], 'ANSWER c'], [1, 1, 0, 0]],
  ['offered and answered at one instant', [['ENGAGED c', 'OFFER c']], [1, 1, 0, 0]],
  ['no call is named', ['OFFER', 'ANSWER', 'OFFER', 'ANSWER', 'OFFER', 'RING_NO_ANSWER', 'OFFER'], [4, 2, 1, 1]],
  ['only the answer names the call', ['OFFER', 'ENGAGED c', 'OFFER', 'ANSWER d'], [2, 2, 0, 0]],
  ['a dial that only its answer names', ['MANUAL_DIAL', 'ENGAGED c'], [1, 1, 0, 0]],
];

function eventsOf(accountId: string, steps: (string | string[])[]): AgentEvent[] {
  const said = steps.flatMap((step, nth) => [step].flat().map(words => outcome(words, START + 1000 * (nth + 1))));
  const ends = [
    { kind: 'LOGIN', order: 0 },
    { kind: 'LOGOUT', at: START + 60_000 },
  ] as const;
  return [...ends, ...said].map(event => ({ ...BLANK_EVENT, accountId, ...event }));
}

function outcome(words: string, at: number): Partial<AgentEvent> {
  const [kind = '', callId = ''] = words.split(' ');
  if (kind !== 'ENGAGED') return { at, kind: kind as EventKind, callId };
  return { at, kind: 'STATE', baseState: 'ENGAGED', pendingDisposition: false, callId };
}

const { engine } = await temporaryEngine();
const clock = { nowMs: START + 3_600_000, staleAfterMs: 7_200_000 };
const range = {
  accountIds: CASES.map((_, index) => `case-${index}`),
  fromMs: START,
  toMs: START + 60_000,
  ...clock,
};
const events = CASES.flatMap(([, steps], index) => eventsOf(`case-${index}`, steps));
await engine.insertBlock('events', eventBlock(events));
const rows = await engine.query<FoldedSession>(
  `SELECT * FROM (${FOLD_SQL}) SETTINGS ${FOLD_SETTINGS}`,
  foldParams(range),
);
const expected = expectedSessions(events, range);

const countsOf = (session: FoldedSession): Counts => [
  session.presented,
  session.accepted,
  session.ring_no_answers,
  session.offers_withdrawn,
];

for (const [index, [name, , counts]] of CASES.entries()) {
  test(name, async () => {
    const accountId = `case-${index}`;
    const folded = rows.find(({ account_id }) => account_id === accountId)!;
    assert.deepEqual(countsOf(folded), counts);
    assert.deepEqual(folded, expected.get(`${accountId}/s0`));
    const session = (await readSession(engine, accountId, 's0', clock))!;
    assert.equal(totalOf(explainField(session, 'presented')), counts[0]);
    assert.equal(folded.manual_no_connects, 0);
  });
}
