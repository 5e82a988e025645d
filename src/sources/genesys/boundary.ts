// Reads an interval of a user's presence or routing status into two facts: its start and its end.
import { readWallTime } from '../../time/wall-time.ts';
import type { AgentFact } from '../agent-source.ts';
import { type Fields, id, missing, quote, Refusal, requiredId, text } from '../fields.ts';

export type Track = 'primaryPresence' | 'routingStatus';
export const TRACKS: readonly Track[] = ['primaryPresence', 'routingStatus'];

/** The start or end of a user's presence or routing status. */
export interface Boundary {
  track: Track;
  isEnd: boolean;
  /** In capitals, such as `ON_QUEUE`. */
  value: string;
  /** The id of the organization's own presence; empty for a routing status. */
  presenceId: string;
}

/** The user of an interval. */
export interface User {
  accountId: string;
  userId: string;
  receivedAt: number;
}

const VALUE_FIELD: Readonly<Record<Track, string>> = {
  primaryPresence: 'systemPresence',
  routingStatus: 'routingStatus',
};

const ROUTING_STATUSES = new Set([
  'OFF_QUEUE',
  'IDLE',
  'INTERACTING',
  'NOT_RESPONDING',
  'COMMUNICATING',
  // Both mean that the user has no routing status at all.
  'EMPTY',
  '_EMPTY_',
]);

/**
 * Orders within one instant. Presence comes first, since it bounds the session. Starts come before ends, so that the end of an
 * interval finds the next one open already and leaves no gap of zero length.
 */
const ORDERS: Readonly<Record<Track, { start: number; end: number }>> = {
  primaryPresence: { start: 8, end: 40 },
  routingStatus: { start: 16, end: 48 },
};

/**
 * The start and, if the interval is closed, the end. An interval that arrives first open and later closed gives the same start
 * twice and one end, in whatever order the two arrive. An interval of zero length gives no facts.
 * @throws Refusal
 */
export function readInterval(interval: Fields, track: Track, user: User): AgentFact<Boundary>[] {
  const value = trackValue(interval, track);
  const presenceId = track === 'primaryPresence' ? id(interval, 'organizationPresenceId') : '';
  const startMs = timeOf(interval, 'startTime');
  const endMs = timeOf(interval, 'endTime');
  if (startMs === undefined && endMs === undefined) throw missing('startTime');
  if (startMs !== undefined && endMs !== undefined && endMs <= startMs) {
    if (endMs === startMs) return [];
    throw new Refusal(
      'INVALID_TIME',
      `endTime ${quote(text(interval, 'endTime'))} is before startTime ${quote(text(interval, 'startTime'))}.`,
    );
  }
  const facts: AgentFact<Boundary>[] = [];
  if (startMs !== undefined) facts.push(factOf({ track, isEnd: false, value, presenceId }, startMs, user));
  if (endMs !== undefined) facts.push(factOf({ track, isEnd: true, value, presenceId }, endMs, user));
  return facts;
}

function trackValue(interval: Fields, track: Track): string {
  const name = VALUE_FIELD[track];
  const value = requiredId(interval, name)
    .toUpperCase()
    .replace(/[\s-]+/g, '_');
  if (track === 'primaryPresence' || ROUTING_STATUSES.has(value)) return value;
  throw new Refusal('INVALID_VALUE', `${name} is ${quote(value)}, which is not a known routing status.`);
}

/** UTC milliseconds since 1970; undefined if absent. */
function timeOf(interval: Fields, name: string): number | undefined {
  const written = id(interval, name);
  if (written === '') return undefined;
  const time = readWallTime(written);
  if (time !== undefined && time.offsetMs !== null) return time.wallMs - time.offsetMs;
  const expected = 'a time like 2021-04-26T15:55:52.163Z';
  throw new Refusal('INVALID_TIME', `${name} is ${quote(written)}, expected ${expected}.`);
}

function factOf(boundary: Boundary, at: number, { accountId, userId, receivedAt }: User): AgentFact<Boundary> {
  const { track, isEnd, value, presenceId } = boundary;
  return {
    accountId,
    agentId: userId,
    at,
    order: isEnd ? ORDERS[track].end : ORDERS[track].start,
    key: [userId, track, isEnd ? 'end' : 'start', at, value, presenceId].join('|'),
    body: boundary,
    raw: rawOf(boundary, at, userId),
    source: 'genesys',
    receivedAt,
  };
}

/** A document with only this boundary: an interval with one of its two times. */
function rawOf({ track, isEnd, value, presenceId }: Boundary, at: number, userId: string): string {
  const interval = {
    [isEnd ? 'endTime' : 'startTime']: new Date(at).toISOString(),
    [VALUE_FIELD[track]]: value,
    ...(presenceId === '' ? {} : { organizationPresenceId: presenceId }),
  };
  return JSON.stringify({ userDetails: [{ userId, [track]: [interval] }] });
}
