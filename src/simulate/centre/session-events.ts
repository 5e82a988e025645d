// The events of a planned session, produced lazily.
import type { AgentEvent } from '../../events/agent-event.ts';
import { dialByHand, SHORTEST_CALL_MS, takeCall, type Desk } from './calls.ts';
import type { Pause } from './day-plan.ts';
import { DIALLED_BY_HAND, meanWaitMs } from './habits.ts';
import type { Centre } from '../options.ts';
import { Random } from '../random.ts';
import type { NumberedSession } from './roster.ts';
import { SessionLog } from './session-log.ts';
import { SECOND_MS } from '../time-units.ts';

/**
 * The events of a session in order, a few at a time: a large centre has thousands of open sessions, whose future events need
 * not be in memory.
 */
export function* sessionEvents(centre: Centre, session: NumberedSession): Generator<AgentEvent[]> {
  const { lostAt } = session;
  for (const events of wholeSession(centre, session)) {
    if (lostAt === null) yield events;
    else yield events.filter(event => event.kind !== 'LOGOUT' && event.at <= lostAt);
    if (lostAt !== null && events.at(-1)!.at > lostAt) return;
  }
}

function* wholeSession(centre: Centre, session: NumberedSession): Generator<AgentEvent[]> {
  const desk: Desk = {
    log: new SessionLog(centre, session),
    random: new Random(centre.seed, 3, session.number),
    closesAt: session.logoutAt,
    hasLineEvents: centre.offHook,
    newCallId: callIds(centre, session),
  };
  let at = logIn(desk.log, session.loginAt);
  const pauses = [...session.pauses];
  while (at < session.logoutAt) {
    at = workOn(centre, desk, session, pauses, at);
    const events = desk.log.take(at);
    if (events.length > 0) yield events;
  }
  desk.log.note(session.logoutAt, 'LOGOUT');
  yield desk.log.take(Number.POSITIVE_INFINITY);
}

/** As in RingCX: the first state has no label, which follows a second later. */
function logIn(log: SessionLog, at: number): number {
  log.note(at, 'LOGIN');
  log.enter(at, 'STATE', 'AVAILABLE');
  log.enter(at + SECOND_MS, 'STATE', 'AVAILABLE', 'Available');
  return at + SECOND_MS;
}

/** A due pause, or the wait for a call and the call; returns its end. */
function workOn(centre: Centre, desk: Desk, session: NumberedSession, pauses: Pause[], at: number): number {
  if (pauses[0] && pauses[0].at <= at) return takePause(desk, at, pauses.shift()!);
  if (desk.log.state !== 'AVAILABLE') desk.log.enter(at, 'STATE', 'AVAILABLE', 'Available');
  const callAt = at + waitMs(desk.random, centre.clock.hourOf(at));
  const interruptedAt = Math.min(pauses[0]?.at ?? session.logoutAt, session.logoutAt);
  if (callAt >= interruptedAt) return interruptedAt;
  if (callAt > session.logoutAt - SHORTEST_CALL_MS) return session.logoutAt;
  const dials = session.agent.row.dial_group_id !== '' && desk.random.chance(DIALLED_BY_HAND);
  return dials ? dialByHand(desk, callAt) : takeCall(desk, callAt);
}

function waitMs(random: Random, hour: number): number {
  return SECOND_MS + Math.floor(random.exponential(meanWaitMs(hour)) / SECOND_MS) * SECOND_MS;
}

function takePause({ log, closesAt }: Desk, at: number, pause: Pause): number {
  const until = Math.min(at + pause.lengthMs, closesAt);
  log.enter(at, 'STATE', pause.state, pause.label);
  if (pause.state === 'MONITORING') {
    log.note(at, 'MONITOR_START');
    log.note(until, 'MONITOR_END');
  }
  return until;
}

/** Ids like RingCX's UIIs: the local time at which the call reached the platform, then a unique number. */
function callIds(centre: Centre, session: NumberedSession): (at: number) => string {
  let call = session.number * 1000;
  return at => {
    const stamp = centre.clock.text(at - SECOND_MS).replace(/\D/g, '');
    return `${stamp}013212${String(call++).padStart(10, '0')}`;
  };
}
