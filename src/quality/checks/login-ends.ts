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
  "if(end_reason = 'STALE', 'No events since its last one.', 'The agent logged in again without logging out.')",
);
const NO_LOGIN_SQL = sessionsWhere('NOT has_login', "''", "'Counts from its first event.'");

export const noLogout: Check = {
  key: 'NO_LOGOUT',
  title: 'Sessions without logout',
  meaning:
    'The logout was not recorded. The session ends at its last event, because the agent logged in again (SUPERSEDED) or no events ' +
    'arrived for the time set with --stale-after (STALE). Time after that event is not counted.',
  remedy:
    "Send the missing logout with './offhook import' or POST /ingest/v1/{source} (an event of kind LOGOUT for the same session). " +
    'If many are missing, check that the feed sends logouts.',
  find: (engine, asked) => findRows(engine, NO_LOGOUT_SQL, asked),
};

export const noLogin: Check = {
  key: 'NO_LOGIN',
  title: 'Sessions without login',
  meaning: 'The login was not recorded. The session begins with its first event; time before it is not counted.',
  remedy:
    "Send the missing login with './offhook import' or POST /ingest/v1/{source}; if a file begins in the middle of a session, " +
    'also import the file before it.',
  find: (engine, asked) => findRows(engine, NO_LOGIN_SQL, asked),
};
