// One contact of an agent through the states that the snapshots show, and what each step of it tells.
import type { CallDirection, EventKind } from '../../events/agent-event.ts';
import type { Told } from '../agent-source.ts';
import type { Contact } from './snapshot.ts';

/** What a contact is for the agent; `paused` is a task put aside, which leaves the agent free. */
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

const BY_AGENT: ReadonlySet<string> = new Set(['OUTBOUND', 'EXTERNAL_OUTBOUND', 'AGENT_REPLY']);

/** Undefined for a state that is not known: the contact stays what it was. */
export function phaseOf({ state }: Contact): Phase | undefined {
  return PHASE_BY_STATE.get(state);
}

export class OpenContact {
  /** As the latest snapshot shows it. */
  contact: Contact;
  phase: Phase | undefined;
  /** The phase it will be in after the steps that are planned, and the instant of the last of them. */
  plannedPhase: Phase | undefined;
  plannedMs = 0;
  private answered = false;

  constructor(contact: Contact) {
    this.contact = contact;
  }

  /** A supervisor who listens to another agent's contact. */
  get isMonitored(): boolean {
    return this.contact.initiation === 'MONITOR';
  }

  /** A contact that keeps the agent present, whatever the status. */
  get isLive(): boolean {
    return this.phase === 'ringing' || this.phase === 'talking' || this.phase === 'held';
  }

  /** Whether it is with the agent, after the steps that are planned. */
  get isPlannedConnected(): boolean {
    return this.plannedPhase === 'talking' || this.plannedPhase === 'held' || this.plannedPhase === 'paused';
  }

  /** Goes into a phase, and says what that tells. */
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

  /** The agent has it no more. What still ran ends, whatever it was. */
  leave(): EventKind[] {
    return this.phase === undefined ? [] : this.enter('ended');
  }

  /** What every event of the contact carries. */
  told(): Told {
    const { id, queueId, queueName } = this.contact;
    return { callId: id, callDirection: directionOf(this.contact), queueId, queueName };
  }

  private begin(): EventKind[] {
    if (this.isMonitored) return [];
    if (this.isDialled) return ['MANUAL_DIAL'];
    return BY_AGENT.has(this.contact.initiation) ? [] : ['OFFER'];
  }

  private answer(): EventKind[] {
    if (this.answered) return [];
    this.answered = true;
    return [this.isMonitored ? 'MONITOR_START' : 'ANSWER'];
  }

  private miss(before: Phase | undefined): EventKind[] {
    if (!this.wasConnected && !BY_AGENT.has(this.contact.initiation) && !this.isMonitored) {
      return ['RING_NO_ANSWER'];
    }
    this.phase = 'ended';
    return before === 'ended' ? [] : this.end(before);
  }

  private end(before: Phase | undefined): EventKind[] {
    if (before === 'missed') {
      // The agent still has to close it: a miss stays one.
      this.phase = 'missed';
      return [];
    }
    if (this.isMonitored) return this.answered ? ['MONITOR_END'] : [];
    return this.isDialled && !this.wasConnected ? ['NO_CONNECT'] : ['CALL_END'];
  }

  private get wasConnected(): boolean {
    return this.answered || this.contact.connectedMs !== null;
  }

  /** Mails and chats that an agent begins are not dialled. */
  private get isDialled(): boolean {
    const { channel, initiation } = this.contact;
    return BY_AGENT.has(initiation) && (channel === 'VOICE' || channel === '');
  }
}

/** Contacts begun by the agent or placed by the system for a callback or a campaign go out. */
function directionOf({ initiation, channel }: Contact): CallDirection | '' {
  if (initiation === '' || initiation === 'MONITOR') return '';
  const goesOut =
    BY_AGENT.has(initiation) || initiation === 'CALLBACK' || (initiation === 'API' && channel === 'VOICE');
  return goesOut ? 'OUTBOUND' : 'INBOUND';
}
