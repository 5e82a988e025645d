-- One row for each feed that sent events or rejects. A repeated event counts twice until the engine has merged it: the exact count
-- would cost ten times as much, and this query runs every few seconds.
SELECT
    source,
    sum(feed_events) AS events,
    min(feed_first_ms) AS firstEventMs,
    max(feed_last_ms) AS lastEventMs,
    max(feed_received_ms) AS lastReceivedMs,
    sum(feed_minute) AS eventsLastMinute,
    sum(feed_hour) AS eventsLastHour,
    sum(feed_day) AS eventsLastDay,
    sum(feed_rejects) AS rejects,
    sum(feed_rejects_day) AS rejectsLastDay
FROM
(
    SELECT
        toString(events.source) AS source,
        toInt64(count()) AS feed_events,
        toUnixTimestamp64Milli(min(at)) AS feed_first_ms,
        toUnixTimestamp64Milli(max(at)) AS feed_last_ms,
        toUnixTimestamp64Milli(max(received_at)) AS feed_received_ms,
        toInt64(countIf(received_at > fromUnixTimestamp64Milli({now_ms:Int64} - 60000, 'UTC'))) AS feed_minute,
        toInt64(countIf(received_at > fromUnixTimestamp64Milli({now_ms:Int64} - 3600000, 'UTC'))) AS feed_hour,
        toInt64(countIf(received_at > fromUnixTimestamp64Milli({now_ms:Int64} - 86400000, 'UTC'))) AS feed_day,
        toInt64(0) AS feed_rejects,
        toInt64(0) AS feed_rejects_day
    FROM events
    WHERE account_id = {account:String}
    GROUP BY source
    UNION ALL
    SELECT
        toString(rejects.source),
        0,
        9007199254740991,
        0,
        toUnixTimestamp64Milli(max(received_at)),
        0,
        0,
        0,
        toInt64(count()),
        toInt64(countIf(received_at > fromUnixTimestamp64Milli({now_ms:Int64} - 86400000, 'UTC')))
    FROM rejects FINAL
    WHERE account_id = {account:String}
    GROUP BY source
)
GROUP BY source
ORDER BY lastReceivedMs DESC, source
