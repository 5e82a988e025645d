// The canonical event: one fact about one agent's login session at one instant.

/** What happened. The position in this list is the code stored by the engine; append only. */
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
 * The exclusive states an agent can be in. The order is the usual way through a call, which decides between two
 * states of one instant when the source says nothing about their order.
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

/** Largest `order`: six bits of the fold's sort key. */
export const MAX_ORDER = 63;

/**
 * One fact. An event that carries a `baseState` enters that state, whatever its kind, so that one input of a feed
 * («ENGAGED, call 17») stays one event. An absent text is the empty string.
 */
export interface AgentEvent {
  accountId: string;
  /** Empty only for facts about a call that name no session (RingCX end-of-call events). */
  loginSessionId: string;
  /** UTC, milliseconds since 1970. */
  at: number;
  /** Position among the events of the same instant, 0 to 63. */
  order: number;
  /** Dedupe key given by the source; empty: the engine hashes the fact itself. */
  eventId: string;
  kind: EventKind;
  /** The state entered; empty: the state does not change. */
  baseState: BaseState | '';
  /** The state left, where the source names it; it orders the events of one instant. */
  prevBaseState: BaseState | '';
  stateLabel: string;
  /** The flag from here on; null: it does not change. An event with a base state always says. */
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

/** The order where the source gives none: a login opens its instant, a logout closes it. */
export function usualOrder(kind: EventKind): number {
  if (kind === 'LOGIN') return 0;
  return kind === 'LOGOUT' ? MAX_ORDER : 32;
}
