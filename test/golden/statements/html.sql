WITH
    (text -> replaceAll(replaceAll(replaceAll(encodeXMLComponent(replaceRegexpAll(toValidUTF8(text), '[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x{FFFE}\\x{FFFF}\\x7F-\\x{9F}\\x{FDD0}-\\x{FDEF}\\x{1FFFE}\\x{1FFFF}\\x{2FFFE}\\x{2FFFF}\\x{3FFFE}\\x{3FFFF}\\x{4FFFE}\\x{4FFFF}\\x{5FFFE}\\x{5FFFF}\\x{6FFFE}\\x{6FFFF}\\x{7FFFE}\\x{7FFFF}\\x{8FFFE}\\x{8FFFF}\\x{9FFFE}\\x{9FFFF}\\x{aFFFE}\\x{aFFFF}\\x{bFFFE}\\x{bFFFF}\\x{cFFFE}\\x{cFFFF}\\x{dFFFE}\\x{dFFFF}\\x{eFFFE}\\x{eFFFF}\\x{fFFFE}\\x{fFFFF}\\x{10FFFE}\\x{10FFFF}]', '�')), '\r\n', '\n'), '\r', '\n'), '\n', '&#10;')) AS escaped,
    (text -> if(row_needs_escaping, escaped(text), text)) AS cell
SELECT concat('<tr>', '<td>', cell(agent_id), '</td>', '<td>', cell(last_name), '</td>', '<td>', cell(first_name), '</td>', '<td>', cell(if(username != '', username, directory_username)), '</td>', '<td>', cell(phone), '</td>', '<td>', ifNull(ifNull(formatDateTimeInJodaSyntax(fromUnixTimestamp64Milli(login_ms, 'UTC'), 'M/d/yy h:mm a', {timezone:String}), ''), ''), '</td>', '<td>', ifNull(ifNull(formatDateTimeInJodaSyntax(fromUnixTimestamp64Milli(if(is_open = 1, NULL, end_ms), 'UTC'), 'M/d/yy h:mm a', {timezone:String}), ''), ''), '</td>', '<td>', cell(if(dial_group_name != '', dial_group_name, directory_dial_group_name)), '</td>', '<td class="number">', ifNull(toString(presented), ''), '</td>', '<td class="number">', ifNull(toString(accepted), ''), '</td>', '<td class="number">', ifNull(toString(manual_no_connects), ''), '</td>', '<td class="number">', ifNull(toString(ring_no_answers), ''), '</td>', '<td class="number">', ifNull(toString(transfers), ''), '</td>', '<td class="number">', ifNull(concat(toDecimalString(intDivOrZero((20000 * transfers) + accepted, 2 * accepted) / 100, 2), '%'), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * talk_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * talk_ms) + (600 * accepted), (2 * 600) * accepted) / 100, 2), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * login_time_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td class="number">', ifNull(concat(toDecimalString(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms) / 100, 2), '%'), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * off_hook_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * rounded_off_hook_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td class="number">', ifNull(concat(toDecimalString(intDivOrZero((20000 * talk_ms) + off_hook_ms, 2 * off_hook_ms) / 100, 2), '%'), ''), '</td>', '<td class="number">', ifNull(concat(toDecimalString(intDivOrZero((20000 * off_hook_ms) + login_time_ms, 2 * login_time_ms) / 100, 2), '%'), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * work_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * break_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * away_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * lunch_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * training_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * pending_disposition_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * pending_disposition_ms) + (600 * accepted), (2 * 600) * accepted) / 100, 2), ''), '</td>', '<td>', cell(if(external_agent_id != '', external_agent_id, directory_external_agent_id)), '</td>', '<td class="number">', ifNull(toString(holds), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * hold_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * ring_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * engaged_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * rna_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td class="number">', ifNull(toDecimalString(intDivOrZero((2 * available_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), ''), '</td>', '<td>', cell(if(team != '', team, '[No Team Name]')), '</td>', '<td>', cell(login_session_id), '</td>', '<td class="number">', ifNull(toString(monitoring_sessions), ''), '</td>', '</tr>')
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
SETTINGS optimize_aggregation_in_order = 1, max_block_size = 8192, compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0, optimize_and_compare_chain = 0, do_not_merge_across_partitions_select_final = 1, join_algorithm = 'hash', max_bytes_before_external_join = 0, max_bytes_ratio_before_external_join = 0, os_thread_priority = 10
