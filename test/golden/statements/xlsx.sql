WITH
    (text -> replaceAll(replaceAll(encodeXMLComponent(replaceRegexpAll(toValidUTF8(text), '[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x{FFFE}\\x{FFFF}]', '�')), '\n', '&#10;'), '\r', '&#13;')) AS escaped,
    (text -> substringUTF8(text, 1, if((length(text) > 32767) AND match(text, '[\\x{10000}-\\x{10FFFF}]'), 16383, 32767))) AS fitting,
    (text -> replaceRegexpAll(text, '_(x[0-9A-Fa-f]{4})', '_x005F_\\1')) AS literal,
    (text -> literal(escaped(fitting(text)))) AS shown,
    (text -> if(row_needs_escaping, shown(text), text)) AS cell
SELECT concat('<row r="', sheet_row, '">', '<c r="A', sheet_row, '"', if(agentId_cell = '', '/>', concat(if((agentId_cell < '!') OR (substring(agentId_cell, -1) < '!') OR startsWith(agentId_cell, '&#1') OR endsWith(agentId_cell, '0;') OR endsWith(agentId_cell, '3;'), ' t="inlineStr"><is><t xml:space="preserve">', ' t="inlineStr"><is><t>'), agentId_cell, '</t></is></c>')), '<c r="B', sheet_row, '"', if(lastName_cell = '', '/>', concat(if((lastName_cell < '!') OR (substring(lastName_cell, -1) < '!') OR startsWith(lastName_cell, '&#1') OR endsWith(lastName_cell, '0;') OR endsWith(lastName_cell, '3;'), ' t="inlineStr"><is><t xml:space="preserve">', ' t="inlineStr"><is><t>'), lastName_cell, '</t></is></c>')), '<c r="C', sheet_row, '"', if(firstName_cell = '', '/>', concat(if((firstName_cell < '!') OR (substring(firstName_cell, -1) < '!') OR startsWith(firstName_cell, '&#1') OR endsWith(firstName_cell, '0;') OR endsWith(firstName_cell, '3;'), ' t="inlineStr"><is><t xml:space="preserve">', ' t="inlineStr"><is><t>'), firstName_cell, '</t></is></c>')), '<c r="D', sheet_row, '"', if(username_cell = '', '/>', concat(if((username_cell < '!') OR (substring(username_cell, -1) < '!') OR startsWith(username_cell, '&#1') OR endsWith(username_cell, '0;') OR endsWith(username_cell, '3;'), ' t="inlineStr"><is><t xml:space="preserve">', ' t="inlineStr"><is><t>'), username_cell, '</t></is></c>')), '<c r="E', sheet_row, '"', if(phone_cell = '', '/>', concat(if((phone_cell < '!') OR (substring(phone_cell, -1) < '!') OR startsWith(phone_cell, '&#1') OR endsWith(phone_cell, '0;') OR endsWith(phone_cell, '3;'), ' t="inlineStr"><is><t xml:space="preserve">', ' t="inlineStr"><is><t>'), phone_cell, '</t></is></c>')), '<c r="F', sheet_row, '"', if(isNull(login_ms), '/>', concat(' s="1"><v>', toString((((assumeNotNull(login_ms) / 1000) + timezoneOffset(toTimeZone(fromUnixTimestamp64Milli(assumeNotNull(login_ms), 'UTC'), {timezone:String}))) / 86400) + 25569), '</v></c>')), '<c r="G', sheet_row, '"', if(isNull(if(is_open = 1, NULL, end_ms)), '/>', concat(' s="1"><v>', toString((((assumeNotNull(if(is_open = 1, NULL, end_ms)) / 1000) + timezoneOffset(toTimeZone(fromUnixTimestamp64Milli(assumeNotNull(if(is_open = 1, NULL, end_ms)), 'UTC'), {timezone:String}))) / 86400) + 25569), '</v></c>')), '<c r="H', sheet_row, '"', if(dialGroup_cell = '', '/>', concat(if((dialGroup_cell < '!') OR (substring(dialGroup_cell, -1) < '!') OR startsWith(dialGroup_cell, '&#1') OR endsWith(dialGroup_cell, '0;') OR endsWith(dialGroup_cell, '3;'), ' t="inlineStr"><is><t xml:space="preserve">', ' t="inlineStr"><is><t>'), dialGroup_cell, '</t></is></c>')), '<c r="I', sheet_row, '"', ifNull(concat('><v>', toString(presented), '</v></c>'), '/>'), '<c r="J', sheet_row, '"', ifNull(concat('><v>', toString(accepted), '</v></c>'), '/>'), '<c r="K', sheet_row, '"', ifNull(concat('><v>', toString(manual_no_connects), '</v></c>'), '/>'), '<c r="L', sheet_row, '"', ifNull(concat('><v>', toString(ring_no_answers), '</v></c>'), '/>'), '<c r="M', sheet_row, '"', ifNull(concat('><v>', toString(transfers), '</v></c>'), '/>'), '<c r="N', sheet_row, '"', ifNull(concat(' s="3"><v>', toString(intDivOrZero((20000 * transfers) + accepted, 2 * accepted) / 10000), '</v></c>'), '/>'), '<c r="O', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * talk_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="P', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * talk_ms) + (600 * accepted), (2 * 600) * accepted) / 100), '</v></c>'), '/>'), '<c r="Q', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * login_time_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="R', sheet_row, '"', ifNull(concat(' s="3"><v>', toString(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms) / 10000), '</v></c>'), '/>'), '<c r="S', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * off_hook_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="T', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * rounded_off_hook_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="U', sheet_row, '"', ifNull(concat(' s="3"><v>', toString(intDivOrZero((20000 * talk_ms) + off_hook_ms, 2 * off_hook_ms) / 10000), '</v></c>'), '/>'), '<c r="V', sheet_row, '"', ifNull(concat(' s="3"><v>', toString(intDivOrZero((20000 * off_hook_ms) + login_time_ms, 2 * login_time_ms) / 10000), '</v></c>'), '/>'), '<c r="W', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * work_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="X', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * break_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="Y', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * away_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="Z', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * lunch_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="AA', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * training_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="AB', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * pending_disposition_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="AC', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * pending_disposition_ms) + (600 * accepted), (2 * 600) * accepted) / 100), '</v></c>'), '/>'), '<c r="AD', sheet_row, '"', if(externalAgentId_cell = '', '/>', concat(if((externalAgentId_cell < '!') OR (substring(externalAgentId_cell, -1) < '!') OR startsWith(externalAgentId_cell, '&#1') OR endsWith(externalAgentId_cell, '0;') OR endsWith(externalAgentId_cell, '3;'), ' t="inlineStr"><is><t xml:space="preserve">', ' t="inlineStr"><is><t>'), externalAgentId_cell, '</t></is></c>')), '<c r="AE', sheet_row, '"', ifNull(concat('><v>', toString(holds), '</v></c>'), '/>'), '<c r="AF', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * hold_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="AG', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * ring_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="AH', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * engaged_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="AI', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * rna_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="AJ', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * available_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="AK', sheet_row, '"', if(team_cell = '', '/>', concat(if((team_cell < '!') OR (substring(team_cell, -1) < '!') OR startsWith(team_cell, '&#1') OR endsWith(team_cell, '0;') OR endsWith(team_cell, '3;'), ' t="inlineStr"><is><t xml:space="preserve">', ' t="inlineStr"><is><t>'), team_cell, '</t></is></c>')), '<c r="AL', sheet_row, '"', if(loginSessionId_cell = '', '/>', concat(if((loginSessionId_cell < '!') OR (substring(loginSessionId_cell, -1) < '!') OR startsWith(loginSessionId_cell, '&#1') OR endsWith(loginSessionId_cell, '0;') OR endsWith(loginSessionId_cell, '3;'), ' t="inlineStr"><is><t xml:space="preserve">', ' t="inlineStr"><is><t>'), loginSessionId_cell, '</t></is></c>')), '<c r="AM', sheet_row, '"', ifNull(concat('><v>', toString(monitoring_sessions), '</v></c>'), '/>'), '<c r="AN', sheet_row, '"', if(endReason_cell = '', '/>', concat(if((endReason_cell < '!') OR (substring(endReason_cell, -1) < '!') OR startsWith(endReason_cell, '&#1') OR endsWith(endReason_cell, '0;') OR endsWith(endReason_cell, '3;'), ' t="inlineStr"><is><t xml:space="preserve">', ' t="inlineStr"><is><t>'), endReason_cell, '</t></is></c>')), '<c r="AO', sheet_row, '"', ifNull(concat('><v>', toString(has_login), '</v></c>'), '/>'), '<c r="AP', sheet_row, '"', ifNull(concat(' s="2"><v>', toString(intDivOrZero((2 * unaccounted_ms) + (600 * 1), (2 * 600) * 1) / 100), '</v></c>'), '/>'), '<c r="AQ', sheet_row, '"', if(stateLabels_cell = '', '/>', concat(if((stateLabels_cell < '!') OR (substring(stateLabels_cell, -1) < '!') OR startsWith(stateLabels_cell, '&#1') OR endsWith(stateLabels_cell, '0;') OR endsWith(stateLabels_cell, '3;'), ' t="inlineStr"><is><t xml:space="preserve">', ' t="inlineStr"><is><t>'), stateLabels_cell, '</t></is></c>')), '<c r="AR', sheet_row, '"', if(origin_cell = '', '/>', concat(if((origin_cell < '!') OR (substring(origin_cell, -1) < '!') OR startsWith(origin_cell, '&#1') OR endsWith(origin_cell, '0;') OR endsWith(origin_cell, '3;'), ' t="inlineStr"><is><t xml:space="preserve">', ' t="inlineStr"><is><t>'), origin_cell, '</t></is></c>')), '</row>')
FROM
(
    SELECT
        *,
        cell(agent_id) AS agentId_cell,
        cell(last_name) AS lastName_cell,
        cell(first_name) AS firstName_cell,
        cell(if(username != '', username, directory_username)) AS username_cell,
        cell(phone) AS phone_cell,
        cell(if(dial_group_name != '', dial_group_name, directory_dial_group_name)) AS dialGroup_cell,
        cell(if(external_agent_id != '', external_agent_id, directory_external_agent_id)) AS externalAgentId_cell,
        cell(if(team != '', team, '[No Team Name]')) AS team_cell,
        cell(login_session_id) AS loginSessionId_cell,
        cell(end_reason) AS endReason_cell,
        shown(arrayStringConcat(arrayMap((label, ms) -> concat(label, '=', toDecimalString(intDivOrZero((2 * ms) + (600 * 1), (2 * 600) * 1) / 100, 2)), mapKeys(label_ms), mapValues(label_ms)), '; ')) AS stateLabels_cell,
        cell('computed') AS origin_cell,
        toString((rowNumberInAllBlocks() % 1048575) + 2) AS sheet_row
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
        )
        ORDER BY
            login_ms ASC,
            login_session_id ASC,
            agent_id ASC,
            account_id ASC
    )
)
SETTINGS optimize_aggregation_in_order = 1, max_block_size = 8192, compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0, optimize_and_compare_chain = 0, do_not_merge_across_partitions_select_final = 1, join_algorithm = 'hash', max_bytes_before_external_join = 0, max_bytes_ratio_before_external_join = 0, os_thread_priority = 10
