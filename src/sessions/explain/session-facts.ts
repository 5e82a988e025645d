// A login session and its events, as explanations need them.
import type { AgentEvent } from '../../events/agent-event.ts';

/** An event of a session, without its raw input. */
export interface SessionEvent extends Omit<AgentEvent, 'eventId' | 'raw'> {
  /** Instant, order and hash; unique within the session. */
  id: string;
  /** The same for events of the same input. */
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
  /** By instant, order, kind; events that name their call before others. */
  events: readonly SessionEvent[];
  loginMs: number;
  endMs: number;
  endReason: EndReason;
  /** The event at whose instant the session begins, and the one at whose instant it ends: none while it is open. */
  beganBy: SessionEvent;
  endedBy: SessionEvent | undefined;
  /** The login that ended a session without logout. */
  nextLogin: NextLogin | undefined;
  /** Whether only the first events were read, so that the explanation is incomplete. */
  isTruncated: boolean;
}

/** The instant, moved to the login or the end of the session if it lies outside. */
export function within({ loginMs, endMs }: SessionFacts, at: number): number {
  return Math.min(Math.max(at, loginMs), endMs);
}
