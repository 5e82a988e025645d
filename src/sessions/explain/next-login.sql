-- The login that ends a session without logout: the agent's first one after the session's last event, unless the session counts as
-- silent by then.
WITH own AS (
    SELECT
        agent_id,
        login_ms,
        toUnixTimestamp64Milli(last_at) AS last_ms
    FROM login_sessions FINAL
    WHERE account_id = {account:String} AND login_session_id = {session:String} AND agent_id != ''
)
SELECT
    later.login_session_id AS loginSessionId,
    later.login_ms AS loginMs
FROM login_sessions AS later FINAL
INNER JOIN own ON later.agent_id = own.agent_id
WHERE later.account_id = {account:String}
    AND loginMs BETWEEN own.last_ms AND own.last_ms + {stale_ms:Int64}
    AND (loginMs, later.login_session_id) > (own.login_ms, {session:String})
ORDER BY loginMs, loginSessionId
LIMIT 1
