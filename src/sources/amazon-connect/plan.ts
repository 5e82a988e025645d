// What is known of a session and the snapshots of its next event to the steps between them, each at its own instant.
import { OpenContact, type Phase, phaseOf } from './open-contact.ts';
import type { ConnectFact } from './read-event.ts';
import type { Contact, Snapshot, Status } from './snapshot.ts';

/** A contact goes into a phase or leaves the list, or the agent chooses a status; or nothing, and the state is looked at. */
export interface Step {
  at: number;
  open?: OpenContact;
  phase?: Phase | 'gone';
  /** It happened before the session, so it shows in the state and is not told. */
  isSilent?: boolean;
  status?: Status;
}

/** What a plan starts from. Contacts that appear are added to it. */
export interface Known {
  startMs: number;
  /** The instant of the latest event: steps lie after it. */
  lastMs: number;
  status: Status | null;
  contacts: Map<string, OpenContact>;
}

/**
 * The steps up to an event, in order. A time in a snapshot is when a step happened if it lies between this event and the one
 * before; any other time says nothing (a call on hold keeps the time of its connection) and the event's own is taken.
 */
export function planOf(known: Known, { at, body }: ConnectFact): Step[] {
  const planner = new Planner(known, at);
  if (body.previous !== null) planner.catchUp(body.previous);
  if (body.current !== null) planner.follow(body.current);
  return planner.steps.sort((a, b) => a.at - b.at);
}

class Planner {
  readonly steps: Step[] = [];
  private readonly known: Known;
  private readonly at: number;
  private status: Status | null;

  constructor(known: Known, at: number) {
    this.known = known;
    this.at = at;
    this.status = known.status;
  }

  /** Steps whose own events were lost: the snapshot of just before shows where they led. */
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
    const isSilent = open.plannedPhase === undefined && sinceMs !== null && sinceMs < this.known.startMs;
    const changedMs = sinceMs === connectedMs && phase !== 'talking' ? this.at : this.instantOf(sinceMs);
    // Connected in the meantime, whatever it is now.
    const isConnected =
      this.isNew(connectedMs) && connectedMs <= changedMs && phase !== 'ringing' && phase !== 'missed';
    if (isConnected && !open.isPlannedConnected) this.plan(open, 'talking', connectedMs, false);
    if (phase !== open.plannedPhase) this.plan(open, phase, changedMs, isSilent && isOverPhase(phase));
  }

  private plan(open: OpenContact, phase: Phase, at: number, isSilent: boolean): void {
    open.plannedMs = Math.max(open.plannedMs, at);
    open.plannedPhase = phase;
    this.steps.push({ at: open.plannedMs, open, phase, isSilent });
  }

  /** True for the time between the event before and this one. */
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
