SELECT
    day,
    accountId,
    agentId,
    latest.1 AS firstName,
    latest.2 AS lastName,
    sessions,
    agents,
    toUInt64(presented) AS presented,
    toUInt64(accepted) AS accepted,
    toUInt64(manual_no_connects) AS manualNoConnect,
    toUInt64(ring_no_answers) AS rna,
    toUInt64(transfers) AS dispXfers,
    toDecimal64(intDivOrZero((20000 * transfers) + accepted, 2 * accepted), 2) / 100 AS callsXferedPercent,
    toDecimal64(intDivOrZero((2 * talk_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS talkTime,
    toDecimal64(intDivOrZero((2 * talk_ms) + (600 * accepted), (2 * 600) * accepted), 2) / 100 AS avgTalkTime,
    toDecimal64(intDivOrZero((2 * login_time_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS loginTime,
    toDecimal64(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms), 2) / 100 AS loginUtilization,
    toDecimal64(intDivOrZero((2 * off_hook_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS offHookTime,
    toDecimal64(intDivOrZero((2 * rounded_off_hook_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS roundedOffHookTime,
    toDecimal64(intDivOrZero((20000 * talk_ms) + off_hook_ms, 2 * off_hook_ms), 2) / 100 AS offHookUtilization,
    toDecimal64(intDivOrZero((20000 * off_hook_ms) + login_time_ms, 2 * login_time_ms), 2) / 100 AS offHookToLogin,
    toDecimal64(intDivOrZero((2 * work_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS workTime,
    toDecimal64(intDivOrZero((2 * break_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS breakTime,
    toDecimal64(intDivOrZero((2 * away_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS awayTime,
    toDecimal64(intDivOrZero((2 * lunch_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS lunchTime,
    toDecimal64(intDivOrZero((2 * training_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS trainingTime,
    toDecimal64(intDivOrZero((2 * pending_disposition_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS pendingDispTime,
    toDecimal64(intDivOrZero((2 * pending_disposition_ms) + (600 * accepted), (2 * 600) * accepted), 2) / 100 AS avgPendingDispTime,
    toUInt64(holds) AS callsPlacedOnHold,
    toDecimal64(intDivOrZero((2 * hold_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS timeOnHold,
    toDecimal64(intDivOrZero((2 * ring_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS ringTime,
    toDecimal64(intDivOrZero((2 * engaged_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS engagedTime,
    toDecimal64(intDivOrZero((2 * rna_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS rnaTime,
    toDecimal64(intDivOrZero((2 * available_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS availableTime,
    toUInt64(monitoring_sessions) AS monitoringSessions,
    toDecimal64(intDivOrZero((2 * wrap_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS wrapUpTime,
    toDecimal64(intDivOrZero((2 * monitoring_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS monitoringTime,
    toDecimal64(intDivOrZero((2 * unaccounted_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS unaccountedTime
FROM
(
    SELECT
        '' AS everything,
        formatDateTime(toTimeZone(fromUnixTimestamp64Milli(session.login_ms, 'UTC'), {timezone:String}), '%F') AS day,
        toString(account_id) AS accountId,
        toString(agent_id) AS agentId,
        count() AS sessions,
        uniqExactIf((account_id, agent_id), session.agent_id != '') AS agents,
        argMax((first_name, last_name, agent_group_name), (session.login_ms, session.login_session_id)) AS latest,
        sum(session.login_time_ms) AS login_time_ms,
        sum(session.available_ms) AS available_ms,
        sum(session.ring_ms) AS ring_ms,
        sum(session.engaged_ms) AS engaged_ms,
        sum(session.wrap_ms) AS wrap_ms,
        sum(session.monitoring_ms) AS monitoring_ms,
        sum(session.work_ms) AS work_ms,
        sum(session.break_ms) AS break_ms,
        sum(session.away_ms) AS away_ms,
        sum(session.lunch_ms) AS lunch_ms,
        sum(session.training_ms) AS training_ms,
        sum(session.rna_ms) AS rna_ms,
        sum(session.unaccounted_ms) AS unaccounted_ms,
        sum(session.pending_disposition_ms) AS pending_disposition_ms,
        sum(session.talk_ms) AS talk_ms,
        sum(session.hold_ms) AS hold_ms,
        sum(session.off_hook_ms) AS off_hook_ms,
        sum(session.rounded_off_hook_ms) AS rounded_off_hook_ms,
        sum(session.presented) AS presented,
        sum(session.accepted) AS accepted,
        sum(session.ring_no_answers) AS ring_no_answers,
        sum(session.offers_withdrawn) AS offers_withdrawn,
        sum(session.manual_no_connects) AS manual_no_connects,
        sum(session.transfers) AS transfers,
        sum(session.holds) AS holds,
        sum(session.monitoring_sessions) AS monitoring_sessions
    FROM
    (
        SELECT *
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
        ORDER BY
            login_ms ASC,
            login_session_id ASC,
            agent_id ASC,
            account_id ASC
    ) AS session
    GROUP BY
        everything,
        day,
        accountId,
        agentId
)
ORDER BY
    everything ASC,
    day ASC,
    accountId ASC,
    agentId ASC
LIMIT {max_rows:UInt64}
SETTINGS optimize_aggregation_in_order = 1, max_block_size = 8192, compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0, optimize_and_compare_chain = 0, do_not_merge_across_partitions_select_final = 1, join_algorithm = 'hash', max_bytes_before_external_join = 0, max_bytes_ratio_before_external_join = 0
