-- One row for each group of sessions, with sums over its sessions. The double braces hold the group's columns, the sums and the
-- sessions.
SELECT
    {{keys}},
    count() AS sessions,
    uniqExactIf((account_id, agent_id), session.agent_id != '') AS agents,
    argMax((first_name, last_name, agent_group_name), (session.login_ms, session.login_session_id)) AS latest,
    {{sums}}
FROM ({{sessions}}) AS session
GROUP BY {{names}}
