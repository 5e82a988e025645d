// Explanations compared with the fold on random histories: the parts of each number add up to it, and so do the lanes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AgentEvent } from '../../src/events/agent-event.ts';
import { lanesOf } from '../../src/sessions/explain/lanes.ts';
import { readSession } from '../../src/sessions/explain/read-session.ts';
import type { SessionFacts } from '../../src/sessions/explain/session-facts.ts';
import { EXPLAINED, type ExplainedField, explainField } from '../../src/sessions/explain/values.ts';
import { FOLD_SETTINGS, FOLD_SQL, foldParams } from '../../src/sessions/sessions.ts';
import { eventBlock } from '../../src/ingest/events/event-block.ts';
import { type FoldedSession, sumOf } from './expected-sessions.ts';
import { anyHistory, anyWay, type History, inAccount, START } from '../support/histories.ts';
import { runs } from '../support/property-runs.ts';
import { temporaryEngine } from '../support/temporary-engine.ts';

const { engine } = await temporaryEngine();
const SECOND = 1000;
const HOUR = 3_600 * SECOND;
const FIELDS = Object.keys(EXPLAINED) as ExplainedField[];

const anyClock = fc.record({
  nowMs: fc.constantFrom(START, START + 30 * SECOND, START + 120 * SECOND, START + 5 * HOUR),
  staleAfterMs: fc.constantFrom(4 * SECOND, 120 * SECOND, 16 * HOUR),
});
type Clock = { nowMs: number; staleAfterMs: number };

let accounts = 0;
async function stored(histories: readonly History[]): Promise<AgentEvent[][]> {
  const events = histories.map(history => inAccount(`account-${accounts++}`, history));
  const all = events.flat();
  if (all.length > 0) await engine.insertBlock('events', eventBlock(all));
  return events;
}

async function folded(events: readonly AgentEvent[][], clock: Clock): Promise<FoldedSession[]> {
  const accountIds = [...new Set(events.flat().map(({ accountId }) => accountId))];
  const range = { accountIds, fromMs: 0, toMs: START + 100 * HOUR, ...clock };
  return engine.query<FoldedSession>(`SELECT * FROM (${FOLD_SQL}) SETTINGS ${FOLD_SETTINGS}`, foldParams(range));
}

async function explained({ account_id, login_session_id }: FoldedSession, clock: Clock): Promise<SessionFacts> {
  return (await readSession(engine, account_id, login_session_id, clock))!;
}

function assertExplains(session: SessionFacts, row: FoldedSession): void {
  const { loginMs, endMs, endReason } = session;
  const events = session.events.map(event => JSON.stringify(event)).join('\n');
  assert.deepEqual([loginMs, endMs, endReason], [row.login_ms, row.end_ms, row.end_reason], events);
  const ids = new Set(session.events.map(({ id }) => id));
  for (const field of FIELDS) {
    const parts = explainField(session, field);
    assert.deepEqual(sumOf(field, parts), row[field as keyof FoldedSession], `${field}\n${events}`);
    for (const { kind, fromMs, toMs, openedBy, closedBy } of parts) {
      assert.ok(ids.has(openedBy) && (closedBy === '' ? endReason === 'OPEN' : ids.has(closedBy)), field);
      if (kind === 'INTERVAL') assert.ok(loginMs <= fromMs! && fromMs! <= toMs! && toMs! <= endMs, field);
    }
  }
  const { states } = lanesOf(session);
  const shown = states.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const labelled = Object.values(row.label_ms).reduce((sum, ms) => sum + ms, 0);
  assert.equal(shown, labelled, events);
  for (const [nth, { fromMs }] of states.entries()) assert.ok(fromMs >= (states[nth - 1]?.toMs ?? loginMs), events);
}

async function holdsFor(histories: fc.Arbitrary<readonly History[]>, count: number): Promise<void> {
  const check = async ([given, clock]: [readonly History[], Clock]) => {
    for (const row of await folded(await stored(given), clock)) {
      assertExplains(await explained(row, clock), row);
    }
  };
  const property = fc.asyncProperty(fc.tuple(histories, anyClock), check);
  await fc.assert(property, runs(count));
}

test('the parts of every number add up to what the fold gives, for any events', async () => {
  await holdsFor(fc.array(anyHistory, { minLength: 1, maxLength: 60, size: 'max' }), 4);
});

test('also where a way through states leads through one second', async () => {
  const ways = fc.array(
    anyWay.map(({ history }) => history),
    { minLength: 1, maxLength: 40, size: 'max' },
  );
  await holdsFor(ways, 2);
});

test('a session without events is none', async () => {
  assert.equal(await readSession(engine, 'nobody', 's', { nowMs: 0, staleAfterMs: 1 }), undefined);
});
