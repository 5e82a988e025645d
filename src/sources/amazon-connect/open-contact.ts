// Follows one contact of an agent through its phases and gives the events of each transition.
import type { CallDirection, EventKind } from '../../events/agent-event.ts';
import type { EventFields } from '../agent-source.ts';
import type { Contact } from './snapshot.ts';

/** A contact's phase, as seen by the agent; `paused` is a task set aside, which leaves the agent free. */
export type Phase = 'ringing' | 'talking' | 'held' | 'paused' | 'missed' | 'ended';

const PHASE_BY_STATE: ReadonlyMap<string, Phase> = new Map([
  ['INCOMING', 'ringing'],
  ['PENDING', 'ringing'],
  ['CONNECTING', 'ringing'],
  ['CONNECTED', 'talking'],
  ['CONNECTED_ONHOLD', 'held'],
  ['PAUSED', 'paused'],
  ['MISSED', 'missed'],
  ['REJECTED', 'missed'],
  ['ERROR', 'missed'],
  ['ENDED', 'ended'],
]);

/** Initiation methods of contacts that the agent begins. */
const STARTED_BY_AGENT: ReadonlySet<string> = new Set(['OUTBOUND', 'EXTERNAL_OUTBOUND', 'AGENT_REPLY']);

/** Undefined for an unknown state: the contact stays in its phase. */
export function phaseOf({ state }: Contact): Phase | undefined {
  return PHASE_BY_STATE.get(state);
}

export class OpenContact {
  /** As the latest snapshot shows it. */
  contact: Contact;
  phase: Phase | undefined;
  /** The phase after the planned steps, and the instant of the last of these. */
  plannedPhase: Phase | undefined;
  plannedMs = 0;
  private answered = false;

  constructor(contact: Contact) {
    this.contact = contact;
  }

  /** Whether a supervisor listens to another agent's contact. */
  get isMonitored(): boolean {
    return this.contact.initiation === 'MONITOR';
  }

  /** Whether the contact keeps the agent logged in, whatever the status. */
  get isLive(): boolean {
    return this.phase === 'ringing' || this.phase === 'talking' || this.phase === 'held';
  }

  /** Whether it is connected to the agent after the planned steps. */
  get isPlannedConnected(): boolean {
    return this.plannedPhase === 'talking' || this.plannedPhase === 'held' || this.plannedPhase === 'paused';
  }

  /** Enters a phase and returns the kinds of the events that this causes. */
  enter(phase: Phase): EventKind[] {
    const before = this.phase;
    this.phase = phase;
    if (before === phase) return [];
    if (phase === 'ringing') return before === undefined ? this.begin() : [];
    if (phase === 'missed') return this.miss(before);
    if (phase === 'ended') return this.end(before);
    const kinds = this.answer();
    if (before === 'held') kinds.push('UNHOLD');
    if (phase === 'held') kinds.push('HOLD');
    return kinds;
  }

  /** Handles a contact that left the agent's list: it ends, whatever its phase. */
  leave(): EventKind[] {
    return this.phase === undefined ? [] : this.enter('ended');
  }

  /** The fields of every event of the contact. */
  eventFields(): EventFields {
    const { id, queueId, queueName } = this.contact;
    return { callId: id, callDirection: directionOf(this.contact), queueId, queueName };
  }

  private begin(): EventKind[] {
    if (this.isMonitored) return [];
    if (this.isDialled) return ['MANUAL_DIAL'];
    return STARTED_BY_AGENT.has(this.contact.initiation) ? [] : ['OFFER'];
  }

  private answer(): EventKind[] {
    if (this.answered) return [];
    this.answered = true;
    return [this.isMonitored ? 'MONITOR_START' : 'ANSWER'];
  }

  private miss(before: Phase | undefined): EventKind[] {
    if (!this.wasConnected && !STARTED_BY_AGENT.has(this.contact.initiation) && !this.isMonitored) {
      return ['RING_NO_ANSWER'];
    }
    this.phase = 'ended';
    return before === 'ended' ? [] : this.end(before);
  }

  private end(before: Phase | undefined): EventKind[] {
    if (before === 'missed') {
      // The agent still has to close it: the contact stays missed.
      this.phase = 'missed';
      return [];
    }
    if (this.isMonitored) return this.answered ? ['MONITOR_END'] : [];
    return this.isDialled && !this.wasConnected ? ['NO_CONNECT'] : ['CALL_END'];
  }

  private get wasConnected(): boolean {
    return this.answered || this.contact.connectedMs !== null;
  }

  /** Whether the agent dialled it. Emails and chats that an agent begins are not dialled. */
  private get isDialled(): boolean {
    const { channel, initiation } = this.contact;
    return STARTED_BY_AGENT.has(initiation) && (channel === 'VOICE' || channel === '');
  }
}

/** Outbound are contacts begun by the agent, and calls placed by the system for a callback or a campaign. */
function directionOf({ initiation, channel }: Contact): CallDirection | '' {
  if (initiation === '' || initiation === 'MONITOR') return '';
  const goesOut =
    STARTED_BY_AGENT.has(initiation) || initiation === 'CALLBACK' || (initiation === 'API' && channel === 'VOICE');
  return goesOut ? 'OUTBOUND' : 'INBOUND';
}
