// The facts of one agent to events of login sessions: where a session begins, goes on, and is over.
import type { AgentEvent } from '../../events/agent-event.ts';
import { factEvent, type Sessionizer } from '../agent-source.ts';
import type { DecodeContext } from '../source.ts';
import { phaseOf } from './open-contact.ts';
import type { ConnectBody, ConnectFact } from './read-event.ts';
import { Session } from './session.ts';
import { isOffline } from './statuses.ts';

/** Silence after which a session is over; as long as the default of OFFHOOK_SESSION_STALE_AFTER, by which reports end it. */
const STALE_MS = 16 * 3_600_000;

export function sessionizer(context: DecodeContext): Sessionizer<ConnectBody> {
  let session: Session | null = null;
  return {
    next(fact): AgentEvent[] {
      if (session !== null && fact.at - session.toldMs >= STALE_MS) session = null;
      if (fact.body.type === 'LOGIN' || (session === null && beginsSession(fact))) {
        session = new Session(fact, context.statesOf(fact.accountId));
      }
      if (session === null) return [factEvent(fact, { username: fact.body.current?.username ?? '' })];
      const events = session.tell(fact);
      if (session.isOver) session = null;
      return events;
    },
  };
}

/** Anything an agent does while not offline shows a session. A heartbeat does not: it goes on for an hour after the logout. */
function beginsSession({ body }: ConnectFact): boolean {
  if (body.type !== 'STATE_CHANGE' || body.current === null) return false;
  const { status, contacts } = body.current;
  if (status !== null && !isOffline(status)) return true;
  return (contacts ?? []).some(contact => {
    const phase = phaseOf(contact);
    return phase === 'ringing' || phase === 'talking' || phase === 'held';
  });
}
