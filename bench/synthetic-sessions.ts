// Synthetic events made inside the engine: two logins a day for every agent, with any number of events, and a directory.
import type { Engine } from '../src/engine/engine.ts';

const DAY_SQL = `
  INSERT INTO events (
    account_id, login_session_id, at, order_in_instant, kind, base_state, prev_base_state, pending_disposition, agent_id,
    username, phone, call_id, queue_id, dial_group_name, source, received_at
  )
  WITH
    number % {steps:UInt32} AS step,
    intDiv(number, {steps:UInt32}) AS login,
    intDiv(login, 2) AS agent,
    toDateTime64({start:String}, 3, 'UTC') + toIntervalDay({day:UInt32}) + toIntervalHour(9 + 5 * (login % 2)) AS opens_at,
    step = {steps:UInt32} - 1 AND login % 70 != 0 AS logs_out,
    step % 4 = 3 AND step % 20 != 3 AS answers,
    step IN (0, {steps:UInt32} - 1) AS is_edge
  SELECT
    {account:String},
    toString(600000000 + {day:UInt32} * 2 * {agents:UInt32} + login),
    opens_at + toIntervalMillisecond(
      step * intDiv(14000000, {steps:UInt32}) + (agent * 977) % 3600000 + if(is_edge, 0, cityHash64(number, {day:UInt32}) % 9000)
    ),
    2,
    multiIf(step = 0, 'LOGIN', logs_out, 'LOGOUT', step % 4 = 2, 'OFFER', answers, 'ANSWER', step % 4 = 3, 'RING_NO_ANSWER',
      'STATE'),
    multiIf(step = 0 OR logs_out, '', step % 4 = 1, 'AVAILABLE', step % 4 = 2, 'TRANSITION', answers, 'ENGAGED',
      step % 4 = 3, 'RNA', step % 40 = 0, 'LUNCH', 'WORKING'),
    'AVAILABLE',
    answers,
    toString(1300000 + agent),
    concat('agent', toString(agent), '@example.com'),
    '16505550100*1212@RC_SOFTPHONE',
    if(answers, concat('20260601', leftPad(toString(number * 7 + {day:UInt32}), 22, '0')), ''),
    '72992',
    'Inbound',
    'ringcx',
    opens_at
  FROM numbers({events:UInt64})`;

const AGENTS_SQL = `
  INSERT INTO agents (account_id, agent_id, valid_from, first_name, last_name, team, agent_group_id, agent_group_name, version)
  SELECT {account:String}, toString(1300000 + number), toDateTime64(0, 3, 'UTC'), concat('First', toString(number % 500)),
    concat('Last', toString(number)), concat('Team ', toString(number % 40)), toString(number % 10),
    concat('Group ', toString(number % 10)), 1
  FROM numbers({agents:UInt64})`;

export interface Centre {
  account: string;
  /** The first day, at midnight UTC: YYYY-MM-DD. */
  start: string;
  agents: number;
  /** Events per session. */
  steps: number;
}

export async function fillDirectory(engine: Engine, { account, agents }: Centre): Promise<void> {
  await engine.command(AGENTS_SQL, { account, agents });
}

/** Fills one day, counted from the start; returns the number of events. */
export async function fillDay(engine: Engine, centre: Centre, day: number): Promise<number> {
  const events = centre.agents * 2 * centre.steps;
  await engine.command(DAY_SQL, { ...centre, day, events });
  return events;
}

/** Merges what background merges would merge over time. */
export async function settle(engine: Engine): Promise<void> {
  for (const table of ['events', 'login_sessions', 'session_cache', 'dirty_sessions']) {
    await engine.command(`OPTIMIZE TABLE ${table} FINAL`);
  }
}
