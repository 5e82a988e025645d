// Turns an agent's log lines into login sessions. Memberships and logins open and close them; a call opens one if neither did.
import type { AgentEvent } from '../../../events/agent-event.ts';
import { factEvent, type Sessionizer } from '../../agent-source.ts';
import type { DecodeContext } from '../../source.ts';
import { pauseState } from '../pause-states.ts';
import { type QueueLine, spanMs } from '../queue-line.ts';
import { CALL_END_VERBS, CALL_VERBS, MID_CALL_VERBS } from './calls.ts';
import { type LineFact, Session, type State } from './session.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Time without a line after which a login begins a new session, whatever is open: the default of OFFHOOK_SESSION_STALE_AFTER. */
const STALE_MS = 16 * HOUR_MS;
/**
 * Time without a line that ends a session without a login (members that are never removed), and after which a membership that
 * is added again begins a new session (its removal was lost). Shorter than a night, longer than a restart.
 */
const SILENCE_MS = 8 * HOUR_MS;

export function sessionizer(context: DecodeContext): Sessionizer<QueueLine> {
  return new AsteriskSessions(context);
}

class AsteriskSessions implements Sessionizer<QueueLine> {
  private readonly context: DecodeContext;
  private session: Session | undefined;
  /** The previous session, until the next one begins: lines about its last call may come after its end. */
  private lastSession: Session | undefined;

  constructor(context: DecodeContext) {
    this.context = context;
  }

  next(fact: LineFact): AgentEvent[] {
    this.endStaleSession(fact);
    switch (fact.body.verb) {
      case 'ADDMEMBER':
      case 'ADDMEMBER2':
        return this.addMember(fact);
      case 'AGENTLOGIN':
      case 'AGENTCALLBACKLOGIN':
        return this.login(fact);
      case 'REMOVEMEMBER':
        return this.applyLogoff(fact, this.session, removeMember);
      case 'AGENTLOGOFF':
      case 'AGENTCALLBACKLOGOFF':
        return this.applyLogoff(fact, this.sessionOfLogoff(fact), logoff);
      default:
        return this.handle(fact);
    }
  }

  private endStaleSession({ at, body }: LineFact): void {
    const { session } = this;
    if (session === undefined || at - session.lastMs <= SILENCE_MS) return;
    const silentMs = at - spanMs(body) - session.lastMs;
    const isStale = session.hasLogin ? isLogin(body) && silentMs > STALE_MS : silentMs > SILENCE_MS;
    if (isStale) this.session = undefined;
  }

  private addMember(fact: LineFact): AgentEvent[] {
    const { verb, queue, name, data, isRealtime } = fact.body;
    const { session } = this;
    const isRepeated = session?.memberships.has(queue, name) ?? false;
    const isLoggedIn = session !== undefined && (session.isOffHook || session.isCallbackLogin);
    if (isRepeated && !isRealtime && !isLoggedIn && fact.at - session!.lastMs > SILENCE_MS) this.session = undefined;
    return this.applyLogin(fact, ({ memberships }) => {
      memberships.add(queue, name, fact.at, verb === 'ADDMEMBER2');
      if (data[0]?.toUpperCase() === 'PAUSED') memberships.pause(queue, data[1] ?? '');
    });
  }

  private login(fact: LineFact): AgentEvent[] {
    const isCallback = fact.body.verb === 'AGENTCALLBACKLOGIN';
    const { session } = this;
    const isNew = session !== undefined && Math.floor(session.startMs / 1000) !== Math.floor(fact.at / 1000);
    const isRepeated = isCallback ? session?.isCallbackLogin : session?.isOffHook;
    if (isNew && (isRepeated || !session.hasLogin)) this.session = undefined;
    return this.applyLogin(fact, entered => {
      entered.isLoginKnown = true;
      if (isCallback) entered.isCallbackLogin = true;
      else entered.isOffHook = true;
    });
  }

  /** Applies a login or membership to the open session, or to a new one that begins with it. */
  private applyLogin(fact: LineFact, change: (session: Session) => void): AgentEvent[] {
    const isFirst = this.session === undefined;
    const session = this.session ?? this.openSession(fact);
    session.beginFact(fact);
    const wasOffHook = session.isOffHook;
    session.hasLogin = true;
    change(session);
    if (isFirst) session.emitWithState({ kind: 'LOGIN', phone: phoneOf(fact.body) }, 0);
    else session.updateState();
    if (session.isOffHook && !wasOffHook) session.emit({ kind: 'OFF_HOOK' });
    return session.endFact();
  }

  private applyLogoff(
    fact: LineFact,
    session: Session | undefined,
    change: (session: Session, line: QueueLine, at: number) => void,
  ): AgentEvent[] {
    if (session === undefined) return eventOutsideSession(fact);
    session.beginFact(fact);
    const wasOffHook = session.isOffHook;
    change(session, fact.body, fact.at);
    if (wasOffHook && !session.isOffHook) session.emit({ kind: 'ON_HOOK' });
    if (session.isOffHook || session.isCallbackLogin || session.memberships.keepSession) {
      session.updateState();
      return session.endFact();
    }
    // A forced logoff has its reason (Autologoff, Chanunavail) after channel and duration.
    session.emitLogout(fact.body.verb === 'REMOVEMEMBER' ? '' : (fact.body.data[2] ?? ''));
    this.session = undefined;
    this.lastSession = session;
    return session.endFact();
  }

  /** The session that a logoff ends: the open one, the one that just ended, or a new one known only by the logoff's duration. */
  private sessionOfLogoff(fact: LineFact): Session | undefined {
    if (this.session !== undefined || spanMs(fact.body) === 0) return this.session;
    if (!this.beganInLastSession(fact)) return this.openSession(fact);
    return this.lastSession?.isLoginKnown ? undefined : this.lastSession;
  }

  /** Whether the time that a line reports began before the previous session ended, so that the line belongs to it. */
  private beganInLastSession({ at, body }: LineFact): boolean {
    const beforeMs = spanMs(body);
    return beforeMs > 0 && at - beforeMs < (this.lastSession?.endedMs ?? 0);
  }

  private handle(fact: LineFact): AgentEvent[] {
    const handleCall = CALL_VERBS[fact.body.verb];
    const session = this.sessionOf(fact, handleCall !== undefined);
    if (session === undefined) return eventOutsideSession(fact);
    session.beginFact(fact);
    if (handleCall === undefined) {
      applyPause(session, fact.body);
      session.updateState();
    } else handleCall(session, fact.body, fact.at);
    return session.endFact();
  }

  /** The session of a line that is neither login nor logoff. A call opens one, since it proves that the agent was there. */
  private sessionOf(fact: LineFact, isCall: boolean): Session | undefined {
    if (this.session !== undefined || !isCall) return this.session;
    const { verb, callId } = fact.body;
    if (CALL_END_VERBS.has(verb) && this.lastSession?.answered.has(callId)) return this.lastSession;
    if (this.beganInLastSession(fact)) return this.lastSession;
    return MID_CALL_VERBS.has(verb) ? undefined : this.openSession(fact);
  }

  /** Opens a session at the beginning of the time that its first line reports. */
  private openSession(fact: LineFact): Session {
    const customStates = this.context.statesOf(fact.accountId);
    const stateOffCall = ({ memberships }: Session): State => {
      const reason = memberships.pauseReason;
      if (reason === undefined) return { baseState: 'AVAILABLE', stateLabel: '' };
      return { baseState: pauseState(reason, customStates), stateLabel: reason };
    };
    this.session = new Session(fact, fact.at - spanMs(fact.body), stateOffCall);
    this.lastSession = undefined;
    return this.session;
  }
}

function isLogin({ verb }: QueueLine): boolean {
  return verb.startsWith('ADDMEMBER') || verb === 'AGENTLOGIN' || verb === 'AGENTCALLBACKLOGIN';
}

/** The interface of the added member, or the phone of the login. */
function phoneOf({ verb, name, data }: QueueLine): string {
  const [phone = ''] = verb === 'ADDMEMBER' ? [name] : data;
  return phone === '-' ? '' : phone;
}

function removeMember({ memberships }: Session, { queue, name }: QueueLine, at: number): void {
  memberships.remove(queue, name, at);
}

/** Ends the login. In a session without a known login, it ends all memberships. */
function logoff(session: Session, line: QueueLine): void {
  if (!session.isLoginKnown) session.emitEarlierLogin(spanMs(line), phoneOf(line));
  session.isLoginKnown = true;
  if (!session.hasLogin) session.memberships.clear();
  else if (session.isOffHook && (line.verb === 'AGENTLOGOFF' || !session.isCallbackLogin)) session.isOffHook = false;
  else session.isCallbackLogin = false;
  session.memberships.endWithLogin();
}

function applyPause({ memberships, hasLogin }: Session, { verb, queue, data }: QueueLine): void {
  const [reason = ''] = data;
  const isAll = queue === '' || verb === 'PAUSEALL' || verb === 'UNPAUSEALL';
  const isPause = verb === 'PAUSE' || verb === 'PAUSEALL';
  if (verb === 'PAUSEREASON') memberships.setPauseReason(queue, reason);
  if (!isPause && verb !== 'UNPAUSE' && verb !== 'UNPAUSEALL') return;
  if (!isAll) memberships.observe(queue, !hasLogin);
  if (isAll) isPause ? memberships.pauseAll(reason) : memberships.unpauseAll();
  else if (isPause) memberships.pause(queue, reason);
  else memberships.unpause(queue);
}

/** The event of a line outside any session: stored, but without effect. */
function eventOutsideSession(fact: LineFact): AgentEvent[] {
  return [factEvent(fact, { order: fact.order })];
}
