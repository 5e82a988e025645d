// One login session of an agent: what the facts so far say about status, state and calls, and the base state that follows.
import type { BaseState } from '../../events/agent-event.ts';
import { type CustomStates, stateKey } from '../state-labels.ts';
import type { CallcenterEvent } from './fact.ts';
import { isAvailable, isMissed, isOnDemand, type Phase, phaseNamed, stateOfStatus } from './states.ts';

/** Connections whose end is remembered, for a start that comes after it: they are seconds apart. */
const MAX_ENDED = 32;

/** The base state and the label of it that the agent sees, if it is not the state's own name. */
export interface Seen {
  baseState: BaseState;
  label: string;
}

export class Session {
  readonly id: string;
  /** Whether the session began with a status; else with a call, because its beginning is not known. */
  readonly hasLogin: boolean;
  status = '';
  private phase: Phase = 'WAITING';
  /** The connection that made the phase; empty if it was a state. */
  private leg = '';
  /** The call that the agent is rung for; empty if only a state tells of it. */
  private offered = '';
  private readonly ended: string[] = [];
  /** What being idle means: the agent must say ready after this. */
  private idle: BaseState = 'UNKNOWN';

  constructor(id: string, hasLogin: boolean) {
    this.id = id;
    this.hasLogin = hasLogin;
  }

  /** Calls come before a pause: an agent who goes on break while talking is talking. */
  seen(custom: CustomStates): Seen {
    if (this.phase === 'IN_CALL') return { baseState: 'ENGAGED', label: '' };
    if (this.phase === 'RECEIVING') return { baseState: 'TRANSITION', label: '' };
    if (this.phase === 'IDLE' && isAvailable(this.status)) {
      return { baseState: custom.get('idle') ?? this.idle, label: 'Idle' };
    }
    const baseState = stateOfStatus(this.status, custom);
    return { baseState, label: isAvailable(this.status) ? '' : this.status };
  }

  /** A state is the whole truth: it also ends a call whose end was lost. */
  enterState(state: string): void {
    const phase = phaseNamed(state);
    if (phase === undefined) return;
    if (phase !== 'IN_CALL') this.leg = '';
    if (phase === 'IN_CALL') this.idle = 'WORKING';
    if (phase === 'WAITING') this.idle = 'UNKNOWN';
    if (phase !== 'RECEIVING') this.offered = '';
    this.phase = phase;
  }

  offer({ callId }: CallcenterEvent): void {
    if (this.phase === 'IN_CALL') return;
    this.phase = 'RECEIVING';
    this.offered = callId;
  }

  /** Of a connection whose end came first nothing is left but that it was. */
  answer(told: CallcenterEvent): void {
    const leg = legOf(told);
    if (this.ended.includes(leg)) return;
    this.phase = 'IN_CALL';
    this.leg = leg;
    this.idle = 'WORKING';
  }

  /** Returns whether the start of the connection is known. */
  endCall(told: CallcenterEvent): boolean {
    const leg = legOf(told);
    this.ended.push(leg);
    if (this.ended.length > MAX_ENDED) this.ended.shift();
    if (this.phase === 'IN_CALL' && (this.leg === leg || this.leg === '')) this.release();
    const isKnown = this.leg === leg;
    if (isKnown) this.leg = '';
    return isKnown;
  }

  /** Ends the ring of its own call alone. Returns whether the agent missed the call, so that it was not taken back. */
  failOffer(told: CallcenterEvent): boolean {
    const missed = isMissed(told.cause);
    if (this.phase === 'RECEIVING' && (this.offered === '' || this.offered === told.callId)) {
      this.idle = missed ? 'RNA' : 'UNKNOWN';
      this.release();
    }
    return missed;
  }

  /** After a call or an offer, an agent on demand gets no other until the state is set to `Waiting`. */
  private release(): void {
    this.phase = isOnDemand(this.status) ? 'IDLE' : 'WAITING';
  }
}

function legOf({ callId, leg }: CallcenterEvent): string {
  return `${callId} ${leg}`;
}

/** Whether the status is one that a logged-in agent does not enter anew, so that a logout must have been lost between. */
export function isRepeated(status: string, before: string): boolean {
  return isAvailable(status) ? isAvailable(before) : stateKey(status) === stateKey(before);
}
