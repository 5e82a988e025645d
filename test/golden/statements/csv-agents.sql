WITH
    (text -> if({keep_formulas:Bool}, text, replaceRegexpOne(text, '^(?:[=@\\t\\r]|[+-][0-9 ().*#xX/-]*[^0-9 ().*#xX/-])', '\'\\0'))) AS guarded,
    (text -> if(match(text, concat('["\n\r', {delimiter:String}, ']')), concat('"', replaceAll(guarded(text), '"', '""'), '"'), guarded(text))) AS quoted,
    (text -> quoted(text)) AS cell
SELECT concatWithSeparator({delimiter:String}, cell(agent_id), cell(last_name), cell(first_name), cell(if(username != '', username, directory_username)), cell(phone), ifNull(formatDateTimeInJodaSyntax(fromUnixTimestamp64Milli(login_ms, 'UTC'), 'M/d/yy h:mm a', {timezone:String}), ''), ifNull(formatDateTimeInJodaSyntax(fromUnixTimestamp64Milli(if(is_open = 1, NULL, end_ms), 'UTC'), 'M/d/yy h:mm a', {timezone:String}), ''), cell(if(dial_group_name != '', dial_group_name, directory_dial_group_name)), toString(presented), toString(accepted), toString(manual_no_connects), toString(ring_no_answers), toString(transfers), concat(toDecimalString(intDivOrZero((20000 * transfers) + accepted, 2 * accepted) / 100, 2), '%'), toDecimalString(intDivOrZero((2 * talk_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * talk_ms) + (600 * accepted), (2 * 600) * accepted) / 100, 2), toDecimalString(intDivOrZero((2 * login_time_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), concat(toDecimalString(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms) / 100, 2), '%'), toDecimalString(intDivOrZero((2 * off_hook_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * rounded_off_hook_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), concat(toDecimalString(intDivOrZero((20000 * talk_ms) + off_hook_ms, 2 * off_hook_ms) / 100, 2), '%'), concat(toDecimalString(intDivOrZero((20000 * off_hook_ms) + login_time_ms, 2 * login_time_ms) / 100, 2), '%'), toDecimalString(intDivOrZero((2 * work_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * break_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * away_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * lunch_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * training_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * pending_disposition_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * pending_disposition_ms) + (600 * accepted), (2 * 600) * accepted) / 100, 2), cell(if(external_agent_id != '', external_agent_id, directory_external_agent_id)), toString(holds), toDecimalString(intDivOrZero((2 * hold_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * ring_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * engaged_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * rna_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * available_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), cell(if(team != '', team, '[No Team Name]')), cell(login_session_id), toString(monitoring_sessions)) AS line
FROM
(
    SELECT
        account_id,
        agent_id,
        login_session_id,
        login_ms,
        end_ms,
        end_reason,
        has_login,
        latest.1 AS username,
        latest.2 AS directory_username,
        latest.3 AS phone,
        latest.4 AS first_name,
        latest.5 AS last_name,
        latest.6 AS team,
        latest.7 AS agent_group_id,
        latest.8 AS agent_group_name,
        latest.9 AS external_agent_id,
        latest.10 AS directory_external_agent_id,
        latest.11 AS dial_group_name,
        latest.12 AS directory_dial_group_name,
        * EXCEPT (account_id, agent_id, login_session_id, login_ms, end_ms, end_reason, has_login, latest)
    FROM
    (
        SELECT
            account_id,
            agent_id,
            if(agent_id = '', session.login_session_id, '') AS login_session_id,
            min(session.login_ms) AS login_ms,
            max(session.end_ms) AS end_ms,
            if(countIf(session.end_reason = 'OPEN') > 0, 'OPEN', argMax(session.end_reason, (session.end_ms, session.login_ms, session.login_session_id))) AS end_reason,
            max(session.is_open) AS is_open,
            min(session.has_login) AS has_login,
            argMax((username, directory_username, phone, first_name, last_name, team, agent_group_id, agent_group_name, external_agent_id, directory_external_agent_id, dial_group_name, directory_dial_group_name), (session.login_ms, session.login_session_id)) AS latest,
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
            sum(session.monitoring_sessions) AS monitoring_sessions,
            sumMap(session.label_ms) AS label_ms
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
        ) AS session
        GROUP BY
            account_id,
            agent_id,
            login_session_id
    )
)
ORDER BY
    login_ms ASC,
    login_session_id ASC,
    agent_id ASC,
    account_id ASC
SETTINGS optimize_aggregation_in_order = 1, max_block_size = 8192, compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0, optimize_and_compare_chain = 0, do_not_merge_across_partitions_select_final = 1, join_algorithm = 'hash', max_bytes_before_external_join = 0, max_bytes_ratio_before_external_join = 0, os_thread_priority = 10
