// Check: agents with sessions who are not in the directory.
import type { Check } from './check.ts';
import { findRows, foundSql } from './found.ts';

const SQL = foundSql(`
  SELECT
    '' AS kind,
    account_id,
    max(sessions.source) AS source,
    agent_id,
    argMax(sessions.login_session_id, (login_ms, sessions.login_session_id)) AS login_session_id,
    min(login_ms) AS at_ms,
    max(end_ms) AS until_ms,
    sum(login_time_ms) AS duration_ms,
    count() AS amount,
    concat(
      toString(amount), if(amount = 1, ' session', ' sessions'),
      if(max(username) = '', '.', concat(' of ', max(username), '.'))
    ) AS detail
  FROM {{sessions}} AS sessions
  WHERE (account_id, agent_id) NOT IN (
    SELECT account_id, agent_id FROM agents WHERE account_id IN ({accounts:Array(String)})
  )
  GROUP BY account_id, agent_id`);

export const unknownAgents: Check = {
  key: 'UNKNOWN_AGENTS',
  title: 'Unknown agents',
  meaning:
    'Agents with sessions but without an entry in the directory: reports show no name, team or group for them, and readers who are ' +
    'limited to groups do not see them. The session listed is the latest.',
  remedy:
    "Import the agents with './offhook agents import --account ID FILE.csv', or add them with POST " +
    '/admin/accounts/{accountId}/agentGroups/{agentGroupId}/agents; an agent’s first entry also holds for all time before it.',
  isOfAllGroups: true,
  find: (engine, asked) => findRows(engine, SQL, asked),
};
