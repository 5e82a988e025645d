-- Sessions into agents: one row for each, with the fields of a session, which stand where the double braces are.
-- A session that names no agent stays a row of its own.
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
        -- Who the agent was as of the last login.
        argMax(
            (
                username, directory_username, phone, first_name, last_name, team, agent_group_id, agent_group_name,
                external_agent_id, directory_external_agent_id, dial_group_name, directory_dial_group_name
            ),
            (session.login_ms, session.login_session_id)
        ) AS latest,
        sum(session.login_time_ms) AS login_time_ms,
        sum(session.available_ms) AS available_ms,
        sum(session.ring_ms) AS ring_ms,
        sum(session.engaged_ms) AS engaged_ms,
        sum(session.wrap_ms) AS wrap_ms,
        sum(session.monitoring_ms) AS monitoring_ms,
        sum(session.work_ms) AS work_ms,
        sum(session.break_ms) AS break_ms,
        sum(session.away_ms) AS away_ms,
        sum(session.lunch_ms) AS lunch_ms,
        sum(session.training_ms) AS training_ms,
        sum(session.rna_ms) AS rna_ms,
        sum(session.unaccounted_ms) AS unaccounted_ms,
        sum(session.pending_disposition_ms) AS pending_disposition_ms,
        sum(session.talk_ms) AS talk_ms,
        sum(session.hold_ms) AS hold_ms,
        sum(session.off_hook_ms) AS off_hook_ms,
        sum(session.rounded_off_hook_ms) AS rounded_off_hook_ms,
        sum(session.presented) AS presented,
        sum(session.accepted) AS accepted,
        sum(session.ring_no_answers) AS ring_no_answers,
        sum(session.offers_withdrawn) AS offers_withdrawn,
        sum(session.manual_no_connects) AS manual_no_connects,
        sum(session.transfers) AS transfers,
        sum(session.holds) AS holds,
        sum(session.monitoring_sessions) AS monitoring_sessions,
        sumMap(session.label_ms) AS label_ms{{more}}
    FROM ({{sessions}}) AS session
    GROUP BY account_id, agent_id, login_session_id
)
