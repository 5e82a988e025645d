-- Cached sessions except those of fold_accounts and fold_sessions: the columns of fold.sql.
{{end_reasons}}SELECT
    {{columns}}
FROM session_cache FINAL
WHERE account_id IN ({accounts:Array(String)}) AND login_ms BETWEEN {from_ms:Int64} AND {to_ms:Int64}
    AND (account_id, login_session_id) NOT IN (
        arrayZip({fold_accounts:Array(String)}, {fold_sessions:Array(String)})
    )
    AND NOT is_deleted
