// An agent's lines, in order, into login sessions: memberships and logins open and close them, a call opens one where neither did.
import { type AgentEvent, MAX_ORDER } from '../../events/agent-event.ts';
import { factEvent, type SessionMaker } from '../agent-facts.ts';
import type { DecodeContext } from '../source.ts';
import { CALL_VERBS, ENDINGS } from './calls.ts';
import { pauseState } from './pause-states.ts';
import type { QueueLine } from './queue-line.ts';
import { type LineFact, Session, type State } from './session.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Silence after which a login is a new one, whatever is open: the default of OFFHOOK_SESSION_STALE_AFTER. */
const STALE_MS = 16 * HOUR_MS;
/** Silence that ends a session whose login was never written: shorter than a night, for members that are never removed. */
const SILENT_MS = 8 * HOUR_MS;
/** A membership that is added once more: after a shorter silence a restart or a script renewed it, else a removal was lost. */
const RENEWED_MS = HOUR_MS;

export function sessionMaker(context: DecodeContext): SessionMaker<QueueLine> {
  const maker = new AsteriskSessions(context);
  return { next: fact => maker.next(fact) };
}

class AsteriskSessions {
  private readonly context: DecodeContext;
  private session: Session | undefined;
  /** The session before, while no other has begun: how its last call ends may come after it. */
  private ended: Session | undefined;

  constructor(context: DecodeContext) {
    this.context = context;
  }

  next(fact: LineFact): AgentEvent[] {
    this.closeSilent(fact);
    switch (fact.body.verb) {
      case 'ADDMEMBER':
        return this.addMember(fact);
      case 'AGENTLOGIN':
      case 'AGENTCALLBACKLOGIN':
        return this.login(fact);
      case 'REMOVEMEMBER':
        return this.leave(fact, removeMember);
      case 'AGENTLOGOFF':
      case 'AGENTCALLBACKLOGOFF':
        return this.leave(fact, logoff);
      default:
        return this.tell(fact);
    }
  }

  private closeSilent({ at, body }: LineFact): void {
    if (this.session === undefined) return;
    const silentMs = at - this.session.lastMs;
    const isOver = this.session.hasLogin ? isLogin(body) && silentMs > STALE_MS : silentMs > SILENT_MS;
    if (isOver) this.session = undefined;
  }

  private addMember(fact: LineFact): AgentEvent[] {
    const { queue, name, data, isRealtime } = fact.body;
    const isAgain = this.session?.memberships.has(queue, name) ?? false;
    if (isAgain && !isRealtime && fact.at - this.session!.lastMs > RENEWED_MS) this.session = undefined;
    return this.enter(fact, session => {
      session.memberships.add(queue, name, fact.at);
      if (data[0]?.toUpperCase() === 'PAUSED') session.memberships.pause(queue, data[1] ?? '');
    });
  }

  private login(fact: LineFact): AgentEvent[] {
    const isCallback = fact.body.verb === 'AGENTCALLBACKLOGIN';
    const { session } = this;
    const isNew = session !== undefined && Math.floor(session.startMs / 1000) !== Math.floor(fact.at / 1000);
    const isAgain = isCallback ? session?.isOnCallback : session?.isOnLine;
    if (isNew && (isAgain || !session.hasLogin)) this.session = undefined;
    return this.enter(fact, entered => {
      if (isCallback) entered.isOnCallback = true;
      else entered.isOnLine = true;
    });
  }

  /** Into the session that is open, or a new one that begins with this login. */
  private enter(fact: LineFact, change: (session: Session) => void): AgentEvent[] {
    const isFirst = this.session === undefined;
    const session = this.session ?? this.open(fact);
    session.begin(fact);
    const wasOnLine = session.isOnLine;
    session.hasLogin = true;
    change(session);
    const { verb, name, data } = fact.body;
    const phone = verb === 'ADDMEMBER' ? name : (data[0] ?? '');
    if (isFirst) session.tellState({ kind: 'LOGIN', phone }, 0);
    else session.settle();
    if (session.isOnLine && !wasOnLine) session.tell({ kind: 'OFF_HOOK' });
    return session.end();
  }

  private leave(
    fact: LineFact,
    change: (session: Session, line: QueueLine, at: number) => void,
  ): AgentEvent[] {
    const { session } = this;
    if (session === undefined) return outside(fact);
    session.begin(fact);
    const wasOnLine = session.isOnLine;
    change(session, fact.body, fact.at);
    if (wasOnLine && !session.isOnLine) session.tell({ kind: 'ON_HOOK' });
    if (session.isOnLine || session.isOnCallback || session.memberships.hold) {
      session.settle();
      return session.end();
    }
    // What is not a normal logoff has its reason after channel and time: Autologoff, Chanunavail.
    const stateLabel = fact.body.verb === 'REMOVEMEMBER' ? '' : (fact.body.data[2] ?? '');
    session.tell({ kind: 'LOGOUT', stateLabel }, MAX_ORDER);
    session.hasEnded = true;
    this.session = undefined;
    this.ended = session;
    return session.end();
  }

  private tell(fact: LineFact): AgentEvent[] {
    const tellCall = CALL_VERBS[fact.body.verb];
    const session = this.sessionOf(fact, tellCall !== undefined);
    if (session === undefined) return outside(fact);
    session.begin(fact);
    if (tellCall === undefined) {
      changePauses(session, fact.body);
      session.settle();
    } else tellCall(session, fact.body, fact.at);
    return session.end();
  }

  /** The session in which a line belongs that is neither login nor logoff; a call opens one, for its agent was there. */
  private sessionOf(fact: LineFact, isCall: boolean): Session | undefined {
    if (this.session !== undefined || !isCall) return this.session;
    const { verb, callId } = fact.body;
    if (ENDINGS.has(verb) && this.ended?.answered.has(callId)) return this.ended;
    return this.open(fact);
  }

  private open(fact: LineFact): Session {
    const customStates = this.context.statesOf(fact.accountId);
    const restingState = ({ memberships }: Session): State => {
      const reason = memberships.pausedFor;
      if (reason === undefined) return { baseState: 'AVAILABLE', stateLabel: '' };
      return { baseState: pauseState(reason, customStates), stateLabel: reason };
    };
    this.session = new Session(fact, restingState);
    this.ended = undefined;
    return this.session;
  }
}

function isLogin({ verb }: QueueLine): boolean {
  return verb === 'ADDMEMBER' || verb === 'AGENTLOGIN' || verb === 'AGENTCALLBACKLOGIN';
}

function removeMember({ memberships }: Session, { queue, name }: QueueLine, at: number): void {
  memberships.remove(queue, name, at);
}

/** Ends a login; of a session without one, all that was seen of it. */
function logoff(session: Session, { verb }: QueueLine): void {
  if (!session.hasLogin) session.memberships.clear();
  else if (session.isOnLine && (verb === 'AGENTLOGOFF' || !session.isOnCallback)) session.isOnLine = false;
  else session.isOnCallback = false;
}

function changePauses({ memberships, hasLogin }: Session, { verb, queue, data }: QueueLine): void {
  const isAll = queue === '' || verb === 'PAUSEALL' || verb === 'UNPAUSEALL';
  const isPause = verb === 'PAUSE' || verb === 'PAUSEALL';
  if (!isPause && verb !== 'UNPAUSE' && verb !== 'UNPAUSEALL') return;
  if (!isAll) memberships.see(queue, !hasLogin);
  if (isAll) isPause ? memberships.pauseAll(data[0] ?? '') : memberships.unpauseAll();
  else if (isPause) memberships.pause(queue, data[0] ?? '');
  else memberships.unpause(queue);
}

/** Kept, but of no session. */
function outside(fact: LineFact): AgentEvent[] {
  return [factEvent(fact, { order: fact.order })];
}
