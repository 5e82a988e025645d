// Turns the facts of one agent into login sessions: decides where a session begins and ends.
import type { AgentEvent } from '../../events/agent-event.ts';
import { factEvent, type Sessionizer } from '../agent-source.ts';
import type { DecodeContext } from '../source.ts';
import { phaseOf } from './open-contact.ts';
import type { ConnectBody, ConnectFact } from './read-event.ts';
import { Session } from './session.ts';
import { isOffline } from './statuses.ts';

/** Time without events after which a session is over; the default of OFFHOOK_SESSION_STALE_AFTER, by which reports end it. */
const STALE_MS = 16 * 3_600_000;

export function sessionizer(context: DecodeContext): Sessionizer<ConnectBody> {
  let session: Session | null = null;
  return {
    next(fact): AgentEvent[] {
      if (session !== null && fact.at - session.lastSeenMs >= STALE_MS) session = null;
      if (fact.body.type === 'LOGIN' || (session === null && beginsSession(fact))) {
        session = new Session(fact, context.statesOf(fact.accountId));
      }
      if (session === null) return [factEvent(fact, { username: fact.body.current?.username ?? '' })];
      const events = session.eventsOf(fact);
      if (session.isOver) session = null;
      return events;
    },
  };
}

/** Any change while the agent is not offline proves a session. Heartbeats do not: they continue for an hour after the logout. */
function beginsSession({ body }: ConnectFact): boolean {
  if (body.type !== 'STATE_CHANGE' || body.current === null) return false;
  const { status, contacts } = body.current;
  if (status !== null && !isOffline(status)) return true;
  return (contacts ?? []).some(contact => {
    const phase = phaseOf(contact);
    return phase === 'ringing' || phase === 'talking' || phase === 'held';
  });
}
