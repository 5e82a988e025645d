// The canonical event: one fact about one agent's login session at one instant.

/** The kinds of events. The engine stores a kind as its position in this list; append only. */
export const EVENT_KINDS = [
  'LOGIN',
  'LOGOUT',
  'STATE',
  'OFFER',
  'MANUAL_DIAL',
  'ANSWER',
  'RING_NO_ANSWER',
  'NO_CONNECT',
  'HOLD',
  'UNHOLD',
  'TRANSFER',
  'CALL_END',
  'OFF_HOOK',
  'ON_HOOK',
  'MONITOR_START',
  'MONITOR_END',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/**
 * The exclusive states of an agent, in the usual order of a call. That order sorts two states of one instant if the source
 * does not order them.
 */
export const BASE_STATES = [
  'AVAILABLE',
  'TRANSITION',
  'ENGAGED',
  'WORKING',
  'ON_BREAK',
  'AWAY',
  'LUNCH',
  'TRAINING',
  'RNA',
  'AUX_OFFHOOK',
  'AUX_NO_OFFHOOK',
  'MONITORING',
  'OFFLINE',
  'UNKNOWN',
] as const;
export type BaseState = (typeof BASE_STATES)[number];

export const CALL_DIRECTIONS = ['INBOUND', 'OUTBOUND'] as const;
export type CallDirection = (typeof CALL_DIRECTIONS)[number];

/** Largest `order`, which has six bits in the fold's sort key. */
export const MAX_ORDER = 63;

/**
 * One fact about a session. An event with a `baseState` enters that state, whatever its kind, so that one input of a feed
 * («ENGAGED, call 17») stays one event. Absent texts are empty.
 */
export interface AgentEvent {
  accountId: string;
  /** Empty only for events outside any session and for those of a call that name none (RingCX end-of-call events). */
  loginSessionId: string;
  /** UTC, milliseconds since 1970. */
  at: number;
  /** Position among the events of the same instant, 0 to 63. */
  order: number;
  /** Deduplication key given by the source; empty: the engine hashes the event's content. */
  eventId: string;
  kind: EventKind;
  /** The state entered; empty: the state does not change. */
  baseState: BaseState | '';
  /** The state left, if the source names it; it helps to order the events of one instant. */
  prevBaseState: BaseState | '';
  stateLabel: string;
  /** The flag from now on; null: unchanged. Never null with a base state. */
  pendingDisposition: boolean | null;
  agentId: string;
  username: string;
  phone: string;
  externalAgentId: string;
  callId: string;
  callDirection: CallDirection | '';
  queueId: string;
  queueName: string;
  dialGroupId: string;
  dialGroupName: string;
  source: string;
  /** UTC, milliseconds since 1970. */
  receivedAt: number;
  /** The input as received. */
  raw: string;
}

/** The default order: a login is first in its instant, a logout last. */
export function defaultOrder(kind: EventKind): number {
  if (kind === 'LOGIN') return 0;
  return kind === 'LOGOUT' ? MAX_ORDER : 32;
}
