WITH
    (
        SELECT (count(), sum(folded_at))
        FROM report_view_rows
        WHERE view_id = {view_id:String}
    ) AS stored
SELECT
    row_count AS rowCount,
    [CAST(presented, 'Nullable(Int64)'), CAST(accepted, 'Nullable(Int64)'), CAST(manual_no_connects, 'Nullable(Int64)'), CAST(ring_no_answers, 'Nullable(Int64)'), CAST(transfers, 'Nullable(Int64)'), CAST(intDivOrZero((20000 * transfers) + accepted, 2 * accepted), 'Nullable(Int64)'), CAST(intDivOrZero((2 * talk_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * talk_ms) + (600 * accepted), (2 * 600) * accepted), 'Nullable(Int64)'), CAST(intDivOrZero((2 * login_time_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms), 'Nullable(Int64)'), CAST(intDivOrZero((2 * off_hook_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * rounded_off_hook_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((20000 * talk_ms) + off_hook_ms, 2 * off_hook_ms), 'Nullable(Int64)'), CAST(intDivOrZero((20000 * off_hook_ms) + login_time_ms, 2 * login_time_ms), 'Nullable(Int64)'), CAST(intDivOrZero((2 * work_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * break_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * away_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * lunch_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * training_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * pending_disposition_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * pending_disposition_ms) + (600 * accepted), (2 * 600) * accepted), 'Nullable(Int64)'), CAST(holds, 'Nullable(Int64)'), CAST(intDivOrZero((2 * hold_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * ring_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * engaged_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * rna_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * available_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(monitoring_sessions, 'Nullable(Int64)'), CAST(has_login, 'Nullable(Int64)'), CAST(intDivOrZero((2 * unaccounted_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)')] AS numbers,
    labels AS labelMs,
    (row_count, versions) = stored AS isSame
FROM
(
    SELECT
        sum(part.presented) AS presented,
        sum(part.accepted) AS accepted,
        sum(part.manual_no_connects) AS manual_no_connects,
        sum(part.ring_no_answers) AS ring_no_answers,
        sum(part.transfers) AS transfers,
        sum(part.talk_ms) AS talk_ms,
        sum(part.login_time_ms) AS login_time_ms,
        sum(part.off_hook_ms) AS off_hook_ms,
        sum(part.rounded_off_hook_ms) AS rounded_off_hook_ms,
        sum(part.work_ms) AS work_ms,
        sum(part.break_ms) AS break_ms,
        sum(part.away_ms) AS away_ms,
        sum(part.lunch_ms) AS lunch_ms,
        sum(part.training_ms) AS training_ms,
        sum(part.pending_disposition_ms) AS pending_disposition_ms,
        sum(part.holds) AS holds,
        sum(part.hold_ms) AS hold_ms,
        sum(part.ring_ms) AS ring_ms,
        sum(part.engaged_ms) AS engaged_ms,
        sum(part.rna_ms) AS rna_ms,
        sum(part.available_ms) AS available_ms,
        sum(part.monitoring_sessions) AS monitoring_sessions,
        sum(part.has_login) AS has_login,
        sum(part.unaccounted_ms) AS unaccounted_ms,
        sum(part.row_count) AS row_count,
        sum(part.versions) AS versions,
        sumMap(part.labels) AS labels
    FROM
    (
        SELECT
            sums[1] AS presented,
            sums[2] AS accepted,
            sums[3] AS manual_no_connects,
            sums[4] AS ring_no_answers,
            sums[5] AS transfers,
            sums[6] AS talk_ms,
            sums[7] AS login_time_ms,
            sums[8] AS off_hook_ms,
            sums[9] AS rounded_off_hook_ms,
            sums[10] AS work_ms,
            sums[11] AS break_ms,
            sums[12] AS away_ms,
            sums[13] AS lunch_ms,
            sums[14] AS training_ms,
            sums[15] AS pending_disposition_ms,
            sums[16] AS holds,
            sums[17] AS hold_ms,
            sums[18] AS ring_ms,
            sums[19] AS engaged_ms,
            sums[20] AS rna_ms,
            sums[21] AS available_ms,
            sums[22] AS monitoring_sessions,
            sums[23] AS has_login,
            sums[24] AS unaccounted_ms,
            row_count,
            versions,
            labels
        FROM
        (
            SELECT
                sumForEach(sums) AS sums,
                count() AS row_count,
                toUInt64(0) AS versions,
                sumMap(label_ms) AS labels
            FROM report_view_rows
            WHERE (view_id = {view_id:String}) AND (folded_at = 0)
        )
        UNION ALL
        SELECT
            sum(toInt64(presented)) AS presented,
            sum(toInt64(accepted)) AS accepted,
            sum(toInt64(manual_no_connects)) AS manual_no_connects,
            sum(toInt64(ring_no_answers)) AS ring_no_answers,
            sum(toInt64(transfers)) AS transfers,
            sum(toInt64(talk_ms)) AS talk_ms,
            sum(toInt64(login_time_ms)) AS login_time_ms,
            sum(toInt64(off_hook_ms)) AS off_hook_ms,
            sum(toInt64(rounded_off_hook_ms)) AS rounded_off_hook_ms,
            sum(toInt64(work_ms)) AS work_ms,
            sum(toInt64(break_ms)) AS break_ms,
            sum(toInt64(away_ms)) AS away_ms,
            sum(toInt64(lunch_ms)) AS lunch_ms,
            sum(toInt64(training_ms)) AS training_ms,
            sum(toInt64(pending_disposition_ms)) AS pending_disposition_ms,
            sum(toInt64(holds)) AS holds,
            sum(toInt64(hold_ms)) AS hold_ms,
            sum(toInt64(ring_ms)) AS ring_ms,
            sum(toInt64(engaged_ms)) AS engaged_ms,
            sum(toInt64(rna_ms)) AS rna_ms,
            sum(toInt64(available_ms)) AS available_ms,
            sum(toInt64(monitoring_sessions)) AS monitoring_sessions,
            sum(toInt64(has_login)) AS has_login,
            sum(toInt64(unaccounted_ms)) AS unaccounted_ms,
            count() AS row_count,
            sum(folded_at) AS versions,
            sumMap(CAST(label_ms, 'Map(String, Int64)')) AS labels
        FROM
        (
            SELECT
                presented,
                accepted,
                manual_no_connects,
                ring_no_answers,
                transfers,
                talk_ms,
                login_time_ms,
                off_hook_ms,
                rounded_off_hook_ms,
                work_ms,
                break_ms,
                away_ms,
                lunch_ms,
                training_ms,
                pending_disposition_ms,
                holds,
                hold_ms,
                ring_ms,
                engaged_ms,
                rna_ms,
                available_ms,
                monitoring_sessions,
                has_login,
                unaccounted_ms,
                folded_at,
                label_ms
            FROM
            (
                SELECT
                    sessions.*,
                    first_name,
                    last_name,
                    email,
                    agent_type,
                    directory_username,
                    team,
                    agent_group_id,
                    agent_group_name,
                    directory_external_agent_id,
                    directory_dial_group_name,
                    sessions.needs_escaping OR entries.needs_escaping AS row_needs_escaping
                FROM
                (
                    SELECT
                        account_id,
                        login_session_id,
                        agent_id,
                        username,
                        phone,
                        external_agent_id,
                        dial_group_name,
                        source,
                        login_ms,
                        end_ms,
                        has_login,
                        last_state,
                        last_state_since_ms,
                        last_flag,
                        last_flag_since_ms,
                        label_ms,
                        login_time_ms,
                        available_ms,
                        ring_ms,
                        engaged_ms,
                        wrap_ms,
                        monitoring_ms,
                        work_ms,
                        break_ms,
                        away_ms,
                        lunch_ms,
                        training_ms,
                        rna_ms,
                        unaccounted_ms,
                        pending_disposition_ms,
                        talk_ms,
                        hold_ms,
                        off_hook_ms,
                        rounded_off_hook_ms,
                        presented,
                        accepted,
                        ring_no_answers,
                        offers_withdrawn,
                        manual_no_connects,
                        transfers,
                        holds,
                        monitoring_sessions,
                        0 AS is_open,
                        printed_calls,
                        printed_times,
                        needs_escaping,
                        folded_at
                    FROM session_cache
                    FINAL
                    WHERE (account_id = ({accounts:Array(String)}[1])) AND ((login_ms >= {from_ms:Int64}) AND (login_ms <= {to_ms:Int64})) AND ((account_id, login_session_id) NOT IN (arrayZip({fold_accounts:Array(String)}, {fold_sessions:Array(String)}))) AND (NOT is_deleted)
                ) AS sessions
                LEFT JOIN
                (
                    SELECT
                        account_id,
                        agent_id,
                        if(row_number() OVER history = 1, -9000000000000000, toUnixTimestamp64Milli(valid_from)) AS from_ms,
                        leadInFrame(toUnixTimestamp64Milli(valid_from), 1, 9000000000000000) OVER history AS until_ms,
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
                    FROM report_view_agents
                    WHERE view_id = {view_id:String}
                    WINDOW history AS (PARTITION BY account_id, agent_id ORDER BY valid_from ASC ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
                ) AS entries ON (sessions.agent_id = entries.agent_id) AND (sessions.login_ms >= entries.from_ms) AND (sessions.login_ms < entries.until_ms)
            )
            ORDER BY
                login_ms ASC,
                login_session_id ASC,
                agent_id ASC,
                account_id ASC
        )
    ) AS part
)
SETTINGS optimize_aggregation_in_order = 1, max_block_size = 8192, compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0, optimize_and_compare_chain = 0, do_not_merge_across_partitions_select_final = 1, join_algorithm = 'hash', max_bytes_before_external_join = 0, max_bytes_ratio_before_external_join = 0
