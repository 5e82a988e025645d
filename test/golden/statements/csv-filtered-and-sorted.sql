WITH
    (text -> if({keep_formulas:Bool}, text, replaceRegexpOne(text, '^(?:[=@\\t\\r]|[+-][0-9 ().*#xX/-]*[^0-9 ().*#xX/-])', '\'\\0'))) AS guarded,
    (text -> if(match(text, concat('["\n\r', {delimiter:String}, ']')), concat('"', replaceAll(guarded(text), '"', '""'), '"'), guarded(text))) AS quoted,
    (text -> if(row_needs_escaping, quoted(text), text)) AS cell
SELECT concatWithSeparator({delimiter:String}, cell(agent_id), cell(last_name), cell(first_name), cell(if(username != '', username, directory_username)), cell(phone), ifNull(formatDateTimeInJodaSyntax(fromUnixTimestamp64Milli(login_ms, 'UTC'), 'M/d/yy h:mm a', {timezone:String}), ''), ifNull(formatDateTimeInJodaSyntax(fromUnixTimestamp64Milli(if(is_open = 1, NULL, end_ms), 'UTC'), 'M/d/yy h:mm a', {timezone:String}), ''), cell(if(dial_group_name != '', dial_group_name, directory_dial_group_name)), if({delimiter:String} = ',', printed_calls, replaceAll(printed_calls, ',', {delimiter:String})), cell(if(external_agent_id != '', external_agent_id, directory_external_agent_id)), if({delimiter:String} = ',', printed_times, replaceAll(printed_times, ',', {delimiter:String})), cell(if(team != '', team, '[No Team Name]')), cell(login_session_id), toString(monitoring_sessions)) AS line
FROM
(
    SELECT
        *,
        (toUInt64OrZero(toString(if(team != '', team, '[No Team Name]'))), lowerUTF8(toString(if(team != '', team, '[No Team Name]')))) AS sort_0,
        toInt64(intDivOrZero((2 * talk_ms) + (600 * 1), (2 * 600) * 1)) AS sort_1
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
            FROM agents
            FINAL
            WHERE account_id IN ({accounts:Array(String)})
            WINDOW history AS (PARTITION BY account_id, agent_id ORDER BY valid_from ASC ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
        ) AS entries ON (sessions.agent_id = entries.agent_id) AND (sessions.login_ms >= entries.from_ms) AND (sessions.login_ms < entries.until_ms)
    )
    WHERE (positionCaseInsensitiveUTF8(toString(last_name), {filter_0:String}) > 0) AND ifNull((login_ms >= {filter_1_from:Int64}) AND (login_ms <= {filter_1_to:Int64}), 0) AND (NOT isNull(if(is_open = 1, NULL, end_ms))) AND ifNull((toInt64(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms)) >= {filter_3_from:Int64}) AND (toInt64(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms)) <= {filter_3_to:Int64}), 0)
)
ORDER BY
    sort_0 ASC NULLS LAST,
    sort_1 DESC NULLS LAST,
    login_ms ASC,
    login_session_id ASC,
    agent_id ASC,
    account_id ASC
LIMIT {max_rows:UInt64}
SETTINGS optimize_aggregation_in_order = 1, max_block_size = 8192, compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0, optimize_and_compare_chain = 0, do_not_merge_across_partitions_select_final = 1, join_algorithm = 'hash', max_bytes_before_external_join = 0, max_bytes_ratio_before_external_join = 0, os_thread_priority = 10
