-- Which sessions a report has to fold: those whose folded row is missing or old (marked), and those that are open now. One row:
-- later_to_ms, the last login that could end a session of the range; asked, how many of the range are to be folded; fold_accounts
-- and fold_sessions, they and the other marked ones that are or were folded in the range or begin before later_to_ms, at most
-- one more than fold_limit.
WITH
    marked AS (
        SELECT account_id, login_session_id
        FROM unfolded_sessions
        WHERE account_id IN ({accounts:Array(String)})
        GROUP BY account_id, login_session_id
        HAVING sum(mark) != 0
    ),
    marked_known AS (
{{facts}}
            AND last_at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
            AND (account_id, login_session_id) IN marked
    ),
    silent AS (
        SELECT account_id, login_session_id, login_ms, end_ms AS last_ms
        FROM folded_sessions FINAL
        WHERE account_id IN ({accounts:Array(String)}) AND login_ms BETWEEN {from_ms:Int64} AND {to_ms:Int64}
            AND end_reason != 'NORMAL' AND (account_id, login_session_id) NOT IN marked
    ),
    (
        SELECT greatest({to_ms:Int64}, max(last_ms) + {stale_ms:Int64})
        FROM (
            SELECT last_ms FROM marked_known
            WHERE login_ms BETWEEN {from_ms:Int64} AND {to_ms:Int64} AND NOT has_logout
            UNION ALL
            SELECT last_ms FROM silent
        )
    ) AS later_to
SELECT
    ifNull(later_to, {to_ms:Int64}) AS later_to_ms,
    countIf(login_ms <= {to_ms:Int64}) AS asked,
    groupArray({fold_limit:UInt64} + 1)(toString(account_id)) AS fold_accounts,
    groupArray({fold_limit:UInt64} + 1)(login_session_id) AS fold_sessions
FROM (
    SELECT account_id, login_session_id, login_ms FROM marked_known
    WHERE login_ms BETWEEN {from_ms:Int64} AND ifNull(later_to, {to_ms:Int64})
    UNION ALL
    SELECT account_id, login_session_id, login_ms FROM silent
    WHERE {now_ms:Int64} - last_ms < {stale_ms:Int64}
    UNION ALL
    -- They are no longer where their folded row is.
    SELECT account_id, login_session_id, {to_ms:Int64} + 1 FROM folded_sessions
    WHERE account_id IN ({accounts:Array(String)}) AND login_ms BETWEEN {from_ms:Int64} AND {to_ms:Int64}
        AND (account_id, login_session_id) IN marked
        AND (account_id, login_session_id) NOT IN (
            SELECT account_id, login_session_id FROM marked_known
            WHERE login_ms BETWEEN {from_ms:Int64} AND {to_ms:Int64}
        )
)
