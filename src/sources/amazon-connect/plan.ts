// Compares an event's snapshots with the known state of the session and derives the steps in between, each with its instant.
import { OpenContact, type Phase, phaseOf } from './open-contact.ts';
import type { ConnectFact } from './read-event.ts';
import type { Contact, Snapshot, Status } from './snapshot.ts';

/** A contact enters a phase or leaves the list, or the agent chooses a status. A step with neither only updates the state. */
export interface Step {
  at: number;
  open?: OpenContact;
  phase?: Phase | 'gone';
  /** Whether it happened before the session, so that it changes the state but gives no event. */
  isBeforeSession?: boolean;
  status?: Status;
}

/** The session's state before the event. New contacts are added to it. */
export interface KnownState {
  startMs: number;
  /** The instant of the previous event: all steps lie after it. */
  lastMs: number;
  status: Status | null;
  contacts: Map<string, OpenContact>;
}

/**
 * The steps up to an event, in order. A time in a snapshot is the instant of a step if it lies between this event and the
 * previous one. Any other time means something else (a call on hold keeps its connection time), and the event's own time is used.
 */
export function planOf(known: KnownState, { at, body }: ConnectFact): Step[] {
  const planner = new Planner(known, at);
  if (body.previous !== null) planner.catchUp(body.previous);
  if (body.current !== null) planner.follow(body.current);
  return planner.steps.sort((a, b) => a.at - b.at);
}

class Planner {
  readonly steps: Step[] = [];
  private readonly known: KnownState;
  private readonly at: number;
  private status: Status | null;

  constructor(known: KnownState, at: number) {
    this.known = known;
    this.at = at;
    this.status = known.status;
  }

  /** Adds steps whose own events were lost: the previous snapshot shows their result. */
  catchUp({ status, contacts }: Snapshot): void {
    if (status !== null && this.isNew(status.sinceMs)) this.choose(status);
    for (const contact of contacts ?? []) if (this.isNew(contact.sinceMs)) this.move(contact);
  }

  follow({ status, contacts }: Snapshot): void {
    if (status !== null) this.choose(status);
    if (contacts === null) return;
    for (const contact of contacts) this.move(contact);
    for (const [id, open] of this.known.contacts) {
      if (contacts.some(contact => contact.id === id)) continue;
      this.steps.push({ at: this.at, open, phase: 'gone' });
    }
  }

  private choose(status: Status): void {
    if (status.name === this.status?.name && status.type === this.status.type) return;
    this.status = status;
    this.steps.push({ at: this.instantOf(status.sinceMs), status });
  }

  private move(contact: Contact): void {
    const phase = phaseOf(contact);
    const open = this.known.contacts.get(contact.id) ?? new OpenContact(contact);
    this.known.contacts.set(contact.id, open);
    open.contact = contact;
    if (phase === undefined || phase === open.plannedPhase) return;
    const { connectedMs, sinceMs } = contact;
    const isBeforeSession = open.plannedPhase === undefined && sinceMs !== null && sinceMs < this.known.startMs;
    const changedMs = sinceMs === connectedMs && phase !== 'talking' ? this.at : this.instantOf(sinceMs);
    // It may have connected in between, whatever its phase is now.
    const isConnected =
      this.isNew(connectedMs) && connectedMs <= changedMs && phase !== 'ringing' && phase !== 'missed';
    if (isConnected && !open.isPlannedConnected) this.plan(open, 'talking', connectedMs, false);
    if (phase !== open.plannedPhase) this.plan(open, phase, changedMs, isBeforeSession && isOverPhase(phase));
  }

  private plan(open: OpenContact, phase: Phase, at: number, isBeforeSession: boolean): void {
    open.plannedMs = Math.max(open.plannedMs, at);
    open.plannedPhase = phase;
    this.steps.push({ at: open.plannedMs, open, phase, isBeforeSession });
  }

  /** Whether a time lies between the previous event and this one. */
  private isNew(ms: number | null): ms is number {
    return ms !== null && ms > this.known.lastMs && ms <= this.at;
  }

  private instantOf(ms: number | null): number {
    return this.isNew(ms) ? ms : this.at;
  }
}

function isOverPhase(phase: Phase): boolean {
  return phase === 'ended' || phase === 'missed';
}
