CREATE TABLE IF NOT EXISTS events_local ON CLUSTER 'calls'
(
    account_id LowCardinality(String),
    login_session_id String,
    at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    order_in_instant UInt8,
    -- The fact's identity, never its arrival: the source's own id where it has one, else the fact itself.
    source_event_id String,
    kind Enum8(
        'LOGIN' = 1, 'LOGOUT' = 2, 'STATE' = 3, 'OFFER' = 4, 'MANUAL_DIAL' = 5, 'ANSWER' = 6, 'RING_NO_ANSWER' = 7,
        'NO_CONNECT' = 8, 'HOLD' = 9, 'UNHOLD' = 10, 'TRANSFER' = 11, 'CALL_END' = 12, 'OFF_HOOK' = 13, 'ON_HOOK' = 14,
        'MONITOR_START' = 15, 'MONITOR_END' = 16
    ),
    base_state Enum8(
        '' = 0, 'AVAILABLE' = 1, 'TRANSITION' = 2, 'ENGAGED' = 3, 'WORKING' = 4, 'ON_BREAK' = 5, 'AWAY' = 6, 'LUNCH' = 7,
        'TRAINING' = 8, 'RNA' = 9, 'AUX_OFFHOOK' = 10, 'AUX_NO_OFFHOOK' = 11, 'MONITORING' = 12, 'OFFLINE' = 13,
        'UNKNOWN' = 14
    ),
    prev_base_state Enum8(
        '' = 0, 'AVAILABLE' = 1, 'TRANSITION' = 2, 'ENGAGED' = 3, 'WORKING' = 4, 'ON_BREAK' = 5, 'AWAY' = 6, 'LUNCH' = 7,
        'TRAINING' = 8, 'RNA' = 9, 'AUX_OFFHOOK' = 10, 'AUX_NO_OFFHOOK' = 11, 'MONITORING' = 12, 'OFFLINE' = 13,
        'UNKNOWN' = 14
    ),
    state_label LowCardinality(String),
    -- 0 off, 1 on, 2 not said: the flag stays as it is.
    pending_disposition UInt8,
    agent_id String,
    username LowCardinality(String),
    phone LowCardinality(String),
    external_agent_id LowCardinality(String),
    call_id String,
    call_direction LowCardinality(String),
    queue_id LowCardinality(String),
    queue_name LowCardinality(String),
    dial_group_id LowCardinality(String),
    dial_group_name LowCardinality(String),
    source LowCardinality(String),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    raw String CODEC(ZSTD(1)),
    event_id UInt64 DEFAULT if(
        source_event_id != '',
        sipHash64(source_event_id),
        sipHash64(
            kind, base_state, prev_base_state, state_label, pending_disposition, agent_id, username, phone,
            external_agent_id, call_id, call_direction, queue_id, queue_name, dial_group_id, dial_group_name
        )
    )
)
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/{shard}/{table}', '{replica}')
PARTITION BY toYYYYMM(at)
ORDER BY (account_id, login_session_id, at, order_in_instant, event_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1;

CREATE TABLE IF NOT EXISTS events ON CLUSTER 'calls' AS events_local
ENGINE = Distributed('calls', 'offhook', 'events_local', cityHash64(account_id, login_session_id));

CREATE TABLE IF NOT EXISTS login_sessions_local ON CLUSTER 'calls'
(
    account_id LowCardinality(String),
    login_session_id String,
    agent_id SimpleAggregateFunction(max, String),
    first_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    last_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    -- 2299 where no login is known, 1970 where no logout is.
    login_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    logout_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    login_username SimpleAggregateFunction(max, String),
    any_username SimpleAggregateFunction(max, String),
    login_phone SimpleAggregateFunction(max, String),
    any_phone SimpleAggregateFunction(max, String),
    external_agent_id SimpleAggregateFunction(max, String),
    login_dial_group_name SimpleAggregateFunction(max, String),
    any_dial_group_name SimpleAggregateFunction(max, String),
    source SimpleAggregateFunction(max, String),
    INDEX first_at_range first_at TYPE minmax GRANULARITY 1,
    INDEX last_at_range last_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedAggregatingMergeTree('/offhook/{database}/{shard}/{table}', '{replica}')
ORDER BY (account_id, login_session_id)
SETTINGS index_granularity = 1024, fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1;

CREATE TABLE IF NOT EXISTS login_sessions ON CLUSTER 'calls' AS login_sessions_local
ENGINE = Distributed('calls', 'offhook', 'login_sessions_local', cityHash64(account_id, login_session_id));

CREATE MATERIALIZED VIEW IF NOT EXISTS login_sessions_from_events ON CLUSTER 'calls' TO login_sessions_local AS
SELECT
    account_id,
    login_session_id,
    max(events.agent_id) AS agent_id,
    min(at) AS first_at,
    max(at) AS last_at,
    min(if(kind = 'LOGIN', at, toDateTime64('2299-01-01 00:00:00', 3, 'UTC'))) AS login_at,
    max(if(kind = 'LOGOUT', at, toDateTime64(0, 3, 'UTC'))) AS logout_at,
    max(if(kind = 'LOGIN', toString(username), '')) AS login_username,
    max(toString(username)) AS any_username,
    max(if(kind = 'LOGIN', toString(phone), '')) AS login_phone,
    max(toString(phone)) AS any_phone,
    max(toString(events.external_agent_id)) AS external_agent_id,
    max(if(kind = 'LOGIN', toString(dial_group_name), '')) AS login_dial_group_name,
    max(toString(dial_group_name)) AS any_dial_group_name,
    max(toString(events.source)) AS source
FROM events_local AS events
WHERE login_session_id != ''
GROUP BY account_id, login_session_id;

CREATE TABLE IF NOT EXISTS rejects ON CLUSTER 'calls'
(
    account_id LowCardinality(String),
    source LowCardinality(String),
    reason LowCardinality(String),
    raw_hash UInt64 DEFAULT sipHash64(raw),
    detail String,
    position UInt64,
    raw String CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}', received_at)
ORDER BY (account_id, source, reason, raw_hash)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
