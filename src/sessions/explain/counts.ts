// The counts of a session: one part for each call, hold and monitoring.
import type { EventKind } from '../../events/agent-event.ts';
import { eventPart, type Part } from './parts.ts';
import type { SessionEvent, SessionFacts } from './session-facts.ts';
import { positionsOf } from './visits.ts';

const OUTCOMES: readonly EventKind[] = ['OFFER', 'MANUAL_DIAL', 'ANSWER', 'RING_NO_ANSWER', 'NO_CONNECT'];

const ofKind = ({ events }: SessionFacts, ...kinds: EventKind[]) => events.filter(({ kind }) => kinds.includes(kind));

/** The first event of each call, and every event without a call. */
function perCall(events: readonly SessionEvent[]): SessionEvent[] {
  const seen = new Set<string>();
  return events.filter(({ callId }) => {
    if (callId === '') return true;
    const isNew = !seen.has(callId);
    seen.add(callId);
    return isNew;
  });
}

/** What an event means for its call. A state ENGAGED with a call id answers the call. */
function outcomeOf({ kind, baseState, callId }: SessionEvent): EventKind | undefined {
  if (kind === 'STATE') return baseState === 'ENGAGED' && callId !== '' ? 'ANSWER' : undefined;
  return OUTCOMES.find(outcome => outcome === kind);
}

const isConnected = (event: SessionEvent) => outcomeOf(event) === 'ANSWER';
const isMissed = (event: SessionEvent) => event.kind === 'RING_NO_ANSWER';

/** In the order of the fold: by instant, order within it, kind; events that name their call come first. */
function outcomesOf({ events }: SessionFacts): SessionEvent[] {
  const rank = (event: SessionEvent) => OUTCOMES.indexOf(outcomeOf(event)!);
  return events
    .filter(event => outcomeOf(event) !== undefined)
    .sort(
      (one, other) =>
        one.at - other.at ||
        one.order - other.order ||
        rank(one) - rank(other) ||
        Number(one.callId === '') - Number(other.callId === ''),
    );
}

const answeredCalls = ({ events }: SessionFacts) =>
  new Set(events.filter(event => isConnected(event) && event.callId !== '').map(({ callId }) => callId));

export function acceptedParts({ events }: SessionFacts): Part[] {
  return perCall(events.filter(isConnected)).map(event => eventPart(event));
}

export function ringNoAnswerParts(session: SessionFacts): Part[] {
  return session.events.filter(isMissed).map(event => eventPart(event));
}

/** Offers without an answer or a miss at their position or before the next offer. */
export function withdrawnParts(session: SessionFacts): Part[] {
  const outcomes = outcomesOf(session);
  const byCall = Map.groupBy(outcomes, ({ callId }) => callId);
  const withdrawn = [...byCall].flatMap(([callId, own]) => (callId === '' ? [] : withdrawnOf(own)));
  // An offer that names no call is settled by the next outcome.
  const anonymous = outcomes.filter((event, index) => {
    const next = outcomes[index + 1];
    const isSettled = next !== undefined && (isConnected(next) || isMissed(next));
    return event.kind === 'OFFER' && event.callId === '' && !isSettled;
  });
  return inOrder([...withdrawn, ...anonymous], { note: 'Offered, neither answered nor missed.' });
}

/** The withdrawn offers of one call. Within a position there is no order: each answer and each miss there settles one offer. */
function withdrawnOf(outcomes: readonly SessionEvent[]): SessionEvent[] {
  const withdrawn: SessionEvent[] = [];
  let offered: SessionEvent[] = [];
  for (const position of positionsOf(outcomes)) {
    const offers = [...offered, ...position.filter(({ kind }) => kind === 'OFFER')];
    const settled = position.filter(event => isConnected(event) || isMissed(event)).length;
    // A new offer of the call withdraws the one before.
    const left = offers.slice(settled);
    for (const offer of left.slice(0, -1)) withdrawn.push(offer);
    offered = left.slice(-1);
  }
  return [...withdrawn, ...offered];
}

/** Calls dialled and never connected. In an open session, the call that is being dialled may still connect. */
export function noConnectParts(session: SessionFacts): Part[] {
  const answered = answeredCalls(session);
  const outcomes = outcomesOf(session);
  const counted = outcomes.filter(({ kind, callId }, index) => {
    if (kind !== 'MANUAL_DIAL' && kind !== 'NO_CONNECT') return false;
    if (callId !== '') return !answered.has(callId);
    const next = outcomes[index + 1];
    if (kind === 'MANUAL_DIAL') return next === undefined || !isConnected(next);
    // A dial that names no call and the no-connect after it count once.
    const before = outcomes[index - 1];
    return before?.kind !== 'MANUAL_DIAL' || before.callId !== '';
  });
  const dialling = dialledNow(session, outcomes.at(-1), counted);
  return perCall(counted).map(event =>
    isDialled(event, dialling)
      ? eventPart(event, { amount: 0, note: 'Still being dialled: counted only if it fails.' })
      : eventPart(event),
  );
}

function dialledNow(
  { endReason }: SessionFacts,
  last: SessionEvent | undefined,
  counted: readonly SessionEvent[],
): SessionEvent | undefined {
  if (endReason !== 'OPEN' || last?.kind !== 'MANUAL_DIAL') return undefined;
  return counted.find(
    ({ at, order, kind, callId }) =>
      at === last.at && order === last.order && kind === last.kind && (callId === '') === (last.callId === ''),
  );
}

const isDialled = (event: SessionEvent, dialling: SessionEvent | undefined) =>
  dialling !== undefined && (event === dialling || (event.callId !== '' && event.callId === dialling.callId));

/** At most as many as accepted calls. */
export function transferParts(session: SessionFacts): Part[] {
  const answered = answeredCalls(session);
  const transfers = perCall(ofKind(session, 'TRANSFER')).filter(({ callId }) => callId === '' || answered.has(callId));
  const accepted = acceptedParts(session).length;
  return transfers.map((event, nth) =>
    nth < accepted
      ? eventPart(event)
      : eventPart(event, { amount: 0, note: 'Not counted: there are only as many transfers as accepted calls.' }),
  );
}

export function holdParts(session: SessionFacts): Part[] {
  return perCall(ofKind(session, 'HOLD')).map(event => eventPart(event));
}

export function monitoringParts(session: SessionFacts): Part[] {
  return ofKind(session, 'MONITOR_START').map(event => eventPart(event));
}

function inOrder(events: readonly SessionEvent[], more: Partial<Part>): Part[] {
  return events
    .toSorted((one, other) => one.at - other.at || one.order - other.order)
    .map(event => eventPart(event, more));
}
