// Decodes a RingCX end-of-call event (`ACD-CALL`, `VPD-CALL`) into a canonical event, which names no session.
import { type AgentEvent, defaultOrder } from '../../events/agent-event.ts';
import { type Fields, id, invalid, missing, quote, text } from '../fields.ts';
import { instantOf, type RingcxInput } from './input.ts';
import { callIdOf, directionOf, externalAgentIdOf } from './session-event.ts';
import { normalised } from './states.ts';

const SECONDS = /^\d{1,9}(?:\.\d+)?$/;

/** Whether the type is one that `callEnd` decodes. */
export function isCallEnd(eventType: string): boolean {
  return directionByType(eventType) !== '';
}

export function callEnd(input: RingcxInput): AgentEvent {
  const { fields, accountId, context } = input;
  const callId = callIdOf(fields);
  if (callId === '') throw missing('call_id');
  const elapsedMs = durationMs(fields, 'queue_duration') + durationMs(fields, 'call_duration');
  return {
    accountId,
    loginSessionId: '',
    at: instantOf(input, 'call_start', `call ${callId}`, elapsedMs),
    order: defaultOrder('CALL_END'),
    eventId: '',
    kind: 'CALL_END',
    baseState: '',
    prevBaseState: '',
    stateLabel: text(fields, 'call_state'),
    pendingDisposition: null,
    agentId: id(fields, 'agent_id'),
    username: text(fields, 'username'),
    phone: text(fields, 'agent_phone'),
    externalAgentId: externalAgentIdOf(fields),
    callId,
    callDirection: directionByType(input.eventType),
    queueId: id(fields, 'gate_id'),
    queueName: text(fields, 'gate_name'),
    dialGroupId: '',
    dialGroupName: '',
    source: 'ringcx',
    receivedAt: context.receivedAt,
    raw: input.raw,
  };
}

function directionByType(eventType: string): AgentEvent['callDirection'] {
  const type = normalised(eventType);
  return type.endsWith('_CALL') ? directionOf(type.slice(0, -'_CALL'.length)) : '';
}

/** A duration in seconds, as milliseconds; 0 if absent. */
function durationMs(fields: Fields, name: string): number {
  const value = text(fields, name).trim();
  if (value === '') return 0;
  if (!SECONDS.test(value)) throw invalid(name, `is ${quote(value)}, expected a number of seconds`);
  return Math.round(Number(value) * 1000);
}
