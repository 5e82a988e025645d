// When a session begins and ends, and why: from its events and the agent's next login.
import type { NextLogin, SessionEvent, SessionFacts } from './session-facts.ts';

export interface SessionClock {
  /** Open sessions count up to here; UTC milliseconds. */
  nowMs: number;
  /** Silence after which a session without logout has ended. */
  staleAfterMs: number;
}

type Bounds = Pick<SessionFacts, 'loginMs' | 'endMs' | 'endReason' | 'beganBy' | 'endedBy' | 'nextLogin'>;

/** @param events in order; at least one */
export function boundsOf(
  events: readonly SessionEvent[],
  nextLogin: NextLogin | undefined,
  { nowMs, staleAfterMs }: SessionClock,
): Bounds {
  const beganBy = events.find(({ kind }) => kind === 'LOGIN') ?? events[0]!;
  const last = events.at(-1)!;
  const logout = events.findLast(({ kind }) => kind === 'LOGOUT');
  const loginMs = beganBy.at;
  const begun = { loginMs, beganBy };
  if (logout !== undefined) {
    const endMs = Math.max(logout.at, loginMs);
    return { ...begun, endMs, endReason: 'NORMAL', endedBy: logout, nextLogin: undefined };
  }
  if (nextLogin !== undefined) {
    return { ...begun, endMs: last.at, endReason: 'SUPERSEDED', endedBy: last, nextLogin };
  }
  if (nowMs - last.at >= staleAfterMs) {
    return { ...begun, endMs: last.at, endReason: 'STALE', endedBy: last, nextLogin };
  }
  const endMs = Math.max(nowMs, last.at);
  return { ...begun, endMs, endReason: 'OPEN', endedBy: undefined, nextLogin };
}
