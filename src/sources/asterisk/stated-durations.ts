// Durations that log lines state themselves, for a check against the durations of the computed sessions.
import { loginMs, talkMs } from './queue-line.ts';
import type { LineFact } from './sessions/session.ts';

/**
 * The duration of a login or call, stated by the line that ends it.
 *
 * `LOGIN_TIME`: from login to this logoff. Compare it with the login time of the session whose LOGOUT is at `endMs`; they may
 * differ if a queue membership began the session earlier or keeps it open.
 * `TALK_TIME`: of the call that ended at `endMs`. Compare it with the time from the call's ANSWER to its CALL_END.
 */
export interface StatedDuration {
  measure: 'LOGIN_TIME' | 'TALK_TIME';
  accountId: string;
  agentId: string;
  /** Empty for a login, and for a call without an id in the log. */
  callId: string;
  /** UTC milliseconds since 1970. */
  endMs: number;
  statedMs: number;
  /** The log cuts times to whole seconds, so a smaller difference means nothing. */
  precisionMs: number;
  raw: string;
}

/** The duration that a line states; undefined if it states none. */
export function statedDuration({ accountId, agentId, at, body, raw }: LineFact): StatedDuration | undefined {
  const login = loginMs(body);
  const statedMs = login ?? talkMs(body);
  if (statedMs === undefined) return undefined;
  return {
    measure: login === undefined ? 'TALK_TIME' : 'LOGIN_TIME',
    accountId,
    agentId,
    callId: body.callId,
    endMs: at,
    statedMs,
    precisionMs: 1000,
    raw,
  };
}
