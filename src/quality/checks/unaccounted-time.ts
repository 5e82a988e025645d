// Check: login time in which the agent is in no state that reports count.
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
    'Login time that is not work, break, lunch, training, away or ring-no-answer: before the first known state, in the state ' +
    'OFFLINE, or in a state without a base state (see UNKNOWN_STATES). Only sessions with more than a minute of it are findings ' +
    '(--unaccounted-above changes the limit); the total of the others is given separately.',
  remedy:
    "Give unknown states a base state with './offhook states set', then run './offhook replay --account ID'. For the rest, send the " +
    'events that are missing after the login.',
  find: (engine, asked) =>
    findRows(engine, SQL, asked, {
      unaccounted_above_ms: asked.unaccountedAboveMs ?? LIMITS.unaccountedMs,
    }),
};
