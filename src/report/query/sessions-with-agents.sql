-- Sessions joined with the agent directory as of their login. The double braces hold the sessions and the agent's columns.
--
-- All entries of an agent are one row of the join, so the sessions keep their order.
WITH
    histories AS (
        SELECT
            account_id,
            agent_id,
            CAST(
                arraySort(entry -> entry.1, groupArray((
                    toUnixTimestamp64Milli(valid_from), first_name, last_name, email, agent_type, username, team,
                    agent_group_id, agent_group_name, external_agent_id, dial_group_name
                ))),
                'Array(Tuple(
                    valid_from_ms Int64, first_name String, last_name String, email String, agent_type String,
                    directory_username String, team String, agent_group_id String, agent_group_name String,
                    directory_external_agent_id String, directory_dial_group_name String
                ))'
            ) AS history
        FROM agents FINAL
        WHERE account_id IN ({accounts:Array(String)})
        GROUP BY account_id, agent_id
    )
SELECT * EXCEPT (entry), {{names}}
FROM (
    SELECT
        sessions.*,
        -- An agent's first entry holds for all time before it. An agent without entries has empty texts.
        history[greatest(arrayLastIndex(entry -> entry.1 <= login_ms, history), 1)] AS entry
    FROM {{sessions}} AS sessions
    ANY LEFT JOIN histories ON sessions.account_id = histories.account_id AND sessions.agent_id = histories.agent_id
)
WHERE (empty({agent_ids:Array(String)}) OR has({agent_ids:Array(String)}, agent_id))
    AND (empty({agent_group_ids:Array(String)}) OR has({agent_group_ids:Array(String)}, agent_group_id))
    AND (empty({agent_teams:Array(String)}) OR has({agent_teams:Array(String)}, team))
    -- Pairs of account and group, and each restricted account with '': only its listed groups are visible.
    AND (
        NOT has({visible_accounts:Array(String)}, account_id)
        OR (agent_group_id != '' AND has(
            arrayZip({visible_accounts:Array(String)}, {visible_groups:Array(String)}),
            (account_id, agent_group_id)
        ))
    )
