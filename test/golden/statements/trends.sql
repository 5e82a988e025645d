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
            WITH
                histories AS
                (
                    SELECT
                        account_id,
                        agent_id,
                        CAST(arraySort(entry -> (entry.1), groupArray((toUnixTimestamp64Milli(valid_from), first_name, last_name, email, agent_type, username, team, agent_group_id, agent_group_name, external_agent_id, dial_group_name))), 'Array(Tuple(\n                    valid_from_ms Int64, first_name String, last_name String, email String, agent_type String,\n                    directory_username String, team String, agent_group_id String, agent_group_name String,\n                    directory_external_agent_id String, directory_dial_group_name String\n                ))') AS history
                    FROM agents
                    FINAL
                    WHERE account_id IN ({accounts:Array(String)})
                    GROUP BY
                        account_id,
                        agent_id
                )
            SELECT
                * EXCEPT entry,
                entry.first_name AS first_name,
                entry.last_name AS last_name,
                entry.email AS email,
                entry.agent_type AS agent_type,
                entry.directory_username AS directory_username,
                entry.team AS team,
                entry.agent_group_id AS agent_group_id,
                entry.agent_group_name AS agent_group_name,
                entry.directory_external_agent_id AS directory_external_agent_id,
                entry.directory_dial_group_name AS directory_dial_group_name
            FROM
            (
                SELECT
                    sessions.*,
                    history[greatest(arrayLastIndex(entry -> ((entry.1) <= login_ms), history), 1)] AS entry
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
                                toString(folded_sessions.username) AS username,
                                toString(folded_sessions.phone) AS phone,
                                toString(folded_sessions.external_agent_id) AS external_agent_id,
                                toString(folded_sessions.dial_group_name) AS dial_group_name,
                                toString(folded_sessions.source) AS source,
                                false AS is_selected
                            FROM folded_sessions
                            FINAL
                            WHERE (account_id = ({accounts:Array(String)}[1])) AND ((login_ms >= {from_ms:Int64}) AND (login_ms <= {later_to_ms:Int64})) AND ((account_id, login_session_id) NOT IN (arrayZip({fold_accounts:Array(String)}, {fold_sessions:Array(String)})))
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
                        printed_times
                    FROM folded_sessions
                    FINAL
                    WHERE (account_id = ({accounts:Array(String)}[1])) AND ((login_ms >= {from_ms:Int64}) AND (login_ms <= {to_ms:Int64})) AND ((account_id, login_session_id) NOT IN (arrayZip({fold_accounts:Array(String)}, {fold_sessions:Array(String)})))
                ) AS sessions
                ANY LEFT JOIN histories ON (sessions.account_id = histories.account_id) AND (sessions.agent_id = histories.agent_id)
            )
            WHERE (empty({agent_ids:Array(String)}) OR has({agent_ids:Array(String)}, agent_id)) AND (empty({agent_group_ids:Array(String)}) OR has({agent_group_ids:Array(String)}, agent_group_id)) AND (empty({agent_teams:Array(String)}) OR has({agent_teams:Array(String)}, team)) AND ((NOT has({visible_accounts:Array(String)}, account_id)) OR ((agent_group_id != '') AND has(arrayZip({visible_accounts:Array(String)}, {visible_groups:Array(String)}), (account_id, agent_group_id))))
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
