// Check: agents who are logged in twice at the same time.
import type { Check } from './check.ts';
import { findRows, foundSql, sessionsOpenIn } from './found.ts';

/** Compares each session with the earlier one that ends last, which costs no more than sorting. */
const SQL = foundSql(`
  SELECT
    '' AS kind,
    account_id,
    source,
    agent_id,
    login_session_id,
    login_ms AS at_ms,
    least(end_ms, longest.1) AS until_ms,
    until_ms - at_ms AS duration_ms,
    2 AS amount,
    concat('Began before session ', longest.2, ' ended.') AS detail
  FROM (
    SELECT
      account_id,
      source,
      agent_id,
      login_session_id,
      login_ms,
      end_ms,
      max((end_ms, login_session_id)) OVER (
        PARTITION BY account_id, agent_id ORDER BY login_ms, login_session_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS longest
    FROM {{sessions}} AS sessions
    WHERE agent_id != ''
  )
  WHERE login_ms >= {range_from_ms:Int64} AND longest.2 != '' AND least(end_ms, longest.1) > login_ms`);

export const overlappingLogins: Check = {
  key: 'OVERLAPPING_LOGINS',
  title: 'Overlapping logins',
  meaning:
    'Two sessions of one agent overlap, and the time of both is counted. The session listed is the later one; its detail names the ' +
    'earlier one.',
  remedy:
    'If a logout is missing or late, send it with POST /ingest/v1/{source}; if two people share a login, give each their own ' +
    'agent id in the telephony system.',
  find: (engine, asked) => findRows(engine, SQL, asked, sessionsOpenIn(asked)),
};
