// Decodes a RingCX agent event (login, logout or state change) into a canonical event.
import {
  type AgentEvent,
  type BaseState,
  type CallDirection,
  defaultOrder,
  type EventKind,
} from '../../events/agent-event.ts';
import { type Fields, id, requiredId, text } from '../fields.ts';
import type { CustomStates } from '../state-labels.ts';
import { instantOf, type RingcxInput } from './input.ts';
import { baseStateOf, normalised, stateLabelOf } from './states.ts';

/** States whose beginning is also an offer, answer or missed call; entering one from itself is not a second one. */
const KIND_BY_STATE: Readonly<Partial<Record<BaseState, EventKind>>> = {
  TRANSITION: 'OFFER',
  ENGAGED: 'ANSWER',
  RNA: 'RING_NO_ANSWER',
};

export function sessionEvent(input: RingcxInput): AgentEvent {
  const { eventType, fields } = input;
  const type = normalised(eventType);
  const states = input.context.statesOf(input.accountId);
  const before = prevBaseStateOf(fields, states);
  if (type === 'LOGIN') return build(input, 'LOGIN', '', before, defaultOrder('LOGIN'));
  if (type === 'LOGOUT' || type === 'LOGOFF') {
    return build(input, 'LOGOUT', '', before, defaultOrder('LOGOUT'));
  }
  const baseState = baseStateOf(eventType, text(fields, 'event_aux_type'), states);
  return build(input, kindOf(baseState, before, fields), baseState, before, orderOf(fields));
}

function build(
  input: RingcxInput,
  kind: EventKind,
  baseState: BaseState | '',
  prevBaseState: BaseState | '',
  order: number,
): AgentEvent {
  const { fields, accountId, context } = input;
  const loginSessionId = requiredId(fields, 'agent_login_id');
  const agentId = requiredId(fields, 'agent_id');
  const label = text(fields, 'event_aux_type');
  return {
    accountId,
    loginSessionId,
    at: instantOf(input, 'date_time', loginSessionId),
    order,
    eventId: '',
    kind,
    baseState,
    prevBaseState,
    stateLabel: baseState === '' ? label : stateLabelOf(input.eventType, label),
    pendingDisposition: baseState === '' ? null : isTrue(text(fields, 'pending_disp')),
    agentId,
    username: text(fields, 'username'),
    phone: text(fields, 'agent_phone'),
    externalAgentId: externalAgentIdOf(fields),
    callId: callIdOf(fields),
    callDirection: directionOf(text(fields, 'call_type')),
    queueId: id(fields, 'call_source_id'),
    queueName: text(fields, 'call_source_name'),
    dialGroupId: '',
    dialGroupName: '',
    source: 'ringcx',
    receivedAt: context.receivedAt,
    raw: input.raw,
  };
}

function kindOf(baseState: BaseState, prevBaseState: BaseState | '', fields: Fields): EventKind {
  const kind = KIND_BY_STATE[baseState];
  if (kind === undefined) return 'STATE';
  if (prevBaseState !== baseState) return kind;
  // An agent may go from one call straight to the next: ENGAGED twice, the second with its call id.
  return baseState === 'ENGAGED' && callIdOf(fields) !== '' ? kind : 'STATE';
}

/**
 * The order among the events of one second. The first state follows the login. A state left after 0 seconds was entered in the
 * same second, so the event that leaves it comes after the one that entered it.
 */
function orderOf(fields: Fields): number {
  if (normalised(text(fields, 'prev_state')) === 'LOGIN') return 1;
  const duration = text(fields, 'duration').trim();
  return duration !== '' && Number(duration) === 0 ? 3 : 2;
}

function prevBaseStateOf(fields: Fields, states: CustomStates): BaseState | '' {
  const type = text(fields, 'prev_state').trim();
  if (type === '' || normalised(type) === 'LOGIN') return '';
  return baseStateOf(type, text(fields, 'prev_aux_state'), states);
}

/** Without the leading apostrophe that RingCX puts before some call ids, to protect them in spreadsheets. */
export function callIdOf(fields: Fields): string {
  return id(fields, 'call_id').replace(/^'/, '');
}

export function externalAgentIdOf(fields: Fields): string {
  const value = id(fields, 'external_agent_id');
  return value === 'null' ? '' : value;
}

/** ACD is a call from a queue, VPD one placed by a dialer. */
export function directionOf(callType: string): CallDirection | '' {
  if (callType === 'ACD') return 'INBOUND';
  return callType === 'VPD' ? 'OUTBOUND' : '';
}

function isTrue(value: string): boolean {
  return value === '1' || value === 'true';
}
