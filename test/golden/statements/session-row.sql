SELECT
    login_session_id AS session_id,
    toString(agent_id) AS e_agentId,
    agent_id AS p_agentId,
    toString(last_name) AS e_lastName,
    last_name AS p_lastName,
    toString(first_name) AS e_firstName,
    first_name AS p_firstName,
    toString(if(username != '', username, directory_username)) AS e_username,
    if(username != '', username, directory_username) AS p_username,
    toString(phone) AS e_phone,
    phone AS p_phone,
    CAST(login_ms, 'Nullable(Int64)') AS e_loginDts,
    ifNull(formatDateTimeInJodaSyntax(fromUnixTimestamp64Milli(login_ms, 'UTC'), 'M/d/yy h:mm a', {timezone:String}), '') AS p_loginDts,
    CAST(if(is_open = 1, NULL, end_ms), 'Nullable(Int64)') AS e_logoutDts,
    ifNull(formatDateTimeInJodaSyntax(fromUnixTimestamp64Milli(if(is_open = 1, NULL, end_ms), 'UTC'), 'M/d/yy h:mm a', {timezone:String}), '') AS p_logoutDts,
    toString(if(dial_group_name != '', dial_group_name, directory_dial_group_name)) AS e_dialGroup,
    if(dial_group_name != '', dial_group_name, directory_dial_group_name) AS p_dialGroup,
    CAST(presented, 'Nullable(Int64)') AS e_presented,
    toString(presented) AS p_presented,
    CAST(accepted, 'Nullable(Int64)') AS e_accepted,
    toString(accepted) AS p_accepted,
    CAST(manual_no_connects, 'Nullable(Int64)') AS e_manualNoConnect,
    toString(manual_no_connects) AS p_manualNoConnect,
    CAST(ring_no_answers, 'Nullable(Int64)') AS e_rna,
    toString(ring_no_answers) AS p_rna,
    CAST(transfers, 'Nullable(Int64)') AS e_dispXfers,
    toString(transfers) AS p_dispXfers,
    toInt64(intDivOrZero((20000 * transfers) + accepted, 2 * accepted)) AS e_callsXferedPercent,
    concat(toDecimalString(intDivOrZero((20000 * transfers) + accepted, 2 * accepted) / 100, 2), '%') AS p_callsXferedPercent,
    CAST(talk_ms, 'Nullable(Int64)') AS e_talkTime,
    toDecimalString(intDivOrZero((2 * talk_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_talkTime,
    toInt64(intDivOrZero((2 * talk_ms) + (600 * accepted), (2 * 600) * accepted)) AS e_avgTalkTime,
    toDecimalString(intDivOrZero((2 * talk_ms) + (600 * accepted), (2 * 600) * accepted) / 100, 2) AS p_avgTalkTime,
    CAST(login_time_ms, 'Nullable(Int64)') AS e_loginTime,
    toDecimalString(intDivOrZero((2 * login_time_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_loginTime,
    toInt64(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms)) AS e_loginUtilization,
    concat(toDecimalString(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms) / 100, 2), '%') AS p_loginUtilization,
    CAST(off_hook_ms, 'Nullable(Int64)') AS e_offHookTime,
    toDecimalString(intDivOrZero((2 * off_hook_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_offHookTime,
    CAST(rounded_off_hook_ms, 'Nullable(Int64)') AS e_roundedOffHookTime,
    toDecimalString(intDivOrZero((2 * rounded_off_hook_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_roundedOffHookTime,
    toInt64(intDivOrZero((20000 * talk_ms) + off_hook_ms, 2 * off_hook_ms)) AS e_offHookUtilization,
    concat(toDecimalString(intDivOrZero((20000 * talk_ms) + off_hook_ms, 2 * off_hook_ms) / 100, 2), '%') AS p_offHookUtilization,
    toInt64(intDivOrZero((20000 * off_hook_ms) + login_time_ms, 2 * login_time_ms)) AS e_offHookToLogin,
    concat(toDecimalString(intDivOrZero((20000 * off_hook_ms) + login_time_ms, 2 * login_time_ms) / 100, 2), '%') AS p_offHookToLogin,
    CAST(work_ms, 'Nullable(Int64)') AS e_workTime,
    toDecimalString(intDivOrZero((2 * work_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_workTime,
    CAST(break_ms, 'Nullable(Int64)') AS e_breakTime,
    toDecimalString(intDivOrZero((2 * break_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_breakTime,
    CAST(away_ms, 'Nullable(Int64)') AS e_awayTime,
    toDecimalString(intDivOrZero((2 * away_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_awayTime,
    CAST(lunch_ms, 'Nullable(Int64)') AS e_lunchTime,
    toDecimalString(intDivOrZero((2 * lunch_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_lunchTime,
    CAST(training_ms, 'Nullable(Int64)') AS e_trainingTime,
    toDecimalString(intDivOrZero((2 * training_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_trainingTime,
    CAST(pending_disposition_ms, 'Nullable(Int64)') AS e_pendingDispTime,
    toDecimalString(intDivOrZero((2 * pending_disposition_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_pendingDispTime,
    toInt64(intDivOrZero((2 * pending_disposition_ms) + (600 * accepted), (2 * 600) * accepted)) AS e_avgPendingDispTime,
    toDecimalString(intDivOrZero((2 * pending_disposition_ms) + (600 * accepted), (2 * 600) * accepted) / 100, 2) AS p_avgPendingDispTime,
    toString(if(external_agent_id != '', external_agent_id, directory_external_agent_id)) AS e_externalAgentId,
    if(external_agent_id != '', external_agent_id, directory_external_agent_id) AS p_externalAgentId,
    CAST(holds, 'Nullable(Int64)') AS e_callsPlacedOnHold,
    toString(holds) AS p_callsPlacedOnHold,
    CAST(hold_ms, 'Nullable(Int64)') AS e_timeOnHold,
    toDecimalString(intDivOrZero((2 * hold_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_timeOnHold,
    CAST(ring_ms, 'Nullable(Int64)') AS e_ringTime,
    toDecimalString(intDivOrZero((2 * ring_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_ringTime,
    CAST(engaged_ms, 'Nullable(Int64)') AS e_engagedTime,
    toDecimalString(intDivOrZero((2 * engaged_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_engagedTime,
    CAST(rna_ms, 'Nullable(Int64)') AS e_rnaTime,
    toDecimalString(intDivOrZero((2 * rna_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_rnaTime,
    CAST(available_ms, 'Nullable(Int64)') AS e_availableTime,
    toDecimalString(intDivOrZero((2 * available_ms) + (600 * 1), (2 * 600) * 1) / 100, 2) AS p_availableTime,
    toString(if(team != '', team, '[No Team Name]')) AS e_team,
    if(team != '', team, '[No Team Name]') AS p_team,
    toString(login_session_id) AS e_loginSessionId,
    login_session_id AS p_loginSessionId,
    CAST(monitoring_sessions, 'Nullable(Int64)') AS e_monitoringSessions,
    toString(monitoring_sessions) AS p_monitoringSessions,
    toInt64(wrap_ms) AS f_wrap_ms,
    toInt64(monitoring_ms) AS f_monitoring_ms,
    toInt64(offers_withdrawn) AS f_offers_withdrawn,
    toInt64(login_ms) AS f_login_ms,
    toInt64(end_ms) AS f_end_ms,
    toString(agent_id) AS f_agent_id,
    toString(agent_group_id) AS f_agent_group_id,
    toString(agent_group_name) AS f_agent_group_name,
    toString(end_reason) AS f_end_reason,
    'computed' AS f_origin
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
        WITH
            candidates AS
            (
                SELECT
                    account_id,
                    login_session_id,
                    agent_id,
                    first_at,
                    login_ms,
                    has_login,
                    toUnixTimestamp64Milli(last_at) AS last_ms,
                    greatest(toUnixTimestamp64Milli(logout_at), login_ms) AS logout_ms,
                    logout_at > '1970-01-01 00:00:00' AS has_logout,
                    if(login_username != '', login_username, any_username) AS username,
                    if(login_phone != '', login_phone, any_phone) AS phone,
                    external_agent_id,
                    if(login_dial_group_name != '', login_dial_group_name, any_dial_group_name) AS dial_group_name,
                    source,
                    true AS is_selected
                FROM login_sessions
                FINAL
                WHERE (account_id = ({accounts:Array(String)}[1])) AND (login_session_id IN ({fold_sessions:Array(String)})) AND ((account_id, login_session_id) IN (arrayZip({fold_accounts:Array(String)}, {fold_sessions:Array(String)})))
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
                FROM session_cache
                FINAL
                WHERE (account_id = ({accounts:Array(String)}[1])) AND ((login_ms >= {from_ms:Int64}) AND (login_ms <= {later_to_ms:Int64})) AND ((account_id, login_session_id) NOT IN (arrayZip({fold_accounts:Array(String)}, {fold_sessions:Array(String)}))) AND (NOT is_deleted)
            ),
            superseded AS
            (
                SELECT DISTINCT
                    account_id,
                    unfinished.login_session_id AS login_session_id
                FROM candidates AS later
                INNER JOIN
                (
                    SELECT
                        account_id,
                        agent_id,
                        login_session_id,
                        login_ms,
                        last_ms
                    FROM candidates
                    WHERE ((login_ms >= {from_ms:Int64}) AND (login_ms <= {to_ms:Int64})) AND (first_at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')) AND (NOT has_logout) AND (agent_id != '')
                ) AS unfinished USING (account_id, agent_id)
                WHERE ((later.login_ms >= unfinished.last_ms) AND (later.login_ms <= (unfinished.last_ms + {stale_ms:Int64}))) AND ((later.login_ms, later.login_session_id) > (unfinished.login_ms, unfinished.login_session_id))
            )
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
            multiIf(end_reason = 'NORMAL', 'NORMAL', ((account_id, login_session_id) IN (superseded)), 'SUPERSEDED', 'STALE') AS end_reason,
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
    WHERE (sessions.agent_id IN ({agent_ids:Array(String)})) AND ((sessions.account_id NOT IN ({visible_accounts:Array(String)})) OR ((agent_group_id != '') AND ((sessions.account_id, agent_group_id) IN (arrayZip({visible_accounts:Array(String)}, {visible_groups:Array(String)})))))
)
ORDER BY
    login_ms ASC,
    login_session_id ASC,
    agent_id ASC,
    account_id ASC
SETTINGS optimize_aggregation_in_order = 1, max_block_size = 8192, compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0, optimize_and_compare_chain = 0, do_not_merge_across_partitions_select_final = 1, join_algorithm = 'hash', max_bytes_before_external_join = 0, max_bytes_ratio_before_external_join = 0
