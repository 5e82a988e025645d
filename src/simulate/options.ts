// Options of a simulated centre, with checks and defaults.
import { UserError } from '../errors.ts';
import { DAY_MS } from './time-units.ts';
import { ZoneClock } from './zone-clock.ts';

/** The same options give the same events, byte for byte. */
export interface CentreOptions {
  accountId: string;
  agents: number;
  /** Number of local days on which agents log in; `Infinity`: it never ends. */
  days: number;
  /** The first of these days, `YYYY-MM-DD`. */
  start: string;
  seed: number;
  /** Zone of the centre's working hours, a name of the tz database; America/New_York if absent. */
  timezone?: string;
  /** Whether the feed reports the agents' lines; RingCX, the default, does not. */
  offHook?: boolean;
}

/** The options, completed. */
export interface Centre extends Required<CentreOptions> {
  clock: ZoneClock;
  /** Local midnight of the first day. */
  startLocalMs: number;
}

/** @throws UserError INVALID_REQUEST, UNKNOWN_TIME_ZONE for an option that is not valid */
export function centreOf(options: CentreOptions): Centre {
  const { agents, days, seed } = options;
  if (!Number.isSafeInteger(agents) || agents < 1) refuse('agents', agents, 'a whole number of at least 1');
  if (days !== Number.POSITIVE_INFINITY && (!Number.isSafeInteger(days) || days < 1)) {
    refuse('days', days, 'a whole number of at least 1');
  }
  if (!Number.isSafeInteger(seed)) refuse('seed', seed, 'a whole number');
  const timezone = options.timezone ?? 'America/New_York';
  return {
    ...options,
    timezone,
    offHook: options.offHook ?? false,
    clock: clockOf(timezone),
    startLocalMs: startOf(options.start),
  };
}

function startOf(start: string): number {
  const localMs = /^\d{4}-\d\d-\d\d$/.test(start) ? Date.parse(`${start}T00:00:00Z`) : Number.NaN;
  // Date.parse turns 30 February into a day of March.
  const exists = Number.isFinite(localMs) && new Date(localMs).toISOString().startsWith(start);
  return exists ? localMs : refuse('start', start, 'a date such as 2026-03-02');
}

function clockOf(timezone: string): ZoneClock {
  try {
    return new ZoneClock(timezone);
  } catch {
    throw new UserError(
      'UNKNOWN_TIME_ZONE',
      `No time zone is called '${timezone}'.`,
      'Use a name of the tz database, such as America/New_York.',
    );
  }
}

function refuse(name: string, value: unknown, expected: string): never {
  throw new UserError('INVALID_REQUEST', `The simulation's option '${name}' cannot be '${value}'.`, `Use ${expected}.`);
}

/** Day of the week of a local time, 0 for Sunday. */
export function weekdayOf(localMs: number): number {
  // 1 January 1970 was a Thursday.
  return (Math.floor(localMs / DAY_MS) + 4) % 7;
}
