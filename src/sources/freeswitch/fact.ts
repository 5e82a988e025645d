// Reads an event of `callcenter::info` into a fact about an agent.
import { FIRST_INSTANT_MS, LAST_INSTANT_MS } from '../../time/wall-time.ts';
import type { AgentFact } from '../agent-source.ts';
import { accountOf, type Fields, id, missing, quote, Refusal, requiredId, text } from '../fields.ts';
import type { DecodeContext } from '../source.ts';
import { parseEvent, withHeader } from './headers.ts';

/** The fields of an event that the sessionizer reads. */
export interface CallcenterEvent {
  action: AgentAction;
  /** The status or state entered. */
  value: string;
  /** The caller's channel. */
  callId: string;
  /** The agent's channel, which distinguishes two connections with the same caller; empty if absent. */
  leg: string;
  queue: string;
  /** FreeSWITCH's hangup cause of a failed offer. */
  cause: string;
  /** When the ring or connection began that the event ends; UTC milliseconds since 1970, undefined if absent. */
  sinceMs: number | undefined;
}

/** The actions about an agent, in their usual order, which sorts events of the same microsecond. */
const AGENT_ACTIONS = [
  'agent-status-change',
  'agent-state-change',
  'agent-offering',
  'bridge-agent-start',
  'bridge-agent-end',
  'bridge-agent-fail',
] as const;
type AgentAction = (typeof AGENT_ACTIONS)[number];

/** Queries and settings, which do not affect an agent's time, and the actions of callers and queues, by their prefix. */
const OTHER_ACTIONS = /^(?:(?:members?|queue|tier)-|agent-(?:add|del|contact-change|(?:status|state|uuid)-get)$)/;

/** The header with the event's own time in epoch seconds, used if the event has no timestamp. */
const OWN_TIME: Readonly<Record<AgentAction, string>> = {
  'agent-status-change': '',
  'agent-state-change': '',
  'agent-offering': 'CC-Agent-Called-Time',
  'bridge-agent-start': 'CC-Agent-Answered-Time',
  'bridge-agent-end': 'CC-Bridge-Terminated-Time',
  'bridge-agent-fail': 'CC-Agent-Aborted-Time',
};

/** The header with the time in epoch seconds when the ring or connection began that the event ends. */
const BEGINNING: Readonly<Partial<Record<AgentAction, string>>> = {
  'bridge-agent-start': 'CC-Agent-Called-Time',
  'bridge-agent-end': 'CC-Agent-Answered-Time',
  'bridge-agent-fail': 'CC-Agent-Called-Time',
};

const TIMESTAMP = 'Event-Date-Timestamp';
/** Orders of facts within a millisecond, by their microseconds: 1 to 62, since 0 and 63 belong to logins and logouts. */
const ORDERS = 62;

/**
 * The fact of one event; undefined if the event is about no agent.
 * @throws Refusal
 */
export function readFact(raw: string, context: DecodeContext): AgentFact<CallcenterEvent> | undefined {
  const fields = parseEvent(raw);
  const action = actionOf(fields);
  if (action === undefined) return undefined;
  const accountId = accountOf({}, 'account', context);
  const agentId = requiredId(fields, 'CC-Agent');
  const event = eventOf(action, fields);
  const timeUs = timeOf(action, fields);
  const atUs = timeUs ?? liveTime(context);
  return {
    accountId,
    agentId,
    at: Math.floor(atUs / 1000),
    order: 1 + Math.floor(((atUs % 1000) * ORDERS) / 1000),
    key: keyOf(agentId, atUs, event),
    body: event,
    // The stored document needs the time, so that it gives the same fact when it is read again.
    raw: timeUs === undefined ? withHeader(raw, TIMESTAMP, String(atUs)) : raw,
    source: 'freeswitch',
    receivedAt: context.receivedAt,
  };
}

/** The action; undefined if it is known to be about no agent. */
function actionOf(fields: Fields): AgentAction | undefined {
  const name = text(fields, 'CC-Action');
  const action = AGENT_ACTIONS.find(known => known === name);
  if (action !== undefined || OTHER_ACTIONS.test(name)) return action;
  if (name !== '') throw new Refusal('UNKNOWN_EVENT', `CC-Action is ${quote(name)}, which is not a known action.`);
  // A socket or file may hold all events of the switch.
  if (text(fields, 'Event-Name') !== '' && text(fields, 'Event-Subclass') !== 'callcenter::info') return undefined;
  throw missing('CC-Action');
}

function eventOf(action: AgentAction, fields: Fields): CallcenterEvent {
  const event: CallcenterEvent = { action, value: '', callId: '', leg: '', queue: '', cause: '', sinceMs: undefined };
  if (action === 'agent-status-change') return { ...event, value: requiredId(fields, 'CC-Agent-Status') };
  if (action === 'agent-state-change') return { ...event, value: requiredId(fields, 'CC-Agent-State') };
  event.callId = id(fields, 'CC-Member-Session-UUID') || requiredId(fields, 'CC-Member-UUID');
  event.queue = id(fields, 'CC-Queue');
  if (action === 'bridge-agent-fail') event.cause = id(fields, 'CC-Hangup-Cause').toUpperCase();
  else event.leg = id(fields, 'CC-Agent-UUID') || id(fields, 'CC-Agent-Answered-Time');
  event.sinceMs = epochMs(fields, BEGINNING[action]);
  return event;
}

/** Microseconds since 1970; undefined if the event carries no time. */
function timeOf(action: AgentAction, fields: Fields): number | undefined {
  const stamp = text(fields, TIMESTAMP).trim();
  if (stamp !== '') {
    if (isTime(Number(stamp))) return Math.floor(Number(stamp));
    throw invalidTime(`is ${quote(stamp)}, expected microseconds since 1970, in the years 1990 to 2199`);
  }
  const ownMs = epochMs(fields, OWN_TIME[action]);
  return ownMs === undefined ? undefined : ownMs * 1000;
}

/** UTC milliseconds of a field with epoch seconds; undefined if absent or 0, which the switch writes for an unknown time. */
function epochMs(fields: Fields, name = ''): number | undefined {
  const seconds = name === '' ? '' : text(fields, name);
  return isTime(Number(seconds) * 1_000_000) ? Math.floor(Number(seconds)) * 1000 : undefined;
}

function isTime(us: number): boolean {
  return us >= FIRST_INSTANT_MS * 1000 && us <= LAST_INSTANT_MS * 1000;
}

function invalidTime(problem: string): Refusal {
  return new Refusal('INVALID_TIME', `${TIMESTAMP} ${problem}.`);
}

/** The time of a live event without a time of its own: its arrival. */
function liveTime({ live, receivedAt }: DecodeContext): number {
  if (live) return Math.floor(receivedAt) * 1000;
  throw invalidTime('is missing, and no other field has the time of the event');
}

/** An event has the same key in plain form and as JSON. */
function keyOf(agentId: string, atUs: number, { action, value, callId, leg, cause }: CallcenterEvent): string {
  const rank = AGENT_ACTIONS.indexOf(action);
  return [agentId, atUs, rank, value, callId, leg, cause].join('|');
}
