-- Pairs of a member, who only logs in, and a caller, who only takes calls: the share of the caller's hours with calls in which the
-- member was logged in, and the share of the member's logins with such calls. Parameters: account, source, members, callers, from_ms, to_ms, stale_ms and limits.
WITH
    hours AS (
        SELECT
            agent_id AS caller_id,
            toString(queue_id) AS queue,
            min(toUnixTimestamp64Milli(at)) AS call_ms,
            toUInt32(intDiv(call_ms, 86400000)) AS day,
            count() OVER (PARTITION BY caller_id) AS calls
        FROM events
        WHERE account_id = {account:String}
          AND source = {source:String}
          AND kind IN ('OFFER', 'ANSWER', 'RING_NO_ANSWER')
          AND agent_id IN ({callers:Array(String)})
          AND at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
          AND at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
        GROUP BY caller_id, queue, toStartOfHour(at)
    ),
    member_queues AS (
        SELECT
            agent_id AS member_id,
            groupUniqArray(splitByChar('|', raw)[3]) AS queues
        FROM events
        WHERE account_id = {account:String}
          AND source = {source:String}
          AND source = 'asterisk'
          AND raw != ''
          AND agent_id IN ({members:Array(String)})
          AND at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
          AND at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
        GROUP BY member_id
    ),
    member_logins AS (
        SELECT
            agent_id AS member_id,
            login_session_id,
            toUnixTimestamp64Milli(first_at) AS login_ms,
            -- The end of a login without a logout is unknown; it counts as long as a silent session stays open.
            toUnixTimestamp64Milli(last_at) + if(logout_at > fromUnixTimestamp64Milli(toInt64(0), 'UTC'), 0, {stale_ms:Int64}) AS until_ms,
            count() OVER (PARTITION BY member_id) AS logins
        FROM login_sessions FINAL
        WHERE account_id = {account:String}
          AND source = {source:String}
          AND agent_id IN ({members:Array(String)})
          AND first_at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
          AND first_at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
    ),
    login_days AS (
        SELECT
            member_logins.member_id AS member_id,
            login_session_id,
            login_ms,
            until_ms,
            logins,
            queues,
            arrayJoin(range(
                toUInt32(intDiv(login_ms, 86400000)),
                toUInt32(intDiv(least(until_ms, login_ms + 31 * 86400000), 86400000) + 1)
            )) AS day
        FROM member_logins
        LEFT JOIN member_queues ON member_queues.member_id = member_logins.member_id
    )
SELECT
    member_id AS memberId,
    caller_id AS callerId,
    min(call_ms) AS fromMs,
    max(call_ms) AS toMs,
    toBool(uniqExact(queue, call_ms) = any(calls) AND uniqExact(login_session_id) = any(logins)) AS isExact
FROM hours
INNER JOIN login_days ON login_days.day = hours.day
WHERE call_ms BETWEEN login_ms AND until_ms
  AND (empty(queues) OR queue = '' OR has(queues, queue))
GROUP BY memberId, callerId
HAVING uniqExact(queue, call_ms) >= {least_calls_within:Float64} * any(calls)
   AND uniqExact(login_session_id) >= {least_logins:Float64} * any(logins)
ORDER BY callerId, uniqExact(queue, call_ms) / any(calls) + uniqExact(login_session_id) / any(logins) DESC, memberId
LIMIT {limit:UInt32}
