// One login session of an agent: tracks status, state and calls, and derives the base state from them.
import type { BaseState } from '../../events/agent-event.ts';
import { type CustomStates, stateKey } from '../state-labels.ts';
import type { CallcenterEvent } from './fact.ts';
import { isAvailable, isMissed, isOnDemand, type Phase, phaseNamed, stateOfStatus } from './states.ts';

/** Ended connections that are remembered, in case their start arrives after their end, which is seconds apart. */
const MAX_ENDED = 32;

/** A base state and its label; empty if the label would only repeat the state's name. */
export interface LabelledState {
  baseState: BaseState;
  label: string;
}

export class Session {
  readonly id: string;
  /** Whether the session began with a status; else its login is unknown and it began with a call. */
  readonly hasLogin: boolean;
  status = '';
  private phase: Phase = 'WAITING';
  /** The connection that led to the phase; empty if a state change did. */
  private leg = '';
  /** The call that rings; empty if only a state change reported the ring. */
  private offered = '';
  private readonly ended: string[] = [];
  /** The base state of phase IDLE, in which the agent must set the state to `Waiting` to get calls. */
  private idle: BaseState = 'UNKNOWN';

  constructor(id: string, hasLogin: boolean) {
    this.id = id;
    this.hasLogin = hasLogin;
  }

  /** Calls take precedence over a pause: an agent who goes on break during a call is still engaged. */
  currentState(customStates: CustomStates): LabelledState {
    if (this.phase === 'IN_CALL') return { baseState: 'ENGAGED', label: '' };
    if (this.phase === 'RECEIVING') return { baseState: 'TRANSITION', label: '' };
    if (this.phase === 'IDLE' && isAvailable(this.status)) {
      return { baseState: customStates.get('idle') ?? this.idle, label: 'Idle' };
    }
    const baseState = stateOfStatus(this.status, customStates);
    return { baseState, label: isAvailable(this.status) ? '' : this.status };
  }

  /** Enters a state of the module, which also ends a call whose end was lost. */
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

  /** Connects a call, unless its end has arrived already. */
  answer(event: CallcenterEvent): void {
    const leg = legOf(event);
    if (this.ended.includes(leg)) return;
    this.phase = 'IN_CALL';
    this.leg = leg;
    this.idle = 'WORKING';
  }

  /** Ends a call. Returns whether the start of the connection is known. */
  endCall(event: CallcenterEvent): boolean {
    const leg = legOf(event);
    this.ended.push(leg);
    if (this.ended.length > MAX_ENDED) this.ended.shift();
    if (this.phase === 'IN_CALL' && (this.leg === leg || this.leg === '')) this.release();
    const isKnown = this.leg === leg;
    if (isKnown) this.leg = '';
    return isKnown;
  }

  /** Ends an offer, and the ring if it is of the same call. Returns whether the agent missed it; else it was withdrawn. */
  failOffer(event: CallcenterEvent): boolean {
    const missed = isMissed(event.cause);
    if (this.phase === 'RECEIVING' && (this.offered === '' || this.offered === event.callId)) {
      this.idle = missed ? 'RNA' : 'UNKNOWN';
      this.release();
    }
    return missed;
  }

  /** After a call or an offer, an on-demand agent gets no further call until the state is set to `Waiting`. */
  private release(): void {
    this.phase = isOnDemand(this.status) ? 'IDLE' : 'WAITING';
  }
}

function legOf({ callId, leg }: CallcenterEvent): string {
  return `${callId} ${leg}`;
}

/** Whether the agent was in this status already, so that a logout in between must have been lost. */
export function isRepeated(status: string, before: string): boolean {
  return isAvailable(status) ? isAvailable(before) : stateKey(status) === stateKey(before);
}
