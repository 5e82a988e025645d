SELECT
    toString(agent_id) AS agentId,
    toString(last_name) AS lastName,
    toString(first_name) AS firstName,
    toString(if(username != '', username, directory_username)) AS username,
    toString(phone) AS phone,
    fromUnixTimestamp64Milli(login_ms, 'UTC') AS loginDts,
    fromUnixTimestamp64Milli(if((is_open = 1) OR ((origin = 'imported') AND (end_reason = 'STALE')), NULL, end_ms), 'UTC') AS logoutDts,
    toString(if(dial_group_name != '', dial_group_name, directory_dial_group_name)) AS dialGroup,
    toUInt64(if(notEmpty(cells) AND ((cells[9]) = ''), NULL, presented)) AS presented,
    toUInt64(if(notEmpty(cells) AND ((cells[10]) = ''), NULL, accepted)) AS accepted,
    toUInt64(if(notEmpty(cells) AND ((cells[11]) = ''), NULL, manual_no_connects)) AS manualNoConnect,
    toUInt64(if(notEmpty(cells) AND ((cells[12]) = ''), NULL, ring_no_answers)) AS rna,
    toUInt64(if(notEmpty(cells) AND ((cells[13]) = ''), NULL, transfers)) AS dispXfers,
    toDecimal64(if(notEmpty(cells) AND ((cells[14]) = ''), NULL, toInt64(if(notEmpty(cells), toInt64(100 * toDecimal64OrZero(replaceRegexpAll(cells[14], '[%, ]', ''), 2)), toInt64(intDivOrZero((20000 * transfers) + accepted, 2 * accepted))))), 2) / 100 AS callsXferedPercent,
    toDecimal64(if(notEmpty(cells) AND ((cells[15]) = ''), NULL, toInt64(intDivOrZero((2 * talk_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS talkTime,
    toDecimal64(if(notEmpty(cells) AND ((cells[16]) = ''), NULL, toInt64(if(notEmpty(cells), toInt64(100 * toDecimal64OrZero(replaceRegexpAll(cells[16], '[%, ]', ''), 2)), toInt64(intDivOrZero((2 * talk_ms) + (600 * accepted), (2 * 600) * accepted))))), 2) / 100 AS avgTalkTime,
    toDecimal64(if(notEmpty(cells) AND ((cells[17]) = ''), NULL, toInt64(intDivOrZero((2 * login_time_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS loginTime,
    toDecimal64(if(notEmpty(cells) AND ((cells[18]) = ''), NULL, toInt64(if(notEmpty(cells), toInt64(100 * toDecimal64OrZero(replaceRegexpAll(cells[18], '[%, ]', ''), 2)), toInt64(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms))))), 2) / 100 AS loginUtilization,
    toDecimal64(if(notEmpty(cells) AND ((cells[19]) = ''), NULL, toInt64(intDivOrZero((2 * off_hook_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS offHookTime,
    toDecimal64(if(notEmpty(cells) AND ((cells[20]) = ''), NULL, toInt64(intDivOrZero((2 * rounded_off_hook_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS roundedOffHookTime,
    toDecimal64(if(notEmpty(cells) AND ((cells[21]) = ''), NULL, toInt64(if(notEmpty(cells), toInt64(100 * toDecimal64OrZero(replaceRegexpAll(cells[21], '[%, ]', ''), 2)), toInt64(intDivOrZero((20000 * talk_ms) + off_hook_ms, 2 * off_hook_ms))))), 2) / 100 AS offHookUtilization,
    toDecimal64(if(notEmpty(cells) AND ((cells[22]) = ''), NULL, toInt64(if(notEmpty(cells), toInt64(100 * toDecimal64OrZero(replaceRegexpAll(cells[22], '[%, ]', ''), 2)), toInt64(intDivOrZero((20000 * off_hook_ms) + login_time_ms, 2 * login_time_ms))))), 2) / 100 AS offHookToLogin,
    toDecimal64(if(notEmpty(cells) AND ((cells[23]) = ''), NULL, toInt64(intDivOrZero((2 * work_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS workTime,
    toDecimal64(if(notEmpty(cells) AND ((cells[24]) = ''), NULL, toInt64(intDivOrZero((2 * break_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS breakTime,
    toDecimal64(if(notEmpty(cells) AND ((cells[25]) = ''), NULL, toInt64(intDivOrZero((2 * away_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS awayTime,
    toDecimal64(if(notEmpty(cells) AND ((cells[26]) = ''), NULL, toInt64(intDivOrZero((2 * lunch_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS lunchTime,
    toDecimal64(if(notEmpty(cells) AND ((cells[27]) = ''), NULL, toInt64(intDivOrZero((2 * training_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS trainingTime,
    toDecimal64(if(notEmpty(cells) AND ((cells[28]) = ''), NULL, toInt64(intDivOrZero((2 * pending_disposition_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS pendingDispTime,
    toDecimal64(if(notEmpty(cells) AND ((cells[29]) = ''), NULL, toInt64(if(notEmpty(cells), toInt64(100 * toDecimal64OrZero(replaceRegexpAll(cells[29], '[%, ]', ''), 2)), toInt64(intDivOrZero((2 * pending_disposition_ms) + (600 * accepted), (2 * 600) * accepted))))), 2) / 100 AS avgPendingDispTime,
    toString(if(external_agent_id != '', external_agent_id, directory_external_agent_id)) AS externalAgentId,
    toUInt64(if(notEmpty(cells) AND ((cells[31]) = ''), NULL, holds)) AS callsPlacedOnHold,
    toDecimal64(if(notEmpty(cells) AND ((cells[32]) = ''), NULL, toInt64(intDivOrZero((2 * hold_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS timeOnHold,
    toDecimal64(if(notEmpty(cells) AND ((cells[33]) = ''), NULL, toInt64(intDivOrZero((2 * ring_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS ringTime,
    toDecimal64(if(notEmpty(cells) AND ((cells[34]) = ''), NULL, toInt64(intDivOrZero((2 * engaged_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS engagedTime,
    toDecimal64(if(notEmpty(cells) AND ((cells[35]) = ''), NULL, toInt64(intDivOrZero((2 * rna_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS rnaTime,
    toDecimal64(if(notEmpty(cells) AND ((cells[36]) = ''), NULL, toInt64(intDivOrZero((2 * available_ms) + (600 * 1), (2 * 600) * 1))), 2) / 100 AS availableTime,
    toString(if(team != '', team, '[No Team Name]')) AS team,
    toString(login_session_id) AS loginSessionId,
    toUInt64(if(notEmpty(cells) AND ((cells[39]) = ''), NULL, monitoring_sessions)) AS monitoringSessions,
    toString(end_reason) AS endReason,
    toUInt64(has_login) AS loginRecorded,
    toDecimal64(intDivOrZero((2 * unaccounted_ms) + (600 * 1), (2 * 600) * 1), 2) / 100 AS unaccountedTime,
    mapFromArrays(mapKeys(label_ms), arrayMap((label, ms) -> (toDecimal64(intDivOrZero((2 * ms) + (600 * 1), (2 * 600) * 1), 2) / 100), mapKeys(label_ms), mapValues(label_ms))) AS stateLabels,
    toString(origin) AS origin
FROM
(
    SELECT
        toString(account_id) AS account_id,
        toString(agent_id) AS agent_id,
        toString(login_session_id) AS login_session_id,
        toString(end_reason) AS end_reason,
        toString(username) AS username,
        toString(directory_username) AS directory_username,
        toString(phone) AS phone,
        toString(first_name) AS first_name,
        toString(last_name) AS last_name,
        toString(team) AS team,
        toString(agent_group_id) AS agent_group_id,
        toString(agent_group_name) AS agent_group_name,
        toString(external_agent_id) AS external_agent_id,
        toString(directory_external_agent_id) AS directory_external_agent_id,
        toString(dial_group_name) AS dial_group_name,
        toString(directory_dial_group_name) AS directory_dial_group_name,
        toInt64(login_ms) AS login_ms,
        toInt64(end_ms) AS end_ms,
        toInt64(is_open) AS is_open,
        toInt64(has_login) AS has_login,
        toInt64(login_time_ms) AS login_time_ms,
        toInt64(available_ms) AS available_ms,
        toInt64(ring_ms) AS ring_ms,
        toInt64(engaged_ms) AS engaged_ms,
        toInt64(wrap_ms) AS wrap_ms,
        toInt64(monitoring_ms) AS monitoring_ms,
        toInt64(work_ms) AS work_ms,
        toInt64(break_ms) AS break_ms,
        toInt64(away_ms) AS away_ms,
        toInt64(lunch_ms) AS lunch_ms,
        toInt64(training_ms) AS training_ms,
        toInt64(rna_ms) AS rna_ms,
        toInt64(unaccounted_ms) AS unaccounted_ms,
        toInt64(pending_disposition_ms) AS pending_disposition_ms,
        toInt64(talk_ms) AS talk_ms,
        toInt64(hold_ms) AS hold_ms,
        toInt64(off_hook_ms) AS off_hook_ms,
        toInt64(rounded_off_hook_ms) AS rounded_off_hook_ms,
        toInt64(presented) AS presented,
        toInt64(accepted) AS accepted,
        toInt64(ring_no_answers) AS ring_no_answers,
        toInt64(offers_withdrawn) AS offers_withdrawn,
        toInt64(manual_no_connects) AS manual_no_connects,
        toInt64(transfers) AS transfers,
        toInt64(holds) AS holds,
        toInt64(monitoring_sessions) AS monitoring_sessions,
        CAST(label_ms, 'Map(String, Int64)') AS label_ms,
        'computed' AS origin,
        toUInt64(0) AS imported_order,
        CAST([], 'Array(String)') AS cells,
        '' AS cells_timezone
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
            directory_dial_group_name
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
                0 AS is_open
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
    ) AS computed
    WHERE (has_login = 1) OR ((account_id, login_session_id) NOT IN (
        SELECT
            account_id,
            login_session_id
        FROM imported_sessions
        WHERE account_id IN ({accounts:Array(String)})
    ))
    UNION ALL
    SELECT
        toString(account_id) AS account_id,
        toString(agent_id) AS agent_id,
        toString(login_session_id) AS login_session_id,
        toString(end_reason) AS end_reason,
        toString(username) AS username,
        toString(directory_username) AS directory_username,
        toString(phone) AS phone,
        toString(first_name) AS first_name,
        toString(last_name) AS last_name,
        toString(team) AS team,
        toString(agent_group_id) AS agent_group_id,
        toString(agent_group_name) AS agent_group_name,
        toString(external_agent_id) AS external_agent_id,
        toString(directory_external_agent_id) AS directory_external_agent_id,
        toString(dial_group_name) AS dial_group_name,
        toString(directory_dial_group_name) AS directory_dial_group_name,
        toInt64(login_ms) AS login_ms,
        toInt64(end_ms) AS end_ms,
        toInt64(is_open) AS is_open,
        toInt64(has_login) AS has_login,
        toInt64(login_time_ms) AS login_time_ms,
        toInt64(available_ms) AS available_ms,
        toInt64(ring_ms) AS ring_ms,
        toInt64(engaged_ms) AS engaged_ms,
        toInt64(wrap_ms) AS wrap_ms,
        toInt64(monitoring_ms) AS monitoring_ms,
        toInt64(work_ms) AS work_ms,
        toInt64(break_ms) AS break_ms,
        toInt64(away_ms) AS away_ms,
        toInt64(lunch_ms) AS lunch_ms,
        toInt64(training_ms) AS training_ms,
        toInt64(rna_ms) AS rna_ms,
        toInt64(unaccounted_ms) AS unaccounted_ms,
        toInt64(pending_disposition_ms) AS pending_disposition_ms,
        toInt64(talk_ms) AS talk_ms,
        toInt64(hold_ms) AS hold_ms,
        toInt64(off_hook_ms) AS off_hook_ms,
        toInt64(rounded_off_hook_ms) AS rounded_off_hook_ms,
        toInt64(presented) AS presented,
        toInt64(accepted) AS accepted,
        toInt64(ring_no_answers) AS ring_no_answers,
        toInt64(offers_withdrawn) AS offers_withdrawn,
        toInt64(manual_no_connects) AS manual_no_connects,
        toInt64(transfers) AS transfers,
        toInt64(holds) AS holds,
        toInt64(monitoring_sessions) AS monitoring_sessions,
        CAST(label_ms, 'Map(String, Int64)') AS label_ms,
        'imported' AS origin,
        imported_order,
        cells,
        toString(cells_timezone) AS cells_timezone
    FROM
    (
        SELECT
            sessions.*,
            if(tells_all OR (exported_first_name != ''), toString(exported_first_name), entries.first_name) AS first_name,
            if(tells_all OR (exported_last_name != ''), toString(exported_last_name), entries.last_name) AS last_name,
            if(tells_all OR (exported_team != ''), toString(exported_team), entries.team) AS team,
            if(exported_group_id != '', toString(exported_group_id), entries.agent_group_id) AS agent_group_id,
            if(exported_group_id != '', toString(exported_group_name), entries.agent_group_name) AS agent_group_name,
            if(tells_all, '', entries.directory_username) AS directory_username,
            if(tells_all, '', entries.directory_external_agent_id) AS directory_external_agent_id,
            if(tells_all, '', entries.directory_dial_group_name) AS directory_dial_group_name
        FROM
        (
            WITH
                asked AS
                (
                    SELECT
                        account_id,
                        login_session_id
                    FROM imported_sessions
                    WHERE (account_id IN ({accounts:Array(String)})) AND ((login_ms >= {from_ms:Int64}) AND (login_ms <= {to_ms:Int64}))
                ),
                recorded AS
                (
                    SELECT
                        account_id,
                        login_session_id
                    FROM login_sessions
                    WHERE (account_id IN ({accounts:Array(String)})) AND ((account_id, login_session_id) IN (
                        SELECT
                            account_id,
                            login_session_id
                        FROM asked
                    )) AND has_login
                ),
                whole AS
                (
                    SELECT *
                    FROM imported_sessions
                    FINAL
                    WHERE (account_id IN ({accounts:Array(String)})) AND ((account_id, login_session_id) IN (
                        SELECT
                            account_id,
                            login_session_id
                        FROM asked
                    )) AND ((login_ms >= {from_ms:Int64}) AND (login_ms <= {to_ms:Int64})) AND ((account_id, login_session_id) NOT IN (
                        SELECT
                            account_id,
                            login_session_id
                        FROM recorded
                    ))
                ),
                states AS
                (
                    SELECT
                        account_id,
                        login_session_id,
                        sumMap(map(if(state_label != '', toString(state_label), toString(base_state)), duration_ms)) AS label_ms,
                        sumIf(duration_ms, base_state = 'AVAILABLE') AS available_ms,
                        sumIf(duration_ms, base_state = 'TRANSITION') AS ring_ms,
                        sumIf(duration_ms, base_state = 'ENGAGED') AS engaged_ms,
                        sumIf(duration_ms, (base_state IN ('AVAILABLE', 'TRANSITION', 'ENGAGED', 'WORKING', 'MONITORING'))) AS work_ms,
                        sumIf(duration_ms, base_state = 'ON_BREAK') AS break_ms,
                        sumIf(duration_ms, (base_state IN ('AWAY', 'AUX_OFFHOOK', 'AUX_NO_OFFHOOK'))) AS away_ms,
                        sumIf(duration_ms, base_state = 'LUNCH') AS lunch_ms,
                        sumIf(duration_ms, base_state = 'TRAINING') AS training_ms,
                        sumIf(duration_ms, base_state = 'RNA') AS rna_ms,
                        sumIf(duration_ms, pending_disposition = 1) AS pending_disposition_ms
                    FROM
                    (
                        SELECT * REPLACE (toInt64(duration_ms) AS duration_ms)
                        FROM imported_states
                        FINAL
                    )
                    WHERE (account_id IN ({accounts:Array(String)})) AND ((account_id, login_session_id) IN (
                        SELECT
                            account_id,
                            login_session_id
                        FROM asked
                    ))
                    GROUP BY
                        account_id,
                        login_session_id
                ),
                completed AS
                (
                    SELECT
                        whole.account_id AS account_id,
                        whole.login_session_id AS login_session_id,
                        agent_id,
                        username,
                        phone,
                        external_agent_id,
                        dial_group_name,
                        first_name AS exported_first_name,
                        last_name AS exported_last_name,
                        team AS exported_team,
                        agent_group_id AS exported_group_id,
                        agent_group_name AS exported_group_name,
                        notEmpty(cells) AS tells_all,
                        login_ms,
                        end_ms,
                        end_reason,
                        1 AS has_login,
                        mapFilter((label, ms) -> (ms > 0), states.label_ms) AS label_ms,
                        ifNull(whole.login_time_ms, 0) AS login_time_ms,
                        ifNull(whole.available_ms, states.available_ms) AS available_ms,
                        ifNull(whole.ring_ms, states.ring_ms) AS ring_ms,
                        ifNull(whole.engaged_ms, states.engaged_ms) AS engaged_ms,
                        ifNull(whole.work_ms, states.work_ms) AS work_ms,
                        ifNull(whole.break_ms, states.break_ms) AS break_ms,
                        ifNull(whole.away_ms, states.away_ms) AS away_ms,
                        ifNull(whole.lunch_ms, states.lunch_ms) AS lunch_ms,
                        ifNull(whole.training_ms, states.training_ms) AS training_ms,
                        ifNull(whole.rna_ms, states.rna_ms) AS rna_ms,
                        ifNull(whole.pending_disposition_ms, states.pending_disposition_ms) AS pending_disposition_ms,
                        ifNull(whole.hold_ms, 0) AS hold_ms,
                        whole.talk_ms AS exported_talk_ms,
                        whole.off_hook_ms AS exported_off_hook_ms,
                        whole.rounded_off_hook_ms AS exported_rounded_off_hook_ms,
                        presented,
                        accepted,
                        ring_no_answers,
                        manual_no_connects,
                        transfers,
                        holds,
                        monitoring_sessions,
                        cells,
                        cells_timezone,
                        version AS imported_order
                    FROM whole
                    LEFT JOIN states ON (whole.account_id = states.account_id) AND (whole.login_session_id = states.login_session_id)
                )
            SELECT
                * EXCEPT (exported_talk_ms, exported_off_hook_ms, exported_rounded_off_hook_ms),
                ifNull(exported_talk_ms, greatest(engaged_ms - hold_ms, 0)) AS talk_ms,
                ifNull(exported_off_hook_ms, engaged_ms) AS off_hook_ms,
                ifNull(exported_rounded_off_hook_ms, 60000 * intDiv(off_hook_ms + 59999, 60000)) AS rounded_off_hook_ms,
                greatest(((work_ms - available_ms) - ring_ms) - engaged_ms, 0) AS wrap_ms,
                0 AS monitoring_ms,
                end_reason = 'OPEN' AS is_open,
                greatest((presented - accepted) - ring_no_answers, 0) AS offers_withdrawn,
                greatest((((((login_time_ms - work_ms) - break_ms) - away_ms) - lunch_ms) - training_ms) - rna_ms, 0) AS unaccounted_ms
            FROM completed
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
    ) AS imported
)
ORDER BY
    login_ms ASC,
    imported_order ASC,
    login_session_id ASC,
    agent_id ASC,
    account_id ASC
SETTINGS optimize_aggregation_in_order = 1, max_block_size = 8192, compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0, optimize_and_compare_chain = 0, do_not_merge_across_partitions_select_final = 1, join_algorithm = 'hash', max_bytes_before_external_join = 0, max_bytes_ratio_before_external_join = 0, os_thread_priority = 10, date_time_output_format = 'iso', output_format_decimal_trailing_zeros = 1
