-- One row per agent, with the columns of a session. The double braces hold the sessions, the sums of the measures, and more columns.
-- A session without an agent id stays a row of its own.
SELECT
    account_id,
    agent_id,
    login_session_id,
    login_ms,
    end_ms,
    end_reason,
    has_login,
    latest.1 AS username,
    latest.2 AS directory_username,
    latest.3 AS phone,
    latest.4 AS first_name,
    latest.5 AS last_name,
    latest.6 AS team,
    latest.7 AS agent_group_id,
    latest.8 AS agent_group_name,
    latest.9 AS external_agent_id,
    latest.10 AS directory_external_agent_id,
    latest.11 AS dial_group_name,
    latest.12 AS directory_dial_group_name,
    * EXCEPT (account_id, agent_id, login_session_id, login_ms, end_ms, end_reason, has_login, latest)
FROM (
    SELECT
        account_id,
        agent_id,
        if(agent_id = '', session.login_session_id, '') AS login_session_id,
        min(session.login_ms) AS login_ms,
        max(session.end_ms) AS end_ms,
        if(
            countIf(session.end_reason = 'OPEN') > 0, 'OPEN',
            argMax(session.end_reason, (session.end_ms, session.login_ms, session.login_session_id))
        ) AS end_reason,
        max(session.is_open) AS is_open,
        min(session.has_login) AS has_login,
        -- The agent as of the last login.
        argMax(
            (
                username, directory_username, phone, first_name, last_name, team, agent_group_id, agent_group_name,
                external_agent_id, directory_external_agent_id, dial_group_name, directory_dial_group_name
            ),
            (session.login_ms, session.login_session_id)
        ) AS latest,
        {{sums}},
        sumMap(session.label_ms) AS label_ms{{more}}
    FROM ({{sessions}}) AS session
    GROUP BY account_id, agent_id, login_session_id
)
