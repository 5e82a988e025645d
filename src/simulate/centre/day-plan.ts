// The plan of an agent's working day: its logins, and the pauses in them.
import type { BaseState } from '../../events/agent-event.ts';
import type { Agent } from './agents.ts';
import * as habits from './habits.ts';
import type { Random } from '../random.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../time-units.ts';

/** A pause, in which an agent takes no calls. It begins when the call before it has ended. */
export interface Pause {
  at: number;
  lengthMs: number;
  state: BaseState;
  label: string;
}

/** A login: instants are UTC milliseconds on whole seconds. */
export interface SessionPlan {
  agent: Agent;
  loginAt: number;
  logoutAt: number;
  /** From here on no event of the session is recorded, not even the logout; null: all are. */
  lostAt: number | null;
  pauses: Pause[];
}

export interface DayPlan {
  sessions: SessionPlan[];
  /** Whether the agent is absent on the next two days. */
  isAwayAfter: boolean;
}

/** An interval, in UTC milliseconds. */
interface Stretch {
  from: number;
  to: number;
}

const MIN_SESSION_MS = 20 * MINUTE_MS;
const LUNCH_FROM_SHIFT_MS = 6 * HOUR_MS;

/** Plans the day of an agent. @param shiftAt nominal start of the shift, UTC milliseconds */
export function planDay(agent: Agent, shiftAt: number, random: Random): DayPlan {
  const from = shiftAt + random.time(-9 * MINUTE_MS, 7 * MINUTE_MS);
  const lengthMs = agent.isPartTime
    ? random.time(3.9 * HOUR_MS, 4.6 * HOUR_MS)
    : random.time(7.8 * HOUR_MS, 8.8 * HOUR_MS);
  const shift = { from, to: from + lengthMs };
  const course = random.weighted(habits.DAY_COURSES);
  const stretches = stretchesOf(shift, course, random);
  return withLosses(agent, stretches, pausesOf(agent, shift, course === 'LUNCH_LOGGED_OUT', random), random);
}

function stretchesOf(shift: Stretch, course: keyof typeof habits.DAY_COURSES, random: Random): Stretch[] {
  if (course === 'ONE_SESSION') return [shift];
  const lengthMs = shift.to - shift.from;
  const isLunch = course === 'LUNCH_LOGGED_OUT';
  const cut = shift.from + random.time(lengthMs * (isLunch ? 0.42 : 0.1), lengthMs * (isLunch ? 0.55 : 0.9));
  const gapMs = isLunch ? random.time(28 * MINUTE_MS, 62 * MINUTE_MS) : random.time(20 * SECOND_MS, 5 * MINUTE_MS);
  return [
    { from: shift.from, to: cut },
    { from: cut + gapMs, to: shift.to },
  ];
}

function pausesOf(agent: Agent, shift: Stretch, hasLunchedOut: boolean, random: Random): Pause[] {
  const kinds = [...habits.PAUSES];
  if (!hasLunchedOut && shift.to - shift.from >= LUNCH_FROM_SHIFT_MS) kinds.push(habits.LUNCH);
  for (let i = 0; agent.isTeamLead && i < habits.MONITORINGS_PER_SHIFT; i++) kinds.push(habits.MONITORING);
  return kinds
    .filter(habit => random.chance(habit.chance))
    .map(habit => pauseOf(habit, shift, random))
    .sort((one, other) => one.at - other.at);
}

function pauseOf(habit: habits.PauseHabit, shift: Stretch, random: Random): Pause {
  const lengthMs = shift.to - shift.from;
  return {
    at: shift.from + random.time(lengthMs * habit.from, lengthMs * habit.to),
    lengthMs: random.time(habit.minMs, habit.maxMs),
    state: habit.state,
    label: random.pick(habit.labels),
  };
}

/** The intervals as sessions, some of which lose their logout. */
function withLosses(agent: Agent, stretches: Stretch[], pauses: Pause[], random: Random): DayPlan {
  const sessions: SessionPlan[] = [];
  const waiting = [...stretches];
  for (let stretch = waiting.shift(); stretch; stretch = waiting.shift()) {
    if (stretch.to - stretch.from < MIN_SESSION_MS) continue;
    const session = sessionOf(agent, stretch, pauses);
    sessions.push(session);
    if (!random.chance(habits.LOST_LOGOUTS)) continue;
    session.lostAt = stretch.from + random.time(MINUTE_MS, stretch.to - stretch.from);
    const next = random.weighted(habits.AFTER_LOST_LOGOUT);
    if (next !== 'BACK_IN_MINUTES') return { sessions, isAwayAfter: next === 'AWAY' };
    waiting.unshift({ from: session.lostAt + random.time(MINUTE_MS, 9 * MINUTE_MS), to: stretch.to });
  }
  return { sessions, isAwayAfter: false };
}

function sessionOf(agent: Agent, { from, to }: Stretch, pauses: Pause[]): SessionPlan {
  const own = pauses.filter(({ at }) => at > from + MINUTE_MS && at < to - MINUTE_MS);
  return { agent, loginAt: from, logoutAt: to, lostAt: null, pauses: own };
}
