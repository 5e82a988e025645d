-- The events of a session, without their raw inputs, in the order of the fold.
SELECT
    concat(
        toString(toUnixTimestamp64Milli(at)), '-', toString(order_in_instant), '-', lower(hex(event_id))
    ) AS id,
    lower(hex(sipHash64(source, raw))) AS rawId,
    account_id AS accountId,
    login_session_id AS loginSessionId,
    toUnixTimestamp64Milli(at) AS atMs,
    order_in_instant AS order,
    kind,
    base_state AS baseState,
    prev_base_state AS prevBaseState,
    state_label AS stateLabel,
    pending_disposition AS flag,
    agent_id AS agentId,
    username,
    phone,
    external_agent_id AS externalAgentId,
    call_id AS callId,
    call_direction AS callDirection,
    queue_id AS queueId,
    queue_name AS queueName,
    dial_group_id AS dialGroupId,
    dial_group_name AS dialGroupName,
    source,
    toUnixTimestamp64Milli(received_at) AS receivedAt
FROM events FINAL
WHERE account_id = {account:String} AND login_session_id = {session:String}
ORDER BY at, order_in_instant, toUInt8(kind), call_id = '', event_id
LIMIT {max_rows:UInt64}
