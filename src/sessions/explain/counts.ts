// The events of a session into the calls, holds and monitorings that are counted: one part for each.
import type { EventKind } from '../../events/agent-event.ts';
import { eventPart, type Part } from './parts.ts';
import type { SessionEvent, SessionFacts } from './session-facts.ts';

const OUTCOMES: readonly EventKind[] = ['OFFER', 'MANUAL_DIAL', 'ANSWER', 'RING_NO_ANSWER', 'NO_CONNECT'];

const ofKind = ({ events }: SessionFacts, ...kinds: EventKind[]) =>
  events.filter(({ kind }) => kinds.includes(kind));

/** The first event of each call, and every one that names none. */
function perCall(events: readonly SessionEvent[]): SessionEvent[] {
  const seen = new Set<string>();
  return events.filter(({ callId }) => {
    if (callId === '') return true;
    const isNew = !seen.has(callId);
    seen.add(callId);
    return isNew;
  });
}

const isConnected = ({ kind, baseState, callId }: SessionEvent) =>
  kind === 'ANSWER' || (kind === 'STATE' && baseState === 'ENGAGED' && callId !== '');

const answeredCalls = ({ events }: SessionFacts) =>
  new Set(events.filter(event => isConnected(event) && event.callId !== '').map(({ callId }) => callId));

export function acceptedParts({ events }: SessionFacts): Part[] {
  return perCall(events.filter(isConnected)).map(event => eventPart(event));
}

export function ringNoAnswerParts(session: SessionFacts): Part[] {
  return ofKind(session, 'RING_NO_ANSWER').map(event => eventPart(event));
}

/** Offers that nothing came of: each answer and each miss of a call settles one offer of it. */
export function withdrawnParts(session: SessionFacts): Part[] {
  const settled = new Map<string, number>();
  const misses = ofKind(session, 'RING_NO_ANSWER').map(({ callId }) => callId);
  for (const callId of [...answeredCalls(session), ...misses]) {
    settled.set(callId, (settled.get(callId) ?? 0) + 1);
  }
  const offers = ofKind(session, 'OFFER').filter(({ callId }) => callId !== '');
  const byCall = Map.groupBy(offers, ({ callId }) => callId);
  // The last offers of a call are those that were settled.
  const named = [...byCall].flatMap(([callId, own]) =>
    own.slice(0, Math.max(own.length - (settled.get(callId) ?? 0), 0)),
  );
  // An offer that names no call is settled by what comes next.
  const outcomes = ofKind(session, ...OUTCOMES);
  const anonymous = outcomes.filter(({ kind, callId }, index) => {
    const next = outcomes[index + 1]?.kind;
    return kind === 'OFFER' && callId === '' && next !== 'ANSWER' && next !== 'RING_NO_ANSWER';
  });
  return inOrder([...named, ...anonymous], { note: 'Offered, neither answered nor missed.' });
}

/** Calls dialled and never connected; the one that an open session dials at the moment may still connect. */
export function noConnectParts(session: SessionFacts): Part[] {
  const answered = answeredCalls(session);
  const outcomes = ofKind(session, ...OUTCOMES);
  const counted = outcomes.filter(({ kind, callId }, index) => {
    if (kind !== 'MANUAL_DIAL' && kind !== 'NO_CONNECT') return false;
    if (callId !== '') return !answered.has(callId);
    if (kind === 'MANUAL_DIAL') return outcomes[index + 1]?.kind !== 'ANSWER';
    // A dial without a call and the no-connect after it are one.
    const before = outcomes[index - 1];
    return before?.kind !== 'MANUAL_DIAL' || before.callId !== '';
  });
  const dialling = dialledNow(session, outcomes.at(-1), counted);
  return perCall(counted).map(event =>
    isDialled(event, dialling)
      ? eventPart(event, { amount: 0, note: 'Still being dialled: not counted until it fails.' })
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
      at === last.at &&
      order === last.order &&
      kind === last.kind &&
      (callId === '') === (last.callId === ''),
  );
}

const isDialled = (event: SessionEvent, dialling: SessionEvent | undefined) =>
  dialling !== undefined && (event === dialling || (event.callId !== '' && event.callId === dialling.callId));

/** At most as many as there are accepted calls. */
export function transferParts(session: SessionFacts): Part[] {
  const answered = answeredCalls(session);
  const transfers = perCall(ofKind(session, 'TRANSFER')).filter(
    ({ callId }) => callId === '' || answered.has(callId),
  );
  const accepted = acceptedParts(session).length;
  return transfers.map((event, nth) =>
    nth < accepted
      ? eventPart(event)
      : eventPart(event, { amount: 0, note: 'Not counted: there are no more accepted calls.' }),
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
