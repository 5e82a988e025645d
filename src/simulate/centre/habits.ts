// How a simulated centre behaves: every share, duration and hour of the simulation, for tuning.
import type { BaseState } from '../../events/agent-event.ts';
import type { ShiftKind } from './agents.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../time-units.ts';

/** Share of the agents who work, by day of the week, from Sunday. */
export const STAFFING = [0.12, 0.95, 0.96, 0.96, 0.95, 0.93, 0.25] as const;

/** Start of a shift after local midnight. */
export const SHIFT_STARTS_MS: Readonly<Record<ShiftKind, number>> = {
  EARLY: 7 * HOUR_MS,
  DAY: 9 * HOUR_MS,
  LATE: 13 * HOUR_MS,
  NIGHT: 22 * HOUR_MS,
};

/** How busy each hour of the day is for an agent, from 0 to 1, with peaks in late morning and mid-afternoon. */
const LOAD_BY_HOUR = [
  0.2, 0.17, 0.15, 0.15, 0.16, 0.2, 0.27, 0.36, 0.58, 0.84, 1, 0.97, 0.66, 0.72, 0.94, 0.98, 0.8, 0.58, 0.45, 0.38,
  0.34, 0.3, 0.26, 0.22,
] as const;

/** Mean wait for a call in the busiest hour. */
const BUSIEST_WAIT_MS = 285 * SECOND_MS;

/** Mean wait for a call at an hour of the day, 0 to 23. */
export function meanWaitMs(hour: number): number {
  return BUSIEST_WAIT_MS / LOAD_BY_HOUR[hour]!;
}

/** Kinds of working days and their shares: one session, or two for one of the reasons. */
export const DAY_COURSES = { ONE_SESSION: 0.5, LUNCH_LOGGED_OUT: 0.32, CONNECTION_DROPPED: 0.18 } as const;

/** Share of the sessions whose logout is never recorded. */
export const LOST_LOGOUTS = 0.015;
/** What their agents do next; the rest are absent for two days. */
export const AFTER_LOST_LOGOUT = { BACK_IN_MINUTES: 0.35, BACK_NEXT_SHIFT: 0.15, AWAY: 0.5 } as const;

/** Outcomes of a call offered to an agent. */
export const OFFER_OUTCOMES = { ANSWERED: 0.92, MISSED: 0.06, WITHDRAWN: 0.02 } as const;
/** Share of calls that connect in the second in which they are offered. */
export const AUTO_ANSWERED = 0.08;
export const PENDING_DISPOSITIONS = 0.7;
export const HELD_CALLS = 0.17;
export const TRANSFERRED_CALLS = 0.07;
/** Share of waits that an agent with a dial group ends by dialling out. */
export const DIALLED_BY_HAND = 0.3;
export const NO_CONNECTS = 0.4;

/** A reason to pause: how likely, when in the shift (as shares of it), and how long. */
export interface PauseHabit {
  state: BaseState;
  labels: readonly string[];
  chance: number;
  from: number;
  to: number;
  minMs: number;
  maxMs: number;
}

export const PAUSES: readonly PauseHabit[] = [
  pause('ON_BREAK', ['Break'], 0.96, 0.18, 0.32, 9, 20),
  pause('ON_BREAK', ['Break'], 0.9, 0.66, 0.82, 9, 20),
  pause('TRAINING', ['Training'], 0.06, 0.05, 0.8, 20, 60),
  pause('AWAY', ['Away'], 0.35, 0.05, 0.95, 2, 12),
  pause('AWAY', ['Coaching', 'Meeting'], 0.16, 0.1, 0.85, 15, 40),
];

/** In shifts that are long enough, unless the agent logs out for it. */
export const LUNCH: PauseHabit = pause('LUNCH', ['Lunch'], 1, 0.42, 0.55, 28, 62);

/** A team lead monitors a call. */
export const MONITORING: PauseHabit = pause('MONITORING', [''], 0.45, 0.05, 0.95, 2, 14);
export const MONITORINGS_PER_SHIFT = 4;

function pause(
  state: BaseState,
  labels: readonly string[],
  chance: number,
  from: number,
  to: number,
  minMinutes: number,
  maxMinutes: number,
): PauseHabit {
  return { state, labels, chance, from, to, minMs: minMinutes * MINUTE_MS, maxMs: maxMinutes * MINUTE_MS };
}
