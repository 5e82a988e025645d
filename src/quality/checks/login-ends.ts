// Checks: sessions whose login or logout was never recorded.
import type { Check } from './check.ts';
import { findRows, foundSql } from './found.ts';

const sessionsWhere = (condition: string, kind: string, detail: string) =>
  foundSql(`
  SELECT
    ${kind} AS kind,
    account_id,
    source,
    agent_id,
    login_session_id,
    login_ms AS at_ms,
    end_ms AS until_ms,
    0 AS duration_ms,
    1 AS amount,
    ${detail} AS detail
  FROM {{sessions}} AS sessions
  WHERE ${condition}`);

const NO_LOGOUT_SQL = sessionsWhere(
  "end_reason IN ('SUPERSEDED', 'STALE')",
  'end_reason',
  "if(end_reason = 'STALE', 'Silent since its last event.', 'The agent logged in again after its last event.')",
);
const NO_LOGIN_SQL = sessionsWhere('NOT has_login', "''", "'Counted from its first event on.'");

export const noLogout: Check = {
  key: 'NO_LOGOUT',
  title: 'Sessions without logout',
  meaning:
    'The logout was not recorded. The session ends at its last event, because the agent logged in again (SUPERSEDED) or nothing ' +
    'more came for the time of --stale-after (STALE); what the agent did after that event is not counted.',
  remedy:
    "Send the missing logout with './offhook import' or POST /ingest/v1/{source} (an event of the same session and kind LOGOUT); " +
    'if many are missing, check that the feed sends logouts.',
  find: (engine, asked) => findRows(engine, NO_LOGOUT_SQL, asked),
};

export const noLogin: Check = {
  key: 'NO_LOGIN',
  title: 'Sessions without login',
  meaning: 'The login was not recorded. The session begins with its first event; time before it is not counted.',
  remedy:
    "Send the missing login with './offhook import' or POST /ingest/v1/{source}; where a file begins in the middle of a session, " +
    'import the file before it, too.',
  find: (engine, asked) => findRows(engine, NO_LOGIN_SQL, asked),
};
