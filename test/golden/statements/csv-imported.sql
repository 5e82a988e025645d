WITH
    (text -> if({keep_formulas:Bool}, text, if(match(text, '^(?:[=@\\t\\r]|[+-][0-9 ().*#xX/-]*[^0-9 ().*#xX/-])'), concat('\'', text), text))) AS guarded,
    (text -> if(match(guarded(text), concat('["\n\r', {delimiter:String}, ']')), concat('"', replaceAll(guarded(text), '"', '""'), '"'), guarded(text))) AS cell
SELECT if(multiSearchAny(concat('', concatWithSeparator('', agentId_printed, lastName_printed, firstName_printed, username_printed, phone_printed, loginDts_printed, logoutDts_printed, dialGroup_printed, presented_printed, accepted_printed, manualNoConnect_printed, rna_printed, dispXfers_printed, callsXferedPercent_printed, talkTime_printed, avgTalkTime_printed, loginTime_printed, loginUtilization_printed, offHookTime_printed, roundedOffHookTime_printed, offHookUtilization_printed, offHookToLogin_printed, workTime_printed, breakTime_printed, awayTime_printed, lunchTime_printed, trainingTime_printed, pendingDispTime_printed, avgPendingDispTime_printed, externalAgentId_printed, callsPlacedOnHold_printed, timeOnHold_printed, ringTime_printed, engagedTime_printed, rnaTime_printed, availableTime_printed, team_printed, loginSessionId_printed, monitoringSessions_printed)), [{delimiter:String}, '"', '\n', '\r', '=', '@', '\t', '\r', '+', '-']), concatWithSeparator({delimiter:String}, cell(agentId_printed), cell(lastName_printed), cell(firstName_printed), cell(username_printed), cell(phone_printed), cell(loginDts_printed), cell(logoutDts_printed), cell(dialGroup_printed), cell(presented_printed), cell(accepted_printed), cell(manualNoConnect_printed), cell(rna_printed), cell(dispXfers_printed), cell(callsXferedPercent_printed), cell(talkTime_printed), cell(avgTalkTime_printed), cell(loginTime_printed), cell(loginUtilization_printed), cell(offHookTime_printed), cell(roundedOffHookTime_printed), cell(offHookUtilization_printed), cell(offHookToLogin_printed), cell(workTime_printed), cell(breakTime_printed), cell(awayTime_printed), cell(lunchTime_printed), cell(trainingTime_printed), cell(pendingDispTime_printed), cell(avgPendingDispTime_printed), cell(externalAgentId_printed), cell(callsPlacedOnHold_printed), cell(timeOnHold_printed), cell(ringTime_printed), cell(engagedTime_printed), cell(rnaTime_printed), cell(availableTime_printed), cell(team_printed), cell(loginSessionId_printed), cell(monitoringSessions_printed)), concatWithSeparator({delimiter:String}, agentId_printed, lastName_printed, firstName_printed, username_printed, phone_printed, loginDts_printed, logoutDts_printed, dialGroup_printed, presented_printed, accepted_printed, manualNoConnect_printed, rna_printed, dispXfers_printed, callsXferedPercent_printed, talkTime_printed, avgTalkTime_printed, loginTime_printed, loginUtilization_printed, offHookTime_printed, roundedOffHookTime_printed, offHookUtilization_printed, offHookToLogin_printed, workTime_printed, breakTime_printed, awayTime_printed, lunchTime_printed, trainingTime_printed, pendingDispTime_printed, avgPendingDispTime_printed, externalAgentId_printed, callsPlacedOnHold_printed, timeOnHold_printed, ringTime_printed, engagedTime_printed, rnaTime_printed, availableTime_printed, team_printed, loginSessionId_printed, monitoringSessions_printed)) AS line
FROM
(
    SELECT
        agentId_cell AS agentId_printed,
        lastName_cell AS lastName_printed,
        firstName_cell AS firstName_printed,
        username_cell AS username_printed,
        phone_cell AS phone_printed,
        loginDts_cell AS loginDts_printed,
        logoutDts_cell AS logoutDts_printed,
        dialGroup_cell AS dialGroup_printed,
        presented_cell AS presented_printed,
        accepted_cell AS accepted_printed,
        manualNoConnect_cell AS manualNoConnect_printed,
        rna_cell AS rna_printed,
        dispXfers_cell AS dispXfers_printed,
        callsXferedPercent_cell AS callsXferedPercent_printed,
        talkTime_cell AS talkTime_printed,
        avgTalkTime_cell AS avgTalkTime_printed,
        loginTime_cell AS loginTime_printed,
        loginUtilization_cell AS loginUtilization_printed,
        offHookTime_cell AS offHookTime_printed,
        roundedOffHookTime_cell AS roundedOffHookTime_printed,
        offHookUtilization_cell AS offHookUtilization_printed,
        offHookToLogin_cell AS offHookToLogin_printed,
        workTime_cell AS workTime_printed,
        breakTime_cell AS breakTime_printed,
        awayTime_cell AS awayTime_printed,
        lunchTime_cell AS lunchTime_printed,
        trainingTime_cell AS trainingTime_printed,
        pendingDispTime_cell AS pendingDispTime_printed,
        avgPendingDispTime_cell AS avgPendingDispTime_printed,
        externalAgentId_cell AS externalAgentId_printed,
        callsPlacedOnHold_cell AS callsPlacedOnHold_printed,
        timeOnHold_cell AS timeOnHold_printed,
        ringTime_cell AS ringTime_printed,
        engagedTime_cell AS engagedTime_printed,
        rnaTime_cell AS rnaTime_printed,
        availableTime_cell AS availableTime_printed,
        team_cell AS team_printed,
        loginSessionId_cell AS loginSessionId_printed,
        monitoringSessions_cell AS monitoringSessions_printed
    FROM
    (
        SELECT
            if(notEmpty(cells), cells[1], ifNull(agent_id, '')) AS agentId_cell,
            if(notEmpty(cells), cells[2], ifNull(last_name, '')) AS lastName_cell,
            if(notEmpty(cells), cells[3], ifNull(first_name, '')) AS firstName_cell,
            if(notEmpty(cells), cells[4], ifNull(if(username != '', username, directory_username), '')) AS username_cell,
            if(notEmpty(cells), cells[5], ifNull(phone, '')) AS phone_cell,
            if(cells_timezone = {timezone:String}, cells[6], ifNull(ifNull(formatDateTimeInJodaSyntax(fromUnixTimestamp64Milli(login_ms, 'UTC'), 'M/d/yy h:mm a', {timezone:String}), ''), '')) AS loginDts_cell,
            if(cells_timezone = {timezone:String}, cells[7], ifNull(ifNull(formatDateTimeInJodaSyntax(fromUnixTimestamp64Milli(if((is_open = 1) OR ((origin = 'imported') AND (end_reason = 'STALE')), NULL, end_ms), 'UTC'), 'M/d/yy h:mm a', {timezone:String}), ''), '')) AS logoutDts_cell,
            if(notEmpty(cells), cells[8], ifNull(if(dial_group_name != '', dial_group_name, directory_dial_group_name), '')) AS dialGroup_cell,
            if(notEmpty(cells), cells[9], ifNull(toString(if(notEmpty(cells) AND ((cells[9]) = ''), NULL, presented)), '')) AS presented_cell,
            if(notEmpty(cells), cells[10], ifNull(toString(if(notEmpty(cells) AND ((cells[10]) = ''), NULL, accepted)), '')) AS accepted_cell,
            if(notEmpty(cells), cells[11], ifNull(toString(if(notEmpty(cells) AND ((cells[11]) = ''), NULL, manual_no_connects)), '')) AS manualNoConnect_cell,
            if(notEmpty(cells), cells[12], ifNull(toString(if(notEmpty(cells) AND ((cells[12]) = ''), NULL, ring_no_answers)), '')) AS rna_cell,
            if(notEmpty(cells), cells[13], ifNull(toString(if(notEmpty(cells) AND ((cells[13]) = ''), NULL, transfers)), '')) AS dispXfers_cell,
            if(notEmpty(cells), cells[14], ifNull(concat(toDecimalString(if(notEmpty(cells) AND ((cells[14]) = ''), NULL, toInt64(if(notEmpty(cells), toInt64(100 * toDecimal64OrZero(replaceRegexpAll(cells[14], '[%, ]', ''), 2)), toInt64(intDivOrZero((20000 * transfers) + accepted, 2 * accepted))))) / 100, 2), '%'), '')) AS callsXferedPercent_cell,
            if(notEmpty(cells), cells[15], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[15]) = ''), NULL, toInt64(intDivOrZero((2 * talk_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS talkTime_cell,
            if(notEmpty(cells), cells[16], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[16]) = ''), NULL, toInt64(if(notEmpty(cells), toInt64(100 * toDecimal64OrZero(replaceRegexpAll(cells[16], '[%, ]', ''), 2)), toInt64(intDivOrZero((2 * talk_ms) + (600 * accepted), (2 * 600) * accepted))))) / 100, 2), '')) AS avgTalkTime_cell,
            if(notEmpty(cells), cells[17], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[17]) = ''), NULL, toInt64(intDivOrZero((2 * login_time_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS loginTime_cell,
            if(notEmpty(cells), cells[18], ifNull(concat(toDecimalString(if(notEmpty(cells) AND ((cells[18]) = ''), NULL, toInt64(if(notEmpty(cells), toInt64(100 * toDecimal64OrZero(replaceRegexpAll(cells[18], '[%, ]', ''), 2)), toInt64(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms))))) / 100, 2), '%'), '')) AS loginUtilization_cell,
            if(notEmpty(cells), cells[19], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[19]) = ''), NULL, toInt64(intDivOrZero((2 * off_hook_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS offHookTime_cell,
            if(notEmpty(cells), cells[20], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[20]) = ''), NULL, toInt64(intDivOrZero((2 * rounded_off_hook_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS roundedOffHookTime_cell,
            if(notEmpty(cells), cells[21], ifNull(concat(toDecimalString(if(notEmpty(cells) AND ((cells[21]) = ''), NULL, toInt64(if(notEmpty(cells), toInt64(100 * toDecimal64OrZero(replaceRegexpAll(cells[21], '[%, ]', ''), 2)), toInt64(intDivOrZero((20000 * talk_ms) + off_hook_ms, 2 * off_hook_ms))))) / 100, 2), '%'), '')) AS offHookUtilization_cell,
            if(notEmpty(cells), cells[22], ifNull(concat(toDecimalString(if(notEmpty(cells) AND ((cells[22]) = ''), NULL, toInt64(if(notEmpty(cells), toInt64(100 * toDecimal64OrZero(replaceRegexpAll(cells[22], '[%, ]', ''), 2)), toInt64(intDivOrZero((20000 * off_hook_ms) + login_time_ms, 2 * login_time_ms))))) / 100, 2), '%'), '')) AS offHookToLogin_cell,
            if(notEmpty(cells), cells[23], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[23]) = ''), NULL, toInt64(intDivOrZero((2 * work_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS workTime_cell,
            if(notEmpty(cells), cells[24], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[24]) = ''), NULL, toInt64(intDivOrZero((2 * break_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS breakTime_cell,
            if(notEmpty(cells), cells[25], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[25]) = ''), NULL, toInt64(intDivOrZero((2 * away_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS awayTime_cell,
            if(notEmpty(cells), cells[26], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[26]) = ''), NULL, toInt64(intDivOrZero((2 * lunch_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS lunchTime_cell,
            if(notEmpty(cells), cells[27], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[27]) = ''), NULL, toInt64(intDivOrZero((2 * training_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS trainingTime_cell,
            if(notEmpty(cells), cells[28], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[28]) = ''), NULL, toInt64(intDivOrZero((2 * pending_disposition_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS pendingDispTime_cell,
            if(notEmpty(cells), cells[29], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[29]) = ''), NULL, toInt64(if(notEmpty(cells), toInt64(100 * toDecimal64OrZero(replaceRegexpAll(cells[29], '[%, ]', ''), 2)), toInt64(intDivOrZero((2 * pending_disposition_ms) + (600 * accepted), (2 * 600) * accepted))))) / 100, 2), '')) AS avgPendingDispTime_cell,
            if(notEmpty(cells), cells[30], ifNull(if(external_agent_id != '', external_agent_id, directory_external_agent_id), '')) AS externalAgentId_cell,
            if(notEmpty(cells), cells[31], ifNull(toString(if(notEmpty(cells) AND ((cells[31]) = ''), NULL, holds)), '')) AS callsPlacedOnHold_cell,
            if(notEmpty(cells), cells[32], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[32]) = ''), NULL, toInt64(intDivOrZero((2 * hold_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS timeOnHold_cell,
            if(notEmpty(cells), cells[33], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[33]) = ''), NULL, toInt64(intDivOrZero((2 * ring_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS ringTime_cell,
            if(notEmpty(cells), cells[34], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[34]) = ''), NULL, toInt64(intDivOrZero((2 * engaged_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS engagedTime_cell,
            if(notEmpty(cells), cells[35], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[35]) = ''), NULL, toInt64(intDivOrZero((2 * rna_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS rnaTime_cell,
            if(notEmpty(cells), cells[36], ifNull(toDecimalString(if(notEmpty(cells) AND ((cells[36]) = ''), NULL, toInt64(intDivOrZero((2 * available_ms) + (600 * 1), (2 * 600) * 1))) / 100, 2), '')) AS availableTime_cell,
            if(notEmpty(cells), cells[37], ifNull(if(team != '', team, '[No Team Name]'), '')) AS team_cell,
            if(notEmpty(cells), cells[38], ifNull(login_session_id, '')) AS loginSessionId_cell,
            if(notEmpty(cells), cells[39], ifNull(toString(if(notEmpty(cells) AND ((cells[39]) = ''), NULL, monitoring_sessions)), '')) AS monitoringSessions_cell
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
                            0 AS is_open
                        FROM folded_sessions
                        FINAL
                        WHERE (account_id = ({accounts:Array(String)}[1])) AND ((login_ms >= {from_ms:Int64}) AND (login_ms <= {to_ms:Int64})) AND ((account_id, login_session_id) NOT IN (arrayZip({fold_accounts:Array(String)}, {fold_sessions:Array(String)})))
                    ) AS sessions
                    ANY LEFT JOIN histories ON (sessions.account_id = histories.account_id) AND (sessions.agent_id = histories.agent_id)
                )
                WHERE (empty({agent_ids:Array(String)}) OR has({agent_ids:Array(String)}, agent_id)) AND (empty({agent_group_ids:Array(String)}) OR has({agent_group_ids:Array(String)}, agent_group_id)) AND (empty({agent_teams:Array(String)}) OR has({agent_teams:Array(String)}, team)) AND ((NOT has({visible_accounts:Array(String)}, account_id)) OR ((agent_group_id != '') AND has(arrayZip({visible_accounts:Array(String)}, {visible_groups:Array(String)}), (account_id, agent_group_id))))
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
                    if(tells_all OR (exported_first_name != ''), toString(exported_first_name), entry.first_name) AS first_name,
                    if(tells_all OR (exported_last_name != ''), toString(exported_last_name), entry.last_name) AS last_name,
                    if(tells_all OR (exported_team != ''), toString(exported_team), entry.team) AS team,
                    if(exported_group_id != '', toString(exported_group_id), entry.agent_group_id) AS agent_group_id,
                    if(exported_group_id != '', toString(exported_group_name), entry.agent_group_name) AS agent_group_name,
                    if(tells_all, '', entry.directory_username) AS directory_username,
                    if(tells_all, '', entry.directory_external_agent_id) AS directory_external_agent_id,
                    if(tells_all, '', entry.directory_dial_group_name) AS directory_dial_group_name
                FROM
                (
                    SELECT
                        sessions.*,
                        history[greatest(arrayLastIndex(entry -> ((entry.1) <= login_ms), history), 1)] AS entry
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
                    ANY LEFT JOIN histories ON (sessions.account_id = histories.account_id) AND (sessions.agent_id = histories.agent_id)
                )
                WHERE (empty({agent_ids:Array(String)}) OR has({agent_ids:Array(String)}, agent_id)) AND (empty({agent_group_ids:Array(String)}) OR has({agent_group_ids:Array(String)}, agent_group_id)) AND (empty({agent_teams:Array(String)}) OR has({agent_teams:Array(String)}, team)) AND ((NOT has({visible_accounts:Array(String)}, account_id)) OR ((agent_group_id != '') AND has(arrayZip({visible_accounts:Array(String)}, {visible_groups:Array(String)}), (account_id, agent_group_id))))
            ) AS imported
        )
        ORDER BY
            login_ms ASC,
            imported_order ASC,
            login_session_id ASC,
            agent_id ASC,
            account_id ASC
    )
)
SETTINGS optimize_aggregation_in_order = 1, max_block_size = 8192, compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0, optimize_and_compare_chain = 0, do_not_merge_across_partitions_select_final = 1, join_algorithm = 'hash', max_bytes_before_external_join = 0, max_bytes_ratio_before_external_join = 0
