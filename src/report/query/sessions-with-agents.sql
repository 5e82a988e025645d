-- Sessions joined with the agent's entry in the directory as of the login; without one, its texts are empty. The join keeps the order
-- of the sessions. The double braces hold the sessions, the agent's columns, the condition on accounts, and the restrictions.
SELECT sessions.*, {{columns}}
FROM ({{sessions}}) AS sessions
LEFT JOIN (
    SELECT
        account_id,
        agent_id,
        -- An agent's first entry holds for all time before it, the last one for all time after it.
        if(row_number() OVER history = 1, -{{never_ms}}, toUnixTimestamp64Milli(valid_from)) AS from_ms,
        leadInFrame(toUnixTimestamp64Milli(valid_from), 1, {{never_ms}}) OVER history AS until_ms,
        first_name,
        last_name,
        username AS directory_username,
        email,
        toString(agent_type) AS agent_type,
        toString(team) AS team,
        toString(agent_group_id) AS agent_group_id,
        toString(agent_group_name) AS agent_group_name,
        external_agent_id AS directory_external_agent_id,
        toString(dial_group_name) AS directory_dial_group_name,
        needs_escaping
    FROM {{directory}}
    WINDOW history AS (
        PARTITION BY account_id, agent_id ORDER BY valid_from ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
    )
) AS entries
    ON sessions.agent_id = entries.agent_id{{same_account}}
    AND sessions.login_ms >= entries.from_ms AND sessions.login_ms < entries.until_ms
{{restrictions}}
