// One login session while it is being told: its state, its place in the present second, and events at earlier moments.
import type { AgentEvent, BaseState } from '../../events/agent-event.ts';
import { type AgentFact, factEvent, sessionIdOf, type Told } from '../agent-facts.ts';
import { Memberships } from './memberships.ts';
import { RecentCalls } from './recent-calls.ts';
import type { QueueLine } from './queue-line.ts';

export type LineFact = AgentFact<QueueLine>;

/** A state as the agent sees it. */
export interface State {
  baseState: BaseState;
  stateLabel: string;
}

/** Orders within a second: events of the present are counted up, those told afterwards come after all of them. */
const FIRST_ORDER = 1;
const LAST_ORDER = 60;
const ENDED_BEFORE_ORDER = 61;
const TOLD_LATER_ORDER = 62;
/** Moments of a ring that other rings may cut into: as many as agents are rung by at once, and more. */
const MAX_MOMENTS = 16;

export class Session {
  readonly id: string;
  readonly startMs: number;
  readonly memberships = new Memberships();
  /** When the last fact came. */
  lastMs: number;
  /** Whether a login or a membership that began is known; else the session began with a call. */
  hasLogin = false;
  /** Logged in by AGENTLOGIN, with the line open. */
  isOnLine = false;
  /** Logged in by AGENTCALLBACKLOGIN. */
  isOnCallback = false;
  hasEnded = false;
  /** The call being talked, and since when. */
  call: { id: string; sinceMs: number } | undefined;
  /** The number being dialled. */
  dial: { id: string; sinceMs: number } | undefined;
  readonly answered = new RecentCalls();

  private readonly restingState: (session: Session) => State;
  private state: State | undefined;
  /** The last time in which the agent could be rung; without an end while it lasts. */
  private free: { sinceMs: number; untilMs: number | undefined } | undefined;
  /** When a ring ended within it: other rings may go on. */
  private ringEnds: number[] = [];
  private order = FIRST_ORDER;
  private events: AgentEvent[] = [];
  private fact: LineFact;

  /** @param restingState the state of an agent without a call */
  constructor(first: LineFact, restingState: (session: Session) => State) {
    this.id = sessionIdOf(first);
    this.startMs = first.at;
    this.lastMs = first.at;
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
    if (isEntered && !this.hasEnded) put(event, state);
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
    if (startMs >= endMs || this.hasEnded) {
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

  /** The call ended, nobody wrote when: at the latest as the agent was called the next time, up to `spanMs` ago. */
  endCallBefore(spanMs: number): void {
    if (this.call === undefined) return;
    const { id, sinceMs } = this.call;
    const endMs = Math.max(this.fact.at - spanMs, sinceMs);
    this.call = undefined;
    const told: Told = { kind: 'CALL_END', callId: id };
    if (endMs === this.fact.at) this.tellState(told);
    else put(this.add(told, ENDED_BEFORE_ORDER, endMs), this.enter(endMs));
  }

  private present(): State {
    if (this.call !== undefined) return { baseState: 'ENGAGED', stateLabel: '' };
    if (this.dial !== undefined) return { baseState: 'TRANSITION', stateLabel: '' };
    return this.restingState(this);
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

function put(event: AgentEvent, { baseState, stateLabel }: State): void {
  event.baseState = baseState;
  event.stateLabel = stateLabel;
}

function isSame(a: State | undefined, b: State): boolean {
  return a?.baseState === b.baseState && a.stateLabel === b.stateLabel;
}
