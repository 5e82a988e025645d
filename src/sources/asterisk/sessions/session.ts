// One login session of an agent: keeps its state and emits its events, also those that a later line reports after the fact.
import { type AgentEvent, type BaseState, MAX_ORDER } from '../../../events/agent-event.ts';
import { type AgentFact, type EventFields, factEvent, sessionIdOf } from '../../agent-source.ts';
import type { QueueLine } from '../queue-line.ts';
import { Memberships } from './memberships.ts';
import { RecentCalls } from './recent-calls.ts';

export type LineFact = AgentFact<QueueLine>;

/** A state as the agent sees it. */
export interface State {
  baseState: BaseState;
  stateLabel: string;
}

const ENGAGED: State = { baseState: 'ENGAGED', stateLabel: '' };
const DIALLING: State = { baseState: 'TRANSITION', stateLabel: '' };

/** Orders within a second: its own events count up from the first; events added to it by later lines follow them. */
const FIRST_ORDER = 1;
const LAST_ORDER = 60;
const MISSED_END_ORDER = 61;
const BACKDATED_ORDER = 62;
/** Times kept for one ring or dial, at which other calls changed the state: more than occur within one. */
const MAX_REMEMBERED_TIMES = 64;
/** A dial whose end is missing from the log counts as over after this time. */
const LONGEST_DIAL_MS = 60 * 60 * 1000;

/** A dialled number, ringing or connected: the log tells which only when the call is over. */
interface Dial {
  id: string;
  sinceMs: number;
}

export class Session {
  readonly id: string;
  /** The first line, or earlier if that line reports a time before it. */
  startMs: number;
  readonly memberships = new Memberships();
  /** The instant of the last fact. */
  lastMs: number;
  /** Whether the session began with a login or a membership; else it began with a call. */
  hasLogin = false;
  /** Logged in by AGENTLOGIN, off hook for the whole login. */
  isOffHook = false;
  /** Logged in by AGENTCALLBACKLOGIN. */
  isCallbackLogin = false;
  /** Whether the log holds a login, not only a membership. */
  isLoginKnown = false;
  /** The logout; undefined before it. */
  endedMs: number | undefined;
  /** The connected call. */
  call: { id: string; sinceMs: number } | undefined;
  /** The id of the call on hold. */
  heldCall: string | undefined;
  /** Dials whose end is not logged yet: the time of the dial by call id. */
  readonly dials = new Map<string, number>();
  readonly answered = new RecentCalls();

  private readonly stateOffCall: (session: Session) => State;
  private state: State | undefined;
  /** The last period in which the agent could be rung; no end while it lasts. */
  private available: { sinceMs: number; untilMs: number | undefined } | undefined;
  /** Ends of rings within that period: other rings may continue past them. */
  private ringEndsMs: number[] = [];
  /** State changes since a number was dialled: other calls may come and go during the dialled one. */
  private dialStateChangesMs: number[] = [];
  /** Whether a dialled call connected while another dial has no logged end: who dials a second number talks to the first. */
  private talksWhileDialling = false;
  private order = FIRST_ORDER;
  private events: AgentEvent[] = [];
  private fact: LineFact;

  /**
   * @param startMs the first line's instant, or earlier if the line reports a time before it
   * @param stateOffCall the state of the agent when in no call
   */
  constructor(first: LineFact, startMs: number, stateOffCall: (session: Session) => State) {
    this.id = sessionIdOf(first, startMs);
    this.startMs = startMs;
    this.lastMs = first.at;
    if (startMs < first.at) this.available = { sinceMs: startMs, untilMs: undefined };
    this.fact = first;
    this.stateOffCall = stateOffCall;
  }

  beginFact(fact: LineFact): void {
    if (fact.at !== this.lastMs) this.order = FIRST_ORDER;
    this.lastMs = fact.at;
    this.fact = fact;
    this.events = [];
  }

  /** The events of the current fact. A fact that changed nothing gives one event without effect, so that it is stored. */
  endFact(): AgentEvent[] {
    if (this.events.length === 0) this.emit({});
    return this.events;
  }

  /** Emits an event at the fact's instant. */
  emit(fields: EventFields, order = this.order): AgentEvent {
    this.order = Math.min(this.order + 1, LAST_ORDER);
    return this.add(fields, order, this.fact.at);
  }

  /** Emits an event at the fact's instant that also enters the state that follows from calls and pauses. */
  emitWithState(fields: EventFields, order?: number): void {
    const before = this.state;
    const state = this.enterState(this.fact.at);
    // AVAILABLE is entered again after a ring, which `state` does not show; any other state continues.
    const isEntered = state.baseState === 'AVAILABLE' || !isSame(before, state);
    const event = this.emit(fields, order);
    if (isEntered && this.endedMs === undefined) this.setState(event, state);
  }

  /** Emits a login that a later line reports; the session then begins with it. */
  emitEarlierLogin(spanMs: number, phone: string): void {
    const startMs = this.fact.at - spanMs;
    if (startMs > this.startMs) return;
    this.add({ kind: 'LOGIN', phone }, 0, startMs).baseState = 'AVAILABLE';
    this.startMs = startMs;
  }

  emitLogout(stateLabel: string): void {
    this.emit({ kind: 'LOGOUT', stateLabel }, MAX_ORDER);
    this.endedMs = this.fact.at;
    if (this.available !== undefined) this.available.untilMs ??= this.endedMs;
  }

  /** Emits a state change if calls and pauses lead to another state. */
  updateState(): void {
    if (!isSame(this.state, this.currentState())) this.emitWithState({});
  }

  /**
   * Emits an event that happened up to `spanMs` ago and its state since then, limited to the period in which the agent was
   * available: a phone that rings during a call or a pause changes no state.
   */
  emitSince(spanMs: number, fields: EventFields, baseState: BaseState): void {
    const { at } = this.fact;
    const startMs = Math.max(at - spanMs, this.available?.sinceMs ?? at);
    const endMs = this.available?.untilMs ?? at;
    if (startMs >= endMs) {
      this.emit(fields);
      return;
    }
    this.add(fields, BACKDATED_ORDER, startMs).baseState = baseState;
    for (const ms of this.ringEndsMs) {
      if (ms > startMs && ms < endMs) this.add({ baseState }, BACKDATED_ORDER, ms);
    }
    // The available period ends here, so that a ring logged later cannot reach into the call.
    if (baseState === 'ENGAGED' && endMs === at) this.available = undefined;
  }

  /** Emits an event that happened `spanMs` ago, but not before `sinceMs`. It changes no state. */
  emitEarlier(sinceMs: number, spanMs: number, fields: EventFields): void {
    const at = Math.max(this.fact.at - spanMs, sinceMs);
    if (at === this.fact.at) this.emit(fields);
    else this.add(fields, BACKDATED_ORDER, at);
  }

  /**
   * Emits the talk time of a number dialled at `dialledMs`, up to now. Events within it, such as those of a second dial, did not
   * end it.
   */
  emitTalk(dialledMs: number, talkMs: number, fields: EventFields): void {
    const { at } = this.fact;
    const startMs = Math.max(at - talkMs, dialledMs);
    if (startMs >= (this.endedMs ?? at)) {
      this.emitEarlier(dialledMs, talkMs, fields);
      return;
    }
    this.add(fields, BACKDATED_ORDER, startMs).baseState = 'ENGAGED';
    for (const ms of this.dialStateChangesMs) {
      if (ms > startMs && ms < at) this.add({ baseState: 'ENGAGED' }, BACKDATED_ORDER, ms);
    }
    this.state = ENGAGED;
    this.talksWhileDialling = this.dials.size > 0;
  }

  dial(callId: string, at: number): void {
    if (this.dials.size === 0) {
      this.dialStateChangesMs = [];
      this.talksWhileDialling = false;
    }
    this.dials.set(callId, at);
  }

  /** The dial that a line is about: the one with its call id, else the latest one. */
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

  /** Ends a call whose end is not logged: at the latest when the agent was rung again, up to `spanMs` ago. */
  endUnfinishedCall(spanMs: number): void {
    if (this.call === undefined) return;
    const { id, sinceMs } = this.call;
    const endMs = Math.max(this.fact.at - spanMs, sinceMs);
    this.call = undefined;
    this.heldCall = undefined;
    const fields: EventFields = { kind: 'CALL_END', callId: id };
    if (endMs === this.fact.at) this.emitWithState(fields);
    else this.setState(this.add(fields, MISSED_END_ORDER, endMs), this.enterState(endMs));
  }

  private currentState(): State {
    if (this.call !== undefined) return ENGAGED;
    if (this.isDialling()) return this.talksWhileDialling ? ENGAGED : DIALLING;
    return this.stateOffCall(this);
  }

  private isDialling(): boolean {
    for (const sinceMs of this.dials.values()) if (this.fact.at - sinceMs <= LONGEST_DIAL_MS) return true;
    return false;
  }

  private enterState(at: number): State {
    const state = this.currentState();
    const wasAvailable = this.available !== undefined && this.available.untilMs === undefined;
    if (state.baseState !== 'AVAILABLE') {
      if (wasAvailable) this.available!.untilMs = at;
    } else if (wasAvailable) {
      this.ringEndsMs.push(at);
      if (this.ringEndsMs.length > MAX_REMEMBERED_TIMES) this.ringEndsMs.shift();
    } else {
      this.available = { sinceMs: at, untilMs: undefined };
      this.ringEndsMs = [];
    }
    this.state = state;
    return state;
  }

  private setState(event: AgentEvent, { baseState, stateLabel }: State): void {
    event.baseState = baseState;
    event.stateLabel = stateLabel;
    if (this.dials.size === 0) return;
    this.dialStateChangesMs.push(event.at);
    if (this.dialStateChangesMs.length > MAX_REMEMBERED_TIMES) this.dialStateChangesMs.shift();
  }

  private add(fields: EventFields, order: number, at: number): AgentEvent {
    // Assigned, not spread into a copy: an import makes millions of events.
    const event = factEvent(this.fact, fields, this.events.length);
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
