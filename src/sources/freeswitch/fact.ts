// An event of `callcenter::info` to the fact that it tells about an agent.
import type { AgentFact } from '../agent-source.ts';
import { type Fields, accountOf, id, missing, quote, Refusal, requiredId, text } from '../fields.ts';
import type { DecodeContext } from '../source.ts';
import { FIRST_INSTANT_MS, LAST_INSTANT_MS } from '../../time/wall-time.ts';
import { parseEvent, withHeader } from './headers.ts';

/** What the session maker reads of an event. */
export interface Told {
  action: AgentAction;
  /** The status or state entered. */
  value: string;
  /** The caller's channel. */
  callId: string;
  /** The agent's channel, which tells two connections with one caller apart; empty if not told. */
  leg: string;
  queue: string;
  /** FreeSWITCH's name of why an offer failed. */
  cause: string;
  /** When what the event is the end of began, the ring or the connection; UTC milliseconds since 1970, undefined if not told. */
  sinceMs: number | undefined;
}

/** The actions that are about an agent, in their usual order, which decides within one microsecond. */
const AGENT_ACTIONS = [
  'agent-status-change',
  'agent-state-change',
  'agent-offering',
  'bridge-agent-start',
  'bridge-agent-end',
  'bridge-agent-fail',
] as const;
type AgentAction = (typeof AGENT_ACTIONS)[number];

/** Questions and settings, which change nothing about an agent's time; those of callers and queues are known by their beginning. */
const OTHER_ACTIONS = /^(?:(?:members?|queue|tier)-|agent-(?:add|del|contact-change|(?:status|state|uuid)-get)$)/;

/** Epoch seconds that tell when the event happened, where the event itself carries no time. */
const OWN_TIME: Readonly<Record<AgentAction, string>> = {
  'agent-status-change': '',
  'agent-state-change': '',
  'agent-offering': 'CC-Agent-Called-Time',
  'bridge-agent-start': 'CC-Agent-Answered-Time',
  'bridge-agent-end': 'CC-Bridge-Terminated-Time',
  'bridge-agent-fail': 'CC-Agent-Aborted-Time',
};

/** Epoch seconds that tell when what the event is the end of began. */
const BEGINNING: Readonly<Partial<Record<AgentAction, string>>> = {
  'bridge-agent-start': 'CC-Agent-Called-Time',
  'bridge-agent-end': 'CC-Agent-Answered-Time',
  'bridge-agent-fail': 'CC-Agent-Called-Time',
};

const TIMESTAMP = 'Event-Date-Timestamp';
/** Places of facts within a millisecond, by their microseconds; 0 and 63 are of logins and logouts. */
const PLACES = 62;

/**
 * The fact of one event; undefined if it is about no agent.
 * @throws Refusal
 */
export function readFact(raw: string, context: DecodeContext): AgentFact<Told> | undefined {
  const fields = parseEvent(raw);
  const action = actionOf(fields);
  if (action === undefined) return undefined;
  const accountId = accountOf({}, 'account', context);
  const agentId = requiredId(fields, 'CC-Agent');
  const told = notifying(action, fields);
  const timeUs = timeOf(action, fields);
  const atUs = timeUs ?? liveTime(context);
  return {
    accountId,
    agentId,
    at: Math.floor(atUs / 1000),
    order: 1 + Math.floor(((atUs % 1000) * PLACES) / 1000),
    key: keyOf(agentId, atUs, told),
    body: told,
    // Read again, it must still be of this moment.
    raw: timeUs === undefined ? withHeader(raw, TIMESTAMP, String(atUs)) : raw,
    source: 'freeswitch',
    receivedAt: context.receivedAt,
  };
}

/** Undefined for what is known to be about no agent. */
function actionOf(fields: Fields): AgentAction | undefined {
  const name = text(fields, 'CC-Action');
  const action = AGENT_ACTIONS.find(known => known === name);
  if (action !== undefined || OTHER_ACTIONS.test(name)) return action;
  if (name !== '') throw new Refusal('UNKNOWN_EVENT', `CC-Action is ${quote(name)}, which is not known.`);
  // Other events of the switch, where a socket or a file holds all of them.
  if (text(fields, 'Event-Name') !== '' && text(fields, 'Event-Subclass') !== 'callcenter::info') return undefined;
  throw missing('CC-Action');
}

function notifying(action: AgentAction, fields: Fields): Told {
  const told: Told = { action, value: '', callId: '', leg: '', queue: '', cause: '', sinceMs: undefined };
  if (action === 'agent-status-change') return { ...told, value: requiredId(fields, 'CC-Agent-Status') };
  if (action === 'agent-state-change') return { ...told, value: requiredId(fields, 'CC-Agent-State') };
  told.callId = id(fields, 'CC-Member-Session-UUID') || requiredId(fields, 'CC-Member-UUID');
  told.queue = id(fields, 'CC-Queue');
  if (action === 'bridge-agent-fail') told.cause = id(fields, 'CC-Hangup-Cause').toUpperCase();
  else told.leg = id(fields, 'CC-Agent-UUID') || id(fields, 'CC-Agent-Answered-Time');
  told.sinceMs = epochMs(fields, BEGINNING[action]);
  return told;
}

/** Microseconds since 1970; undefined if the event tells no time of its own. */
function timeOf(action: AgentAction, fields: Fields): number | undefined {
  const stamp = text(fields, TIMESTAMP).trim();
  if (stamp !== '') {
    if (isTime(Number(stamp))) return Math.floor(Number(stamp));
    throw invalidTime(`is ${quote(stamp)}, expected microseconds of the years 1990 to 2199`);
  }
  const ownMs = epochMs(fields, OWN_TIME[action]);
  return ownMs === undefined ? undefined : ownMs * 1000;
}

/** UTC milliseconds of a field that holds epoch seconds; undefined if it tells none: the switch writes 0 where it does not know. */
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

/** An event that comes as it happens, happened when it came. */
function liveTime({ live, receivedAt }: DecodeContext): number {
  if (live) return Math.floor(receivedAt) * 1000;
  throw invalidTime('is missing, and nothing else tells when this happened');
}

/** The same event has one key, whether it was written plain or as JSON. */
function keyOf(agentId: string, atUs: number, { action, value, callId, leg, cause }: Told): string {
  const rank = AGENT_ACTIONS.indexOf(action);
  return [agentId, atUs, rank, value, callId, leg, cause].join('|');
}
