// Builds answers of the users details query for the tests of the feed.
import { decodeContext } from '../../../../test/support/decode-context.ts';
import type { AgentEvent } from '../../../events/agent-event.ts';

export const CONTEXT = decodeContext({ accountId: '7', receivedAt: Date.parse('2026-03-03T00:00:00Z') });
export const DAY_MS = Date.parse('2026-03-02T00:00:00Z');

/** The seconds of a time of day. */
export const clock = (time: string) => Date.parse(`1970-01-01T${time.padEnd(8, ':00')}Z`) / 1000;
export const iso = (second: number) => new Date(DAY_MS + second * 1000).toISOString();

export type Interval = [
  start: string | number,
  end: string | number | null,
  value: string,
  presenceId?: string | undefined,
];
export const seconds = (time: string | number) => (typeof time === 'string' ? clock(time) : time);

export function interval(name: string, [start, end, value, presenceId]: Interval) {
  return {
    startTime: iso(seconds(start)),
    ...(end === null ? {} : { endTime: iso(seconds(end)) }),
    [name]: value,
    ...(presenceId === undefined ? {} : { organizationPresenceId: presenceId }),
  };
}

export function user(presence: Interval[], routing: Interval[] = [], userId = 'u') {
  return {
    userId,
    primaryPresence: presence.map(each => interval('systemPresence', each)),
    routingStatus: routing.map(each => interval('routingStatus', each)),
  };
}

export const page = (...users: object[]) => JSON.stringify({ userDetails: users, totalHits: users.length });

/** Time of day, kind, base state and session number of the events that have an effect. */
export function outline(events: readonly AgentEvent[]) {
  const sessions = [...new Set(events.map(event => event.loginSessionId).filter(id => id !== ''))];
  return events
    .filter(({ kind, baseState }) => kind !== 'STATE' || baseState !== '')
    .map(({ at, kind, baseState, loginSessionId }) => [
      new Date(at).toISOString().slice(11, 19),
      kind,
      baseState,
      sessions.indexOf(loginSessionId) + 1,
    ]);
}

export const PRESENCE: Interval[] = [
  ['00:00', '08:00', 'OFFLINE'],
  ['08:00', '08:01', 'AVAILABLE'],
  ['08:01', '12:00', 'ON_QUEUE'],
  ['12:00', '12:30', 'MEAL'],
  ['12:30', '16:00', 'ON_QUEUE'],
  ['16:00', null, 'OFFLINE'],
];
/** The routing status is seconds late. */
export const ROUTING: Interval[] = [
  ['00:00:01', '08:01:02', 'OFF_QUEUE'],
  ['08:01:02', '09:00', 'IDLE'],
  ['09:00', '09:10', 'INTERACTING'],
  ['09:10', '10:00', 'IDLE'],
  ['10:00', '10:01', 'NOT_RESPONDING'],
  ['10:01', '11:00', 'IDLE'],
  ['11:00', '11:05', 'COMMUNICATING'],
  ['11:05', '12:00:03', 'IDLE'],
  ['12:00:03', '12:30:02', 'OFF_QUEUE'],
  ['12:30:02', '16:00:04', 'IDLE'],
  ['16:00:04', null, 'OFF_QUEUE'],
];
