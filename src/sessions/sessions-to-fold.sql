-- Which sessions a report has to fold: those whose cached row is missing or stale (dirty), and those that are open now. One row:
-- later_to_ms, the last login that could end a session of the range; in_range, how many sessions of the range are to be folded;
-- fold_accounts and fold_sessions, these and the other dirty ones that begin, or began when they were cached, before later_to_ms:
-- at most one more than fold_limit.
WITH
    dirty AS (
        SELECT account_id, login_session_id
        FROM dirty_sessions
        WHERE account_id IN ({accounts:Array(String)})
        GROUP BY account_id, login_session_id
        HAVING sum(stamp) != 0
    )
SELECT
    greatest({to_ms:Int64}, max(silent_since_ms) + {stale_ms:Int64}) AS later_to_ms,
    countIf(is_to_fold AND begins_ms <= {to_ms:Int64}) AS in_range,
    -- The first ones to begin, so that those after later_to_ms do not use up the limit.
    tupleElement(
        arrayFilter(
            session -> session.1 <= greatest(later_to_ms, {to_ms:Int64} + 1),
            groupArraySortedIf({fold_limit:UInt64} + 1)((begins_ms, toString(account_id), login_session_id), is_to_fold)
        ) AS fold,
        2
    ) AS fold_accounts,
    fold.3 AS fold_sessions
FROM (
    SELECT
        account_id,
        login_session_id,
        min(login_ms) AS begins_ms,
        max(may_be_open OR is_dirty) AS is_to_fold,
        max(unended_ms) AS silent_since_ms
    FROM (
        SELECT
            account_id,
            login_session_id,
            login_ms,
            true AS is_dirty,
            false AS may_be_open,
            if(
                login_ms <= {to_ms:Int64} AND logout_at = '1970-01-01 00:00:00', toUnixTimestamp64Milli(last_at), 0
            ) AS unended_ms
        FROM login_sessions FINAL
        WHERE account_id IN ({accounts:Array(String)})
            AND last_at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
            AND login_ms >= {from_ms:Int64}
            AND (account_id, login_session_id) IN dirty
        UNION ALL
        -- Rows that have been replaced since, or are dirty, only add sessions to fold, which changes no report.
        SELECT
            account_id,
            login_session_id,
            login_ms,
            false AS is_dirty,
            {now_ms:Int64} - end_ms < {stale_ms:Int64} AS may_be_open,
            end_ms AS unended_ms
        FROM session_cache
        WHERE account_id IN ({accounts:Array(String)})
            AND login_ms BETWEEN {from_ms:Int64} AND {to_ms:Int64}
            AND end_reason != 'NORMAL'
        UNION ALL
        -- A dirty session may begin elsewhere by now than its cached row says: with a login just behind the range, it is folded and not
        -- counted in it.
        SELECT
            account_id,
            login_session_id,
            {to_ms:Int64} + 1 AS login_ms,
            true AS is_dirty,
            false AS may_be_open,
            0 AS unended_ms
        FROM session_cache
        WHERE account_id IN ({accounts:Array(String)})
            AND session_cache.login_ms BETWEEN {from_ms:Int64} AND {to_ms:Int64}
            AND (account_id, login_session_id) IN dirty
    )
    GROUP BY account_id, login_session_id
)
