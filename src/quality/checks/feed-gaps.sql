-- Hours in which a feed that is usually busy sent nothing while agents were working, one row for each run of such hours.
--
-- «Usually» is the same hour of the same weekday in the four weeks before: in at least three of them, the feed sent as many events
-- as working agents inevitably cause. So nights, Sundays, quiet hours and new feeds are not checked. «While agents were working»:
-- at least two agents were in a working state when the silence began, and either their session continued after it, or they were
-- active in the hour before it and did not log out. So holidays are not gaps, and neither is a forgotten logout of the evening before.
WITH
    hourly AS (
        SELECT account_id, source, intDiv(toUnixTimestamp(at), 3600) AS hour, count() AS events
        FROM events
        WHERE account_id IN ({accounts:Array(String)})
            AND at >= fromUnixTimestamp64Milli({range_from_ms:Int64} - 4 * 604800000, 'UTC')
            AND at <= fromUnixTimestamp64Milli({range_to_ms:Int64}, 'UTC')
        GROUP BY account_id, source, hour
    ),
    usual AS (
        SELECT account_id, source, hour + 168 * week AS busy_hour
        FROM hourly
        ARRAY JOIN [1, 2, 3, 4] AS week
        WHERE events >= {busy_events:UInt32}
        GROUP BY account_id, source, busy_hour
        HAVING count() >= 3
    ),
    silent AS (
        SELECT
            account_id,
            source,
            busy_hour,
            busy_hour - row_number() OVER (PARTITION BY account_id, source ORDER BY busy_hour) AS run
        FROM usual
        WHERE (account_id, source, busy_hour) NOT IN (SELECT account_id, source, hour FROM hourly)
            AND busy_hour * 3600000 >= {range_from_ms:Int64}
            AND (busy_hour + 1) * 3600000 <= least({range_to_ms:Int64} + 1, {now_ms:Int64} - {late_ms:Int64})
    ),
    gaps AS (
        SELECT
            account_id, source, min(busy_hour) * 3600000 AS at_ms, (max(busy_hour) + 1) * 3600000 AS until_ms
        FROM silent
        GROUP BY account_id, source, run
    ),
    concerned AS (
        SELECT gaps.account_id AS account_id, gaps.source AS source, at_ms, until_ms, agent_id, login_session_id
        FROM login_sessions AS sessions FINAL
        INNER JOIN gaps ON gaps.account_id = sessions.account_id AND gaps.source = sessions.source
        WHERE account_id IN ({accounts:Array(String)})
            AND toUnixTimestamp64Milli(first_at) < at_ms
            AND (
                toUnixTimestamp64Milli(last_at) >= until_ms
                OR (toUnixTimestamp64Milli(last_at) BETWEEN at_ms - 3600000 AND at_ms - 1 AND logout_at < '1970-01-02 00:00:00')
            )
    ),
    last_states AS (
        SELECT
            account_id, source, at_ms, until_ms, agent_id,
            argMax(base_state, (at, order_in_instant, event_id)) AS last_state
        FROM concerned
        INNER JOIN (
            SELECT account_id, login_session_id, at, order_in_instant, event_id, base_state
            FROM events
            WHERE account_id IN ({accounts:Array(String)})
                AND (account_id, login_session_id) IN (SELECT account_id, login_session_id FROM concerned)
                AND base_state != ''
        ) AS states USING (account_id, login_session_id)
        WHERE toUnixTimestamp64Milli(states.at) < at_ms
        GROUP BY account_id, source, at_ms, until_ms, agent_id
    )
SELECT
    toString(source) AS kind,
    account_id,
    source,
    '' AS agent_id,
    '' AS login_session_id,
    at_ms,
    until_ms,
    until_ms - at_ms AS duration_ms,
    countIf(last_state IN ('AVAILABLE', 'TRANSITION', 'ENGAGED', 'WORKING', 'RNA', 'MONITORING', 'UNKNOWN')) AS amount,
    concat(toString(amount), ' agents were working when the events stopped.') AS detail
FROM last_states
GROUP BY account_id, source, at_ms, until_ms
HAVING amount >= {working_agents:UInt32}
