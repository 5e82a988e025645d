// One login session while it is being told: its state, its place in the present second, and events at earlier moments.
import { type AgentEvent, type BaseState, MAX_ORDER } from '../../../events/agent-event.ts';
import { type AgentFact, factEvent, sessionIdOf, type Told } from '../../agent-source.ts';
import { Memberships } from './memberships.ts';
import { RecentCalls } from './recent-calls.ts';
import type { QueueLine } from '../queue-line.ts';

export type LineFact = AgentFact<QueueLine>;

/** A state as the agent sees it. */
export interface State {
  baseState: BaseState;
  stateLabel: string;
}

const ENGAGED: State = { baseState: 'ENGAGED', stateLabel: '' };
const DIALLING: State = { baseState: 'TRANSITION', stateLabel: '' };

/** Orders within a second: events of the present are counted up, those told afterwards come after all of them. */
const FIRST_ORDER = 1;
const LAST_ORDER = 60;
const ENDED_BEFORE_ORDER = 61;
const TOLD_LATER_ORDER = 62;
/** Moments of a ring or a dial that others may cut into: more than come within one. */
const MAX_MOMENTS = 64;
/** A number that was dialled longer ago is not being dialled any more, though nobody wrote how it ended. */
const LONGEST_DIAL_MS = 60 * 60 * 1000;

/** A number that is being dialled, or talked to: the log tells which only when it is over. */
interface Dial {
  id: string;
  sinceMs: number;
}

export class Session {
  readonly id: string;
  /** When it began: with its first line, or before it, where that one tells of the time before. */
  startMs: number;
  readonly memberships = new Memberships();
  /** When the last fact came. */
  lastMs: number;
  /** Whether a login or a membership that began is known; else the session began with a call. */
  hasLogin = false;
  /** Logged in by AGENTLOGIN, with the line open. */
  isOnLine = false;
  /** Logged in by AGENTCALLBACKLOGIN. */
  isOnCallback = false;
  /** Whether the beginning of a login, not only of a membership, is known. */
  knowsLogin = false;
  /** When the agent left. */
  endedMs: number | undefined;
  /** The call being talked, and since when. */
  call: { id: string; sinceMs: number } | undefined;
  /** The call on hold. */
  heldCall: string | undefined;
  /** When the numbers were dialled whose end is not written yet, by call. */
  readonly dials = new Map<string, number>();
  readonly answered = new RecentCalls();

  private readonly restingState: (session: Session) => State;
  private state: State | undefined;
  /** The last time in which the agent could be rung; without an end while it lasts. */
  private free: { sinceMs: number; untilMs: number | undefined } | undefined;
  /** When a ring ended within it: other rings may go on. */
  private ringEnds: number[] = [];
  /** When states were entered since a number was dialled: other calls may go on within the one dialled. */
  private dialMoments: number[] = [];
  /** Whether a number was talked to beside one whose end is not written: who dials a second one talks to the first. */
  private talksBesideDial = false;
  private order = FIRST_ORDER;
  private events: AgentEvent[] = [];
  private fact: LineFact;

  /**
   * @param beganMs when it began, by what the first line tells of the time before it
   * @param restingState the state of an agent without a call
   */
  constructor(first: LineFact, beganMs: number, restingState: (session: Session) => State) {
    this.id = sessionIdOf(first, beganMs);
    this.startMs = beganMs;
    this.lastMs = first.at;
    if (beganMs < first.at) this.free = { sinceMs: beganMs, untilMs: undefined };
    this.fact = first;
    this.restingState = restingState;
  }

  begin(fact: LineFact): void {
    if (fact.at !== this.lastMs) this.order = FIRST_ORDER;
    this.lastMs = fact.at;
    this.fact = fact;
    this.events = [];
  }

  /** What came of the fact; a fact that changed nothing is kept all the same. */
  end(): AgentEvent[] {
    if (this.events.length === 0) this.tell({});
    return this.events;
  }

  /** An event of this moment. */
  tell(told: Told, order = this.order): AgentEvent {
    this.order = Math.min(this.order + 1, LAST_ORDER);
    return this.add(told, order, this.fact.at);
  }

  /** An event of this moment, and with it the state that now follows from calls and pauses. */
  tellState(told: Told, order?: number): void {
    const before = this.state;
    const state = this.enter(this.fact.at);
    // Free again after a ring, which `state` does not tell; any other state goes on as it is.
    const isEntered = state.baseState === 'AVAILABLE' || !isSame(before, state);
    const event = this.tell(told, order);
    if (isEntered && this.endedMs === undefined) this.put(event, state);
  }

  /** A login that a later line tells of: the session begins with it. */
  tellLoginBefore(spanMs: number, phone: string): void {
    const beganMs = this.fact.at - spanMs;
    if (beganMs > this.startMs) return;
    this.add({ kind: 'LOGIN', phone }, 0, beganMs).baseState = 'AVAILABLE';
    this.startMs = beganMs;
  }

  tellLogout(stateLabel: string): void {
    this.tell({ kind: 'LOGOUT', stateLabel }, MAX_ORDER);
    this.endedMs = this.fact.at;
    if (this.free !== undefined) this.free.untilMs ??= this.endedMs;
  }

  /** The state that follows from calls and pauses, if it is another one. */
  settle(): void {
    if (!isSame(this.state, this.present())) this.tellState({});
  }

  /**
   * An event that happened up to `spanMs` ago, and its state since then, for as long as the agent was free: a phone
   * that rings beside a call or in a pause changes no state.
   */
  tellSince(spanMs: number, told: Told, baseState: BaseState): void {
    const { at } = this.fact;
    const startMs = Math.max(at - spanMs, this.free?.sinceMs ?? at);
    const endMs = this.free?.untilMs ?? at;
    if (startMs >= endMs) {
      this.tell(told);
      return;
    }
    this.add(told, TOLD_LATER_ORDER, startMs).baseState = baseState;
    for (const ms of this.ringEnds) {
      if (ms > startMs && ms < endMs) this.add({ baseState }, TOLD_LATER_ORDER, ms);
    }
    // Free again from now on, so that no ring told later reaches into the call.
    if (baseState === 'ENGAGED' && endMs === at) this.free = undefined;
  }

  /** An event that happened `spanMs` ago, but not before the moment given, and the state since then. */
  tellAfter(sinceMs: number, spanMs: number, told: Told): void {
    const at = Math.max(this.fact.at - spanMs, sinceMs);
    if (at === this.fact.at) this.tell(told);
    else this.add(told, TOLD_LATER_ORDER, at);
  }

  /**
   * The talk of a number dialled at the moment given, up to now; what was told within it, such as of a second number, did not end
   * it.
   */
  tellTalk(dialledMs: number, talkMs: number, told: Told): void {
    const { at } = this.fact;
    const startMs = Math.max(at - talkMs, dialledMs);
    if (startMs >= (this.endedMs ?? at)) {
      this.tellAfter(dialledMs, talkMs, told);
      return;
    }
    this.add(told, TOLD_LATER_ORDER, startMs).baseState = 'ENGAGED';
    for (const ms of this.dialMoments) {
      if (ms > startMs && ms < at) this.add({ baseState: 'ENGAGED' }, TOLD_LATER_ORDER, ms);
    }
    this.state = ENGAGED;
    this.talksBesideDial = this.dials.size > 0;
  }

  dial(callId: string, at: number): void {
    if (this.dials.size === 0) {
      this.dialMoments = [];
      this.talksBesideDial = false;
    }
    this.dials.set(callId, at);
  }

  /** The number dialled that a line is about: the one of its call, else the latest one. */
  dialOf(callId: string): Dial | undefined {
    const ownMs = this.dials.get(callId);
    if (ownMs !== undefined) return { id: callId, sinceMs: ownMs };
    const latest = [...this.dials].at(-1);
    return latest && { id: latest[0], sinceMs: latest[1] };
  }

  endDial(callId: string): Dial | undefined {
    const dial = this.dials.size === 0 ? undefined : this.dialOf(callId);
    if (dial === undefined) return undefined;
    this.dials.delete(dial.id);
    if (this.heldCall === dial.id) this.heldCall = undefined;
    return dial;
  }

  /** The call ended, nobody wrote when: at the latest as the agent was called the next time, up to `spanMs` ago. */
  endCallBefore(spanMs: number): void {
    if (this.call === undefined) return;
    const { id, sinceMs } = this.call;
    const endMs = Math.max(this.fact.at - spanMs, sinceMs);
    this.call = undefined;
    this.heldCall = undefined;
    const told: Told = { kind: 'CALL_END', callId: id };
    if (endMs === this.fact.at) this.tellState(told);
    else this.put(this.add(told, ENDED_BEFORE_ORDER, endMs), this.enter(endMs));
  }

  private present(): State {
    if (this.call !== undefined) return ENGAGED;
    if (this.isDialling()) return this.talksBesideDial ? ENGAGED : DIALLING;
    return this.restingState(this);
  }

  private isDialling(): boolean {
    for (const sinceMs of this.dials.values()) if (this.fact.at - sinceMs <= LONGEST_DIAL_MS) return true;
    return false;
  }

  private enter(at: number): State {
    const state = this.present();
    const wasFree = this.free !== undefined && this.free.untilMs === undefined;
    if (state.baseState !== 'AVAILABLE') {
      if (wasFree) this.free!.untilMs = at;
    } else if (wasFree) {
      this.ringEnds.push(at);
      if (this.ringEnds.length > MAX_MOMENTS) this.ringEnds.shift();
    } else {
      this.free = { sinceMs: at, untilMs: undefined };
      this.ringEnds = [];
    }
    this.state = state;
    return state;
  }

  private put(event: AgentEvent, { baseState, stateLabel }: State): void {
    event.baseState = baseState;
    event.stateLabel = stateLabel;
    if (this.dials.size === 0) return;
    this.dialMoments.push(event.at);
    if (this.dialMoments.length > MAX_MOMENTS) this.dialMoments.shift();
  }

  private add(told: Told, order: number, at: number): AgentEvent {
    // Put in afterwards, not by copies of what is told: millions of events are made.
    const event = factEvent(this.fact, told, this.events.length);
    event.loginSessionId = this.id;
    event.order = order;
    event.at = at;
    this.events.push(event);
    return event;
  }
}

function isSame(a: State | undefined, b: State): boolean {
  return a?.baseState === b.baseState && a.stateLabel === b.stateLabel;
}
