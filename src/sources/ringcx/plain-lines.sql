-- Decodes simple lines of a RingCX file into events. `is_sure`: the decoder would return exactly this event; all other lines go to
-- the decoder. Nested subqueries, because the engine expands an alias wherever it is used.
SELECT
    is_plain AND is_known_type AND is_known_before AND is_known_time AND is_known_duration AND has_usual_ids
        AND account_id IN {accounts:Array(String)} AND if(is_call_end, call_id != '', f.agent_login_id != '' AND f.agent_id != '') AS is_sure,
    row_number,
    account_id,
    if(is_call_end, '', f.agent_login_id) AS login_session_id,
    fromUnixTimestamp64Milli((toInt64(wall) - offset_s + if(is_call_end, toInt64(call_s) + queue_s, 0)) * 1000, 'UTC') AS at,
    multiIf(
        is_login, 0, is_logout, 63, is_call_end, 32, f.prev_state = 'LOGIN', 1, f.duration = '0', 3, 2
    )::UInt8 AS order_in_instant,
    multiIf(
        is_login, 'LOGIN', is_logout, 'LOGOUT', is_call_end, 'CALL_END',
        state_entered = 'TRANSITION' AND state_left != 'TRANSITION', 'OFFER',
        state_entered = 'ENGAGED' AND (state_left != 'ENGAGED' OR call_id != ''), 'ANSWER',
        state_entered = 'RNA' AND state_left != 'RNA', 'RING_NO_ANSWER',
        'STATE'
    ) AS kind,
    state_entered AS base_state,
    if(is_call_end, '', state_left) AS prev_base_state,
    if(is_call_end, f.call_state, f.event_aux_type) AS state_label,
    if(state_entered = '', 2, f.pending_disp IN ('1', 'true'))::UInt8 AS pending_disposition,
    f.agent_id AS agent_id,
    f.username AS username,
    f.agent_phone AS phone,
    if(f.external_agent_id = 'null', '', f.external_agent_id) AS external_agent_id,
    call_id,
    multiIf(
        is_call_end, if(f.event_type = 'ACD-CALL', 'INBOUND', 'OUTBOUND'),
        f.call_type = 'ACD', 'INBOUND', f.call_type = 'VPD', 'OUTBOUND', ''
    ) AS call_direction,
    queue_id,
    if(is_call_end, f.gate_name, f.call_source_name) AS queue_name,
    'ringcx' AS source,
    fromUnixTimestamp64Milli({received_ms:Int64}, 'UTC') AS received_at,
    raw
FROM (
    SELECT
        raw, row_number, f, is_call_end, is_login, is_logout, state_entered, state_left, wall, offset_s, call_s, queue_s,
        looks_plain AND arrayUniq(keys) = length(keys)
            AND countSubstrings(raw, '":"') + countSubstrings(raw, '":null') = length(keys) AS is_plain,
        is_call_end OR is_login OR is_logout OR state_entered != '' AS is_known_type,
        is_call_end OR state_left != '' OR f.prev_state IN ('', 'LOGIN') AS is_known_before,
        -- A valid time in the usual form, in an hour without a clock change.
        toString(wall) = time_text AND offset_s != -2147483648 AS is_known_time,
        if(
            is_call_end,
            f.call_duration IN ('', toString(call_s)) AND f.queue_duration IN ('', toString(queue_s))
                AND greatest(call_s, queue_s) < 1000000000,
            f.duration IN ('', '0') OR toUInt32OrZero(f.duration) > 0
        ) AS is_known_duration,
        length(f.agent_id) <= {max_id:UInt32} AND lengthUTF8(f.agent_id) = length(f.agent_id)
            AND length(f.external_agent_id) <= {max_id:UInt32} AND lengthUTF8(f.external_agent_id) = length(f.external_agent_id)
            AND length(f.call_id) <= {max_id:UInt32} AND lengthUTF8(f.call_id) = length(f.call_id)
            AND length(queue_id) <= {max_id:UInt32} AND lengthUTF8(queue_id) = length(queue_id)
            AND length(f.agent_login_id) <= {max_id:UInt32} AND lengthUTF8(f.agent_login_id) = length(f.agent_login_id)
            AS has_usual_ids,
        if(f.account_id = '', {default_account:String}, f.account_id) AS account_id,
        if(startsWith(f.call_id, ''''), substring(f.call_id, 2), f.call_id) AS call_id,
        queue_id
    FROM (
        SELECT
            raw, row_number, looks_plain, keys, f, is_call_end, time_text, wall,
            f.event_type = 'LOGIN' AS is_login,
            f.event_type IN ('LOGOUT', 'LOGOFF') AS is_logout,
            transform(f.event_type, {types:Array(String)}, {states:Array(String)}, '') AS state_entered,
            transform(f.prev_state, {types:Array(String)}, {states:Array(String)}, '') AS state_left,
            transform(intDiv(toUInt32(wall), 3600), {hours:Array(UInt32)}, {offsets:Array(Int32)}, -2147483648) AS offset_s,
            toUInt32OrZero(f.call_duration) AS call_s,
            toUInt32OrZero(f.queue_duration) AS queue_s,
            if(is_call_end, f.gate_id, f.call_source_id) AS queue_id
        FROM (
            SELECT
                raw, row_number, looks_plain, keys, f,
                f.event_type IN ('ACD-CALL', 'VPD-CALL') AS is_call_end,
                if(is_call_end, f.call_start, f.date_time) AS time_text,
                toDateTimeOrZero(time_text, 'UTC') AS wall
            FROM (
                SELECT
                    raw,
                    row_number,
                    -- A JSON object on one line, without spaces around its strings, without escapes, and with nothing in it but
                    -- strings and nulls, each key once: the engine and JavaScript read such a line alike.
                    startsWith(raw, '{') AND endsWith(raw, '}') AND length(raw) <= {max_bytes:UInt32}
                        AND position(raw, '{', 2) = 0 AND position(raw, '[') = 0 AND position(raw, '\\') = 0
                        AND position(raw, '\x7F') = 0 AND position(raw, '" ') = 0 AND position(raw, ' "') = 0 AS looks_plain,
                    JSONExtractKeys(raw) AS keys,
                    JSONExtract(raw, {fields:String}) AS f
                FROM (
                    SELECT
                        if(endsWith(line, '\r'), substring(line, 1, length(line) - 1), line) AS raw,
                        toUInt64(_row_number) AS row_number
                    FROM LINES
                )
            )
        )
    )
)
