// The feed `offhook`: canonical events, the fields of `AgentEvent` as JSON.
import {
  type AgentEvent,
  BASE_STATES,
  CALL_DIRECTIONS,
  defaultOrder,
  EVENT_KINDS,
  type EventKind,
  MAX_ORDER,
} from '../../events/agent-event.ts';
import {
  accountOf,
  decoderOf,
  described,
  type Fields,
  id,
  invalid,
  missing,
  parseObject,
  quote,
  Refusal,
  requiredId,
  text,
} from '../fields.ts';
import type { DecodeContext, Source } from '../source.ts';
import { jsonSplitter } from '../split/split-json.ts';
import { readInstant } from './instant.ts';

export const offhook: Source = {
  name: 'offhook',
  splitter: jsonSplitter,
  decoder(context) {
    const read = (fields: Fields, raw: string) => eventOf(fields, raw, context);
    return decoderOf({ source: 'offhook', accountField: 'accountId', parse: parseObject, read }, context);
  },
};

function eventOf(fields: Fields, raw: string, context: DecodeContext): AgentEvent {
  const accountId = accountOf(fields, 'accountId', context);
  const kind = kindOf(fields);
  const baseState = oneOf(BASE_STATES, fields, 'baseState');
  if (kind === 'STATE' && baseState === '') throw missing('baseState');
  return {
    accountId,
    loginSessionId: kind === 'CALL_END' ? id(fields, 'loginSessionId') : requiredId(fields, 'loginSessionId'),
    at: readInstant(fields, 'at'),
    order: orderOf(fields, kind),
    eventId: id(fields, 'eventId'),
    kind,
    baseState,
    prevBaseState: oneOf(BASE_STATES, fields, 'prevBaseState'),
    stateLabel: text(fields, 'stateLabel'),
    pendingDisposition: pendingDispositionOf(fields) ?? (baseState === '' ? null : false),
    agentId: id(fields, 'agentId'),
    username: text(fields, 'username'),
    phone: text(fields, 'phone'),
    externalAgentId: id(fields, 'externalAgentId'),
    callId: id(fields, 'callId'),
    callDirection: oneOf(CALL_DIRECTIONS, fields, 'callDirection'),
    queueId: id(fields, 'queueId'),
    queueName: text(fields, 'queueName'),
    dialGroupId: id(fields, 'dialGroupId'),
    dialGroupName: text(fields, 'dialGroupName'),
    source: 'offhook',
    receivedAt: context.receivedAt,
    raw,
  };
}

function kindOf(fields: Fields): EventKind {
  const kind = requiredId(fields, 'kind');
  const known = EVENT_KINDS.find(word => word === kind);
  if (known !== undefined) return known;
  throw new Refusal('UNKNOWN_EVENT', `kind is ${quote(kind)}, expected one of ${EVENT_KINDS.join(', ')}.`);
}

function oneOf<Word extends string>(words: readonly Word[], fields: Fields, name: string): Word | '' {
  const value = text(fields, name);
  if (value === '') return '';
  const known = words.find(word => word === value);
  if (known === undefined) throw invalid(name, `is ${quote(value)}, expected one of ${words.join(', ')}`);
  return known;
}

function orderOf(fields: Fields, kind: EventKind): number {
  const order = fields.order ?? defaultOrder(kind);
  if (typeof order === 'number' && Number.isInteger(order) && order >= 0 && order <= MAX_ORDER) return order;
  throw invalid('order', `is ${described(order)}, expected a whole number from 0 to ${MAX_ORDER}`);
}

function pendingDispositionOf(fields: Fields): boolean | null {
  const flag = fields.pendingDisposition ?? null;
  if (flag === null || typeof flag === 'boolean') return flag;
  throw invalid('pendingDisposition', `is ${described(flag)}, expected true, false or null`);
}
