// One login session of an agent: each snapshot is compared with what is known, and the differences become events.
import type { AgentEvent, BaseState } from '../../events/agent-event.ts';
import { sessionIdOf } from '../agent-source.ts';
import type { CustomStates } from '../state-labels.ts';
import type { OpenContact } from './open-contact.ts';
import { type Known, planOf, type Step } from './plan.ts';
import type { ConnectFact } from './read-event.ts';
import type { Status } from './snapshot.ts';
import { type CountedStatus, countedStatus, isOffline } from './statuses.ts';
import { type Place, Telling } from './profile-update.ts';

export class Session implements Known {
  readonly id: string;
  readonly startMs: number;
  readonly contacts = new Map<string, OpenContact>();
  status: Status | null = null;
  /** The latest moment at which an event showed that the agent is there. */
  toldMs: number;
  isOver = false;

  private readonly custom: CustomStates;
  private last: ConnectFact;
  private state: CountedStatus | null = null;
  private statusState: CountedStatus = { baseState: 'UNKNOWN', label: '' };
  /** False while an agent who has logged in has not left the status Offline yet. */
  private wasPresent = false;
  private readonly place: Place = { at: 0, order: 0 };

  constructor(first: ConnectFact, custom: CustomStates) {
    this.id = sessionIdOf(first);
    this.startMs = first.at;
    this.toldMs = first.at;
    this.last = first;
    this.custom = custom;
  }

  get lastMs(): number {
    return this.last.at;
  }

  /** The events of the session's next fact; the first is the one that it was made with. */
  tell(fact: ConnectFact): AgentEvent[] {
    const telling = new Telling(fact, this.place);
    if (fact === this.last && hasLogin(fact)) telling.addEdge(fact.at, 'LOGIN');
    if (!isOvertaken(fact, this.last)) this.follow(fact, telling);
    const events = telling.events(this);
    for (const { loginSessionId, at } of events) if (loginSessionId !== '' && at > this.toldMs) this.toldMs = at;
    return events;
  }

  private follow(fact: ConnectFact, telling: Telling): void {
    const steps = planOf(this, fact);
    if (fact === this.last) steps.push({ at: fact.at });
    for (let i = 0; i < steps.length && !this.isOver; i++) {
      const step = steps[i]!;
      this.take(step, telling);
      if (steps[i + 1]?.at !== step.at) this.settle(step.at, telling);
    }
    if (fact.body.type === 'LOGOUT' && !this.isOver) this.end(fact.at, telling);
    this.last = fact;
  }

  private take({ at, open, phase, isSilent, status }: Step, telling: Telling): void {
    if (status !== undefined) {
      this.status = status;
      this.statusState = countedStatus(status, this.custom);
    }
    if (open === undefined || phase === undefined) return;
    const kinds = phase === 'gone' ? open.leave() : open.enter(phase);
    if (phase === 'gone') this.contacts.delete(open.contact.id);
    if (!isSilent) for (const kind of kinds) telling.add(at, { kind, ...open.told() });
  }

  /** Enters the state that the steps of an instant lead to. */
  private settle(at: number, telling: Telling): void {
    const isAway = this.status !== null && isOffline(this.status) && !this.has(open => open.isLive);
    if (isAway && this.wasPresent) {
      this.end(at, telling);
      return;
    }
    if (!isAway && this.status !== null) this.wasPresent = true;
    const state = this.presentState();
    if (state.baseState === this.state?.baseState && state.label === this.state.label) return;
    this.state = state;
    telling.enter(at, state.baseState, state.label);
  }

  /** Of several contacts the one that needs the agent most decides; without any, the status the agent chose. */
  private presentState(): CountedStatus {
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

  private end(at: number, telling: Telling): void {
    telling.addEdge(at, 'LOGOUT');
    this.isOver = true;
  }
}

/** Who comes back from the status Offline logs in as much as who opens the contact control panel. */
function hasLogin({ body }: ConnectFact): boolean {
  return body.type === 'LOGIN' || (body.previous?.status != null && isOffline(body.previous.status));
}

/**
 * True for an event of the same millisecond that came before the last one, although it is sorted after it: it leads to where the
 * last one began.
 */
function isOvertaken(fact: ConnectFact, last: ConnectFact): boolean {
  if (fact === last || fact.at !== last.at || last.body.previous === null || fact.body.previous === null) return false;
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return same(fact.body.current, last.body.previous) && !same(fact.body.previous, last.body.current);
}
