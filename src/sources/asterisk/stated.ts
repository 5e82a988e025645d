// What the log itself says of times, for a check against what the sessions say.
import type { LineFact } from './sessions/session.ts';
import { loginMs, talkMs } from './queue-line.ts';

/**
 * A time that a line states about what ended with it.
 *
 * `LOGIN_TIME`: from login to this logoff; compare it with the login time of the session whose LOGOUT is at `endMs` (where a session
 * goes on, because the agent is still in a queue, or began with one, the two may rightly differ).
 * `TALK_TIME`: of the call that ended at `endMs`; compare it with the time from the call's ANSWER to its CALL_END.
 */
export interface Stated {
  measure: 'LOGIN_TIME' | 'TALK_TIME';
  accountId: string;
  agentId: string;
  /** Empty for a login, and for a call that the log gives no id. */
  callId: string;
  /** UTC milliseconds since 1970. */
  endMs: number;
  statedMs: number;
  /** The log counts whole seconds, cut off: a smaller difference is none. */
  precisionMs: number;
  raw: string;
}

/** What a line states, if it states anything. */
export function statedOf({ accountId, agentId, at, body, raw }: LineFact): Stated | undefined {
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
