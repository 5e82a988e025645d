// One login session and its events, as an explanation reads them.
import type { AgentEvent } from '../../events/agent-event.ts';

/** An event of a session; its raw input is read on its own. */
export interface SessionEvent extends Omit<AgentEvent, 'eventId' | 'raw'> {
  /** Instant, order and hash: tells the event from every other one of its session. */
  id: string;
  /** Events that were made of the same input share it. */
  rawId: string;
}

export type EndReason = 'NORMAL' | 'SUPERSEDED' | 'STALE' | 'OPEN';

/** A login of the same agent after this session. */
export interface NextLogin {
  loginSessionId: string;
  loginMs: number;
}

/** A session with its bounds; instants are UTC milliseconds since 1970. */
export interface SessionFacts {
  accountId: string;
  loginSessionId: string;
  /** By instant, order, kind; of two such, the one that names its call comes first. */
  events: readonly SessionEvent[];
  loginMs: number;
  endMs: number;
  endReason: EndReason;
  /** The event at whose instant the session begins, and the one at whose instant it ends: none while it is open. */
  beganBy: SessionEvent;
  endedBy: SessionEvent | undefined;
  /** The login that ended a session without logout. */
  nextLogin: NextLogin | undefined;
  /** There are more events than are read; what is explained is then not the whole. */
  isTruncated: boolean;
}

/** The instant within the session: what lies before the login or after the end counts as there. */
export function within({ loginMs, endMs }: SessionFacts, at: number): number {
  return Math.min(Math.max(at, loginMs), endMs);
}
