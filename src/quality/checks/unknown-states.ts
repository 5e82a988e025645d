// Check: states without a base state, by label.
import type { Check } from './check.ts';
import { findRows, foundSql } from './found.ts';

/** Reads only sessions with such a state. A state lasts until the next one or the session's end. */
const SQL = foundSql(`
  WITH
    concerned AS (
      SELECT account_id, source, agent_id, login_session_id, login_ms, end_ms
      FROM {{sessions}} AS sessions
      WHERE (account_id, login_session_id) IN (
        SELECT account_id, login_session_id FROM events
        WHERE account_id IN ({accounts:Array(String)}) AND base_state = 'UNKNOWN'
      )
    ),
    states AS (
      SELECT
        account_id,
        login_session_id,
        base_state,
        state_label,
        toUnixTimestamp64Milli(at) AS state_ms,
        leadInFrame(state_ms, 1, toInt64(9223372036854775807)) OVER (
          PARTITION BY account_id, login_session_id ORDER BY at, order_in_instant, event_id
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS next_ms
      FROM events FINAL
      WHERE account_id IN ({accounts:Array(String)})
        AND (account_id, login_session_id) IN (SELECT account_id, login_session_id FROM concerned)
        AND base_state != ''
    )
  SELECT
    if(state_label = '', '(no label)', toString(state_label)) AS kind,
    account_id,
    source,
    agent_id,
    login_session_id,
    min(state_ms) AS at_ms,
    max(greatest(least(next_ms, end_ms), state_ms)) AS until_ms,
    sum(greatest(least(next_ms, end_ms) - greatest(state_ms, login_ms), 0)) AS duration_ms,
    count() AS amount,
    concat('Entered ', toString(amount), if(amount = 1, ' time.', ' times.')) AS detail
  FROM states
  INNER JOIN concerned USING (account_id, login_session_id)
  WHERE base_state = 'UNKNOWN'
  GROUP BY kind, account_id, source, agent_id, login_session_id`);

export const unknownStates: Check = {
  key: 'UNKNOWN_STATES',
  title: 'Unknown states',
  meaning:
    'States that the feed does not define and that have no base state in the account: their time is unaccounted for. Each finding ' +
    'is one label in one session.',
  remedy:
    "Set the label’s base state with './offhook states set --account ID --label LABEL --base STATE' (or POST " +
    "/admin/accounts/{accountId}/auxStates), then run './offhook replay --account ID'.",
  find: (engine, asked) => findRows(engine, SQL, asked),
};
