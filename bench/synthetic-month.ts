// Synthetic events made inside the engine: sessions of exactly 100 events, any number of them within seconds.
import type { Engine } from '../src/engine/engine.ts';

const FILL = `
  INSERT INTO events (
    account_id, login_session_id, at, order_in_instant, kind, base_state, prev_base_state, pending_disposition, agent_id,
    username, phone, call_id, queue_id, source, received_at
  )
  WITH
    number % 100 AS step,
    intDiv(number, 100) AS agent,
    toDateTime64({start:String}, 3, 'UTC') + toIntervalDay({day:UInt32}) + toIntervalHour(13) AS opens_at,
    step = 99 AND agent % 70 != 0 AS logs_out,
    step % 4 = 3 AND step % 20 != 3 AS answers
  SELECT
    {account:String},
    toString(600000000 + {day:UInt32} * {agents:UInt32} + agent),
    opens_at + toIntervalSecond(step * 288 + agent % 3600 + if(step IN (0, 99), 0, cityHash64(number) % 288)),
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
    'ringcx',
    opens_at
  FROM numbers({events:UInt64})`;

/** Fills the days and merges the parts; returns the number of events. */
export async function syntheticMonth(
  engine: Engine,
  account: string,
  start: string,
  agents: number,
  days: number,
): Promise<number> {
  const events = agents * 100;
  for (let day = 0; day < days; day++) await engine.command(FILL, { account, start, day, agents, events });
  for (const table of ['events', 'login_sessions']) await engine.command(`OPTIMIZE TABLE ${table} FINAL`);
  return events * days;
}
