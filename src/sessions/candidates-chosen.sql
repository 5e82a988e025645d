    -- The sessions of fold_accounts and fold_sessions, and in addition the cached ones up to later_to_ms, of which one may end a
    -- session of the range; only the former are selected.
    candidates AS (
{{facts}}
            -- The primary key is used for a list of ids, and not for one of pairs.
            AND login_session_id IN ({fold_sessions:Array(String)})
            AND (account_id, login_session_id) IN (
                arrayZip({fold_accounts:Array(String)}, {fold_sessions:Array(String)})
            )
        UNION ALL
        SELECT
            account_id,
            login_session_id,
            agent_id,
            fromUnixTimestamp64Milli(login_ms, 'UTC') AS first_at,
            login_ms,
            has_login,
            end_ms AS last_ms,
            end_ms AS logout_ms,
            end_reason = 'NORMAL' AS has_logout,
            username,
            phone,
            external_agent_id,
            dial_group_name,
            toString(session_cache.source) AS source,
            false AS is_selected
        FROM session_cache FINAL
        WHERE account_id IN ({accounts:Array(String)}) AND login_ms BETWEEN {from_ms:Int64} AND {later_to_ms:Int64}
            AND (account_id, login_session_id) NOT IN (
                arrayZip({fold_accounts:Array(String)}, {fold_sessions:Array(String)})
            )
            AND NOT is_deleted
    )
