// An agent's lines, in order, into login sessions: memberships and logins open and close them, a call opens one where neither did.
import type { AgentEvent } from '../../../events/agent-event.ts';
import { factEvent, type Sessionizer } from '../../agent-source.ts';
import type { DecodeContext } from '../../source.ts';
import { CALL_VERBS, ENDINGS, WITHIN_CALLS } from './calls.ts';
import { pauseState } from '../pause-states.ts';
import { type QueueLine, spanMs } from '../queue-line.ts';
import { type LineFact, Session, type State } from './session.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Silence after which a login is a new one, whatever is open: the default of OFFHOOK_SESSION_STALE_AFTER. */
const STALE_MS = 16 * HOUR_MS;
/**
 * Silence that ends a session whose login was never written, for members that are never removed, and after which a membership that
 * is added once more is a new one, for its removal was lost: shorter than a night, longer than what a restart takes.
 */
const SILENT_MS = 8 * HOUR_MS;

export function sessionizer(context: DecodeContext): Sessionizer<QueueLine> {
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
      case 'ADDMEMBER2':
        return this.addMember(fact);
      case 'AGENTLOGIN':
      case 'AGENTCALLBACKLOGIN':
        return this.login(fact);
      case 'REMOVEMEMBER':
        return this.leave(fact, this.session, removeMember);
      case 'AGENTLOGOFF':
      case 'AGENTCALLBACKLOGOFF':
        return this.leave(fact, this.sessionOfLogoff(fact), logoff);
      default:
        return this.tell(fact);
    }
  }

  private closeSilent({ at, body }: LineFact): void {
    const { session } = this;
    if (session === undefined || at - session.lastMs <= SILENT_MS) return;
    const silentMs = at - spanMs(body) - session.lastMs;
    const isOver = session.hasLogin ? isLogin(body) && silentMs > STALE_MS : silentMs > SILENT_MS;
    if (isOver) this.session = undefined;
  }

  private addMember(fact: LineFact): AgentEvent[] {
    const { verb, queue, name, data, isRealtime } = fact.body;
    const { session } = this;
    const isAgain = session?.memberships.has(queue, name) ?? false;
    const isLoggedIn = session !== undefined && (session.isOnLine || session.isOnCallback);
    if (isAgain && !isRealtime && !isLoggedIn && fact.at - session!.lastMs > SILENT_MS) this.session = undefined;
    return this.enter(fact, ({ memberships }) => {
      memberships.add(queue, name, fact.at, verb === 'ADDMEMBER2');
      if (data[0]?.toUpperCase() === 'PAUSED') memberships.pause(queue, data[1] ?? '');
    });
  }

  private login(fact: LineFact): AgentEvent[] {
    const isCallback = fact.body.verb === 'AGENTCALLBACKLOGIN';
    const { session } = this;
    const isNew = session !== undefined && Math.floor(session.startMs / 1000) !== Math.floor(fact.at / 1000);
    const isAgain = isCallback ? session?.isOnCallback : session?.isOnLine;
    if (isNew && (isAgain || !session.hasLogin)) this.session = undefined;
    return this.enter(fact, entered => {
      entered.knowsLogin = true;
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
    if (isFirst) session.tellState({ kind: 'LOGIN', phone: phoneOf(fact.body) }, 0);
    else session.settle();
    if (session.isOnLine && !wasOnLine) session.tell({ kind: 'OFF_HOOK' });
    return session.end();
  }

  private leave(
    fact: LineFact,
    session: Session | undefined,
    change: (session: Session, line: QueueLine, at: number) => void,
  ): AgentEvent[] {
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
    session.tellLogout(fact.body.verb === 'REMOVEMEMBER' ? '' : (fact.body.data[2] ?? ''));
    this.session = undefined;
    this.ended = session;
    return session.end();
  }

  /** The session that a logoff is about: one that is open, has just ended, or is told of by nothing but how long it lasted. */
  private sessionOfLogoff(fact: LineFact): Session | undefined {
    if (this.session !== undefined || spanMs(fact.body) === 0) return this.session;
    if (!this.reachesEnded(fact)) return this.open(fact);
    return this.ended?.knowsLogin ? undefined : this.ended;
  }

  /** Whether a line tells of a time that began before the session before ended, and so belongs there. */
  private reachesEnded({ at, body }: LineFact): boolean {
    const beforeMs = spanMs(body);
    return beforeMs > 0 && at - beforeMs < (this.ended?.endedMs ?? 0);
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
    if (this.reachesEnded(fact)) return this.ended;
    return WITHIN_CALLS.has(verb) ? undefined : this.open(fact);
  }

  /** Begins when what its first line tells of began. */
  private open(fact: LineFact): Session {
    const customStates = this.context.statesOf(fact.accountId);
    const restingState = ({ memberships }: Session): State => {
      const reason = memberships.pausedFor;
      if (reason === undefined) return { baseState: 'AVAILABLE', stateLabel: '' };
      return { baseState: pauseState(reason, customStates), stateLabel: reason };
    };
    this.session = new Session(fact, fact.at - spanMs(fact.body), restingState);
    this.ended = undefined;
    return this.session;
  }
}

function isLogin({ verb }: QueueLine): boolean {
  return verb.startsWith('ADDMEMBER') || verb === 'AGENTLOGIN' || verb === 'AGENTCALLBACKLOGIN';
}

/** The member added, or where the agent logged in from. */
function phoneOf({ verb, name, data }: QueueLine): string {
  const [phone = ''] = verb === 'ADDMEMBER' ? [name] : data;
  return phone === '-' ? '' : phone;
}

function removeMember({ memberships }: Session, { queue, name }: QueueLine, at: number): void {
  memberships.remove(queue, name, at);
}

/** Ends a login; of a session without one, all that was seen of it. */
function logoff(session: Session, line: QueueLine): void {
  if (!session.knowsLogin) session.tellLoginBefore(spanMs(line), phoneOf(line));
  session.knowsLogin = true;
  if (!session.hasLogin) session.memberships.clear();
  else if (session.isOnLine && (line.verb === 'AGENTLOGOFF' || !session.isOnCallback)) session.isOnLine = false;
  else session.isOnCallback = false;
  session.memberships.endWithLogin();
}

function changePauses({ memberships, hasLogin }: Session, { verb, queue, data }: QueueLine): void {
  const [reason = ''] = data;
  const isAll = queue === '' || verb === 'PAUSEALL' || verb === 'UNPAUSEALL';
  const isPause = verb === 'PAUSE' || verb === 'PAUSEALL';
  if (verb === 'PAUSEREASON') memberships.nameReason(queue, reason);
  if (!isPause && verb !== 'UNPAUSE' && verb !== 'UNPAUSEALL') return;
  if (!isAll) memberships.see(queue, !hasLogin);
  if (isAll) isPause ? memberships.pauseAll(reason) : memberships.unpauseAll();
  else if (isPause) memberships.pause(queue, reason);
  else memberships.unpause(queue);
}

/** Kept, but of no session. */
function outside(fact: LineFact): AgentEvent[] {
  return [factEvent(fact, { order: fact.order })];
}
