WITH
    dirty AS
    (
        SELECT
            account_id,
            login_session_id
        FROM dirty_sessions
        WHERE account_id IN ({accounts:Array(String)})
        GROUP BY
            account_id,
            login_session_id
        HAVING sum(stamp) != 0
    )
SELECT
    greatest({to_ms:Int64}, max(silent_since_ms) + {stale_ms:Int64}) AS later_to_ms,
    countIf(is_to_fold AND (begins_ms <= {to_ms:Int64})) AS in_range,
    tupleElement(arrayFilter(session -> ((session.1) <= greatest(later_to_ms, {to_ms:Int64} + 1)), groupArraySortedIf({fold_limit:UInt64} + 1)((begins_ms, toString(account_id), login_session_id), is_to_fold)) AS fold, 2) AS fold_accounts,
    fold.3 AS fold_sessions
FROM
(
    SELECT
        account_id,
        login_session_id,
        min(login_ms) AS begins_ms,
        max(may_be_open OR is_dirty) AS is_to_fold,
        max(unended_ms) AS silent_since_ms
    FROM
    (
        SELECT
            account_id,
            login_session_id,
            login_ms,
            true AS is_dirty,
            false AS may_be_open,
            if((login_ms <= {to_ms:Int64}) AND (logout_at = '1970-01-01 00:00:00'), toUnixTimestamp64Milli(last_at), 0) AS unended_ms
        FROM login_sessions
        FINAL
        WHERE (account_id IN ({accounts:Array(String)})) AND (last_at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')) AND (login_ms >= {from_ms:Int64}) AND ((account_id, login_session_id) IN (dirty))
        UNION ALL
        SELECT
            account_id,
            login_session_id,
            login_ms,
            false AS is_dirty,
            ({now_ms:Int64} - end_ms) < {stale_ms:Int64} AS may_be_open,
            end_ms AS unended_ms
        FROM session_cache
        WHERE (account_id IN ({accounts:Array(String)})) AND ((login_ms >= {from_ms:Int64}) AND (login_ms <= {to_ms:Int64})) AND (end_reason != 'NORMAL')
        UNION ALL
        SELECT
            account_id,
            login_session_id,
            {to_ms:Int64} + 1 AS login_ms,
            true AS is_dirty,
            false AS may_be_open,
            0 AS unended_ms
        FROM session_cache
        WHERE (account_id IN ({accounts:Array(String)})) AND ((session_cache.login_ms >= {from_ms:Int64}) AND (session_cache.login_ms <= {to_ms:Int64})) AND ((account_id, login_session_id) IN (dirty))
    )
    GROUP BY
        account_id,
        login_session_id
)
SETTINGS optimize_aggregation_in_order = 1, max_block_size = 8192, compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0, optimize_and_compare_chain = 0, do_not_merge_across_partitions_select_final = 1, join_algorithm = 'hash', max_bytes_before_external_join = 0, max_bytes_ratio_before_external_join = 0
