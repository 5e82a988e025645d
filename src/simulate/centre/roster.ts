// All logins of a centre's agents, numbered in order of time.
import { agentsOf, type Agent } from './agents.ts';
import { planDay, type SessionPlan } from './day-plan.ts';
import { SHIFT_STARTS_MS, STAFFING } from './habits.ts';
import { weekdayOf, type Centre } from '../options.ts';
import { Random } from '../random.ts';
import { DAY_MS } from '../time-units.ts';

/** A login with its number in the centre, from 0, in order of time. */
export interface NumberedSession extends SessionPlan {
  number: number;
}

const DAYS_AWAY = 2;

/** Every login of the centre's days, in order of time; plans one day at a time. */
export function* rosterOf(centre: Centre): Generator<NumberedSession> {
  const agents = agentsOf(centre);
  const backOnDay = new Map<Agent, number>();
  // A night shift may log in again after midnight: such logins are merged with those of the next day.
  let afterMidnight: SessionPlan[] = [];
  let number = 0;
  for (let day = 0; day < centre.days; day++) {
    const planned = [...afterMidnight, ...sessionsOfDay(centre, agents, day, backOnDay)];
    planned.sort((one, other) => one.loginAt - other.loginAt || one.agent.index - other.agent.index);
    const dayEndsAt = centre.clock.instantOf(centre.startLocalMs + (day + 1) * DAY_MS);
    afterMidnight = planned.filter(session => session.loginAt >= dayEndsAt);
    for (const session of planned) {
      if (session.loginAt < dayEndsAt) yield { ...session, number: number++ };
    }
  }
}

function* sessionsOfDay(
  centre: Centre,
  agents: Agent[],
  day: number,
  backOnDay: Map<Agent, number>,
): Generator<SessionPlan> {
  const midnightMs = centre.startLocalMs + day * DAY_MS;
  const staffing = STAFFING[weekdayOf(midnightMs)]!;
  for (const agent of agents) {
    const random = new Random(centre.seed, 2, agent.index, day);
    if (!random.chance(staffing) || day < (backOnDay.get(agent) ?? 0)) continue;
    const shiftAt = centre.clock.instantOf(midnightMs + SHIFT_STARTS_MS[agent.shift]);
    const { sessions, isAwayAfter } = planDay(agent, shiftAt, random);
    if (isAwayAfter) backOnDay.set(agent, day + 1 + DAYS_AWAY);
    yield* sessions;
  }
}
