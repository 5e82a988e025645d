-- Sessions joined with the agent directory as of their login. The fold stands where the double braces are.
WITH
    entries AS (
        SELECT
            account_id,
            agent_id,
            -- The first entry of an agent holds for all time before it.
            if(
                valid_from = min(valid_from) OVER (PARTITION BY account_id, agent_id),
                toInt64(-9223372036854775808), toUnixTimestamp64Milli(valid_from)
            ) AS valid_from_ms,
            first_name,
            last_name,
            email,
            agent_type,
            agents.username AS directory_username,
            team,
            agent_group_id,
            agent_group_name,
            agents.external_agent_id AS directory_external_agent_id,
            agents.dial_group_name AS directory_dial_group_name
        FROM agents FINAL
        WHERE account_id IN ({accounts:Array(String)})
    )
SELECT sessions.*, {{names}}
FROM {{sessions}} AS sessions
ASOF LEFT JOIN entries
    ON sessions.account_id = entries.account_id
    AND sessions.agent_id = entries.agent_id
    AND sessions.login_ms >= entries.valid_from_ms
WHERE (empty({agent_ids:Array(String)}) OR has({agent_ids:Array(String)}, sessions.agent_id))
    AND (empty({agent_group_ids:Array(String)}) OR has({agent_group_ids:Array(String)}, agent_group_id))
    AND (empty({agent_teams:Array(String)}) OR has({agent_teams:Array(String)}, team))
    -- Pairs of account and group, and each restricted account with '': only its listed groups are seen.
    AND (
        NOT has({visible_accounts:Array(String)}, sessions.account_id)
        OR (agent_group_id != '' AND has(
            arrayZip({visible_accounts:Array(String)}, {visible_groups:Array(String)}),
            (sessions.account_id, agent_group_id)
        ))
    )
