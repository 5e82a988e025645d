// One login session of an agent: compares each event's snapshots with the known state and emits the differences as events.
import type { AgentEvent, BaseState } from '../../events/agent-event.ts';
import { sessionIdOf } from '../agent-source.ts';
import type { CustomStates } from '../state-labels.ts';
import { FactEvents, type Position } from './fact-events.ts';
import type { OpenContact } from './open-contact.ts';
import { type KnownState, planOf, type Step } from './plan.ts';
import type { ConnectFact } from './read-event.ts';
import type { Status } from './snapshot.ts';
import { isOffline, type StatusState, stateOfStatus } from './statuses.ts';

export class Session implements KnownState {
  readonly id: string;
  readonly startMs: number;
  readonly contacts = new Map<string, OpenContact>();
  status: Status | null = null;
  /** The latest instant at which an event showed that the agent was there. */
  lastSeenMs: number;
  isOver = false;

  private readonly customStates: CustomStates;
  private last: ConnectFact;
  private state: StatusState | null = null;
  private statusState: StatusState = { baseState: 'UNKNOWN', label: '' };
  /** False until the agent leaves the status Offline after the login. */
  private wasOnline = false;
  private readonly position: Position = { at: 0, order: 0 };

  constructor(first: ConnectFact, customStates: CustomStates) {
    this.id = sessionIdOf(first);
    this.startMs = first.at;
    this.lastSeenMs = first.at;
    this.last = first;
    this.customStates = customStates;
  }

  get lastMs(): number {
    return this.last.at;
  }

  /** The events of the session's next fact. The first fact is the one given to the constructor. */
  eventsOf(fact: ConnectFact): AgentEvent[] {
    const collected = new FactEvents(fact, this.position);
    if (fact === this.last && hasLogin(fact)) collected.addLoginOrLogout(fact.at, 'LOGIN');
    if (!happenedBefore(fact, this.last)) this.applyFact(fact, collected);
    const events = collected.finish(this);
    for (const { loginSessionId, at } of events) {
      if (loginSessionId !== '' && at > this.lastSeenMs) this.lastSeenMs = at;
    }
    return events;
  }

  private applyFact(fact: ConnectFact, events: FactEvents): void {
    const steps = planOf(this, fact);
    if (fact === this.last) steps.push({ at: fact.at });
    for (let i = 0; i < steps.length && !this.isOver; i++) {
      const step = steps[i]!;
      this.applyStep(step, events);
      if (steps[i + 1]?.at !== step.at) this.enterState(step.at, events);
    }
    if (fact.body.type === 'LOGOUT' && !this.isOver) this.end(fact.at, events);
    this.last = fact;
  }

  private applyStep({ at, open, phase, isBeforeSession, status }: Step, events: FactEvents): void {
    if (status !== undefined) {
      this.status = status;
      this.statusState = stateOfStatus(status, this.customStates);
    }
    if (open === undefined || phase === undefined) return;
    const kinds = phase === 'gone' ? open.leave() : open.enter(phase);
    if (phase === 'gone') this.contacts.delete(open.contact.id);
    if (!isBeforeSession) for (const kind of kinds) events.add(at, { kind, ...open.eventFields() });
  }

  /** Enters the state after all steps of an instant. */
  private enterState(at: number, events: FactEvents): void {
    const isLoggedOff = this.status !== null && isOffline(this.status) && !this.has(open => open.isLive);
    if (isLoggedOff && this.wasOnline) {
      this.end(at, events);
      return;
    }
    if (!isLoggedOff && this.status !== null) this.wasOnline = true;
    const state = this.currentState();
    if (state.baseState === this.state?.baseState && state.label === this.state.label) return;
    this.state = state;
    events.enter(at, state.baseState, state.label);
  }

  /** Among several contacts, the one that needs the agent most decides; without contacts, the status that the agent chose. */
  private currentState(): StatusState {
    const inPhase = (...phases: OpenContact['phase'][]) =>
      this.has(open => !open.isMonitored && phases.includes(open.phase));
    let baseState: BaseState | undefined;
    if (this.contacts.size === 0) return this.statusState;
    if (inPhase('talking', 'held')) baseState = 'ENGAGED';
    else if (this.has(open => open.isMonitored && open.isLive)) baseState = 'MONITORING';
    else if (inPhase('ringing')) baseState = 'TRANSITION';
    else if (inPhase('ended')) baseState = 'WORKING';
    else if (inPhase('missed')) baseState = 'RNA';
    return baseState === undefined ? this.statusState : { baseState, label: '' };
  }

  private has(test: (open: OpenContact) => boolean): boolean {
    for (const open of this.contacts.values()) if (test(open)) return true;
    return false;
  }

  private end(at: number, events: FactEvents): void {
    events.addLoginOrLogout(at, 'LOGOUT');
    this.isOver = true;
  }
}

/** Coming back from the status Offline is a login, as is opening the contact control panel. */
function hasLogin({ body }: ConnectFact): boolean {
  return body.type === 'LOGIN' || (body.previous?.status != null && isOffline(body.previous.status));
}

/**
 * Whether an event of the same millisecond is sorted after the last one but happened before it: it leads to the state in which
 * the last one began.
 */
function happenedBefore(fact: ConnectFact, last: ConnectFact): boolean {
  if (fact === last || fact.at !== last.at || last.body.previous === null || fact.body.previous === null) return false;
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return same(fact.body.current, last.body.previous) && !same(fact.body.previous, last.body.current);
}
