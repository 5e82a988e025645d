    -- A session without logout ends at the agent's next login, unless further events of it arrive.
    superseded AS (
        SELECT DISTINCT account_id, unfinished.login_session_id AS login_session_id
        FROM candidates AS later
        INNER JOIN (
            SELECT account_id, agent_id, login_session_id, login_ms, last_ms
            FROM candidates
            WHERE login_ms BETWEEN {from_ms:Int64} AND {to_ms:Int64}
                AND first_at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
                AND NOT has_logout AND agent_id != ''
        ) AS unfinished USING (account_id, agent_id)
        WHERE later.login_ms BETWEEN unfinished.last_ms AND unfinished.last_ms + {stale_ms:Int64}
            AND (later.login_ms, later.login_session_id) > (unfinished.login_ms, unfinished.login_session_id)
    )
