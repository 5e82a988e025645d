-- Open sessions with their agent, state, call and counts so far. The double braces hold the sessions with agents.
WITH
    latest AS (
        SELECT
            account_id,
            login_session_id,
            argMaxIf(call_id, (at, order_in_instant), call_id != '') AS last_call_id,
            argMaxIf(toString(queue_id), (at, order_in_instant), queue_id != '') AS last_queue_id,
            argMaxIf(toString(state_label), (at, order_in_instant), base_state != '') AS last_label,
            argMaxIf(kind = 'OFF_HOOK', (at, order_in_instant), kind IN ('OFF_HOOK', 'ON_HOOK')) AS line_is_off_hook,
            countIf(kind IN ('OFF_HOOK', 'ON_HOOK')) > 0 AS line_is_seen,
            argMaxIf(kind = 'HOLD', (at, order_in_instant), kind IN ('HOLD', 'UNHOLD', 'CALL_END')) AS is_held,
            count() AS event_count,
            toUnixTimestamp64Milli(max(at)) AS last_event_ms
        FROM events FINAL
        WHERE account_id IN ({accounts:Array(String)})
            AND (account_id, login_session_id) IN (
                SELECT account_id, login_session_id FROM login_sessions
                WHERE account_id IN ({accounts:Array(String)})
                    AND last_at >= fromUnixTimestamp64Milli({seen_from_ms:Int64}, 'UTC')
            )
        GROUP BY account_id, login_session_id
    )
SELECT
    account_id AS accountId,
    agent_id AS agentId,
    first_name AS firstName,
    last_name AS lastName,
    if(username != '', username, directory_username) AS username,
    email,
    agent_type AS agentType,
    team,
    agent_group_id AS agentGroupId,
    agent_group_name AS agentGroupName,
    login_session_id AS loginSessionId,
    phone,
    last_state AS stateCode,
    last_label AS stateLabel,
    -- Without a known state, since the login.
    toInt64(if(last_state = 0, login_ms, last_state_since_ms)) AS stateSinceMs,
    toInt64(end_ms - stateSinceMs) AS stateMs,
    toInt64(login_ms) AS loginSinceMs,
    toInt64(login_time_ms) AS loginMs,
    toBool(last_flag = 1) AS isPendingDisposition,
    if(last_flag = 1, toInt64(last_flag_since_ms), 0) AS pendingDispositionSinceMs,
    if(last_flag = 1, toInt64(end_ms - last_flag_since_ms), 0) AS pendingDispositionMs,
    -- Without line events, the agent is off hook while engaged.
    toBool(if(line_is_seen, line_is_off_hook, last_state = 3)) AS isOffHook,
    last_event_ms AS lastEventMs,
    last_call_id AS lastCallId,
    last_queue_id AS lastQueueId,
    toUInt64(accepted) AS accepted,
    toUInt64(ring_no_answers) AS ringNoAnswers,
    toInt64(talk_ms) AS talkMs,
    toBool(last_state = 3 AND NOT is_held) AS isTalking,
    toUInt64(event_count) AS eventCount
FROM ({{sessions}}) AS sessions
INNER JOIN latest USING (account_id, login_session_id)
WHERE end_reason = 'OPEN'
ORDER BY last_name, first_name, agent_id, login_ms, login_session_id
