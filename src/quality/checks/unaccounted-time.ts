// Check: login time in which the agent is in no state that a report counts.
import type { Check } from './check.ts';
import { findRows, foundSql } from './found.ts';
import { LIMITS } from '../../limits.ts';

const SQL = foundSql(
  `
  SELECT
    '' AS kind,
    account_id,
    source,
    agent_id,
    login_session_id,
    login_ms AS at_ms,
    end_ms AS until_ms,
    unaccounted_ms AS duration_ms,
    1 AS amount,
    concat('Of ', toString(intDiv(login_time_ms + 500, 1000)), ' s of login time.') AS detail
  FROM {{sessions}} AS sessions
  WHERE unaccounted_ms > 0`,
  'duration_ms <= {unaccounted_above_ms:Int64}',
);

export const unaccountedTime: Check = {
  key: 'UNACCOUNTED_TIME',
  title: 'Unaccounted time',
  meaning:
    'Login time that is no work, break, lunch, training, away or ring-no-answer: before the first state is known, in the state ' +
    'OFFLINE, or in a state of unknown meaning (see UNKNOWN_STATES). Only sessions with more than a minute of it (--unaccounted-above ' +
    'sets how much) are findings; the time of the others is told beside them.',
  remedy:
    "Give unknown states a base state with './offhook states set' and run './offhook replay --account ID'; for the rest, send the " +
    'events that are missing after the login.',
  find: (engine, asked) =>
    findRows(engine, SQL, asked, {
      unaccounted_above_ms: asked.unaccountedAboveMs ?? LIMITS.unaccountedMs,
    }),
};
