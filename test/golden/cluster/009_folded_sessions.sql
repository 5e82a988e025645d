CREATE TABLE IF NOT EXISTS unfolded_sessions_local ON CLUSTER 'calls'
(
    account_id LowCardinality(String),
    login_session_id String,
    mark UInt64
)
ENGINE = ReplicatedSummingMergeTree('/offhook/{database}/{shard}/{table}', '{replica}', mark)
ORDER BY (account_id, login_session_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1;

CREATE TABLE IF NOT EXISTS unfolded_sessions ON CLUSTER 'calls' AS unfolded_sessions_local
ENGINE = Distributed('calls', 'offhook', 'unfolded_sessions_local', cityHash64(account_id, login_session_id));

CREATE MATERIALIZED VIEW IF NOT EXISTS unfolded_sessions_from_events ON CLUSTER 'calls' TO unfolded_sessions_local AS
SELECT account_id, login_session_id, rand64() AS mark
FROM events_local AS events
WHERE login_session_id != ''
GROUP BY account_id, login_session_id;

CREATE TABLE IF NOT EXISTS folded_sessions_local ON CLUSTER 'calls'
(
    account_id LowCardinality(String),
    login_session_id String,
    agent_id String,
    username LowCardinality(String),
    phone LowCardinality(String),
    external_agent_id LowCardinality(String),
    dial_group_name LowCardinality(String),
    source LowCardinality(String),
    login_ms Int64 CODEC(Delta, ZSTD(1)),
    end_ms Int64 CODEC(T64, ZSTD(1)),
    -- NORMAL where the session has a logout.
    end_reason LowCardinality(String),
    has_login UInt8,
    login_time_ms Int64 CODEC(T64, LZ4),
    last_state UInt8,
    last_state_since_ms Int64 CODEC(T64, ZSTD(1)),
    last_flag UInt8,
    last_flag_since_ms Int64 CODEC(T64, ZSTD(1)),
    label_ms Map(String, Int64) CODEC(ZSTD(1)),
    available_ms Int64 CODEC(T64, LZ4),
    ring_ms Int64 CODEC(T64, LZ4),
    engaged_ms Int64 CODEC(T64, LZ4),
    wrap_ms Int64 CODEC(T64, LZ4),
    monitoring_ms Int64 CODEC(T64, LZ4),
    break_ms Int64 CODEC(T64, LZ4),
    away_ms Int64 CODEC(T64, LZ4),
    lunch_ms Int64 CODEC(T64, LZ4),
    training_ms Int64 CODEC(T64, LZ4),
    rna_ms Int64 CODEC(T64, LZ4),
    pending_disposition_ms Int64 CODEC(T64, LZ4),
    holds UInt64 CODEC(T64, LZ4),
    hold_ms Int64 CODEC(T64, LZ4),
    accepted UInt64 CODEC(T64, LZ4),
    ring_no_answers UInt64 CODEC(T64, LZ4),
    offers_withdrawn Int64 CODEC(T64, LZ4),
    manual_no_connects Int64 CODEC(T64, LZ4),
    monitoring_sessions UInt64 CODEC(T64, LZ4),
    work_ms Int64 CODEC(T64, LZ4),
    talk_ms Int64 CODEC(T64, LZ4),
    off_hook_ms Int64 CODEC(T64, LZ4),
    rounded_off_hook_ms Int64 CODEC(T64, LZ4),
    presented Int64 CODEC(T64, LZ4),
    transfers UInt64 CODEC(T64, LZ4),
    unaccounted_ms Int64 CODEC(T64, LZ4),
    -- Of several rows of a session the latest holds, by the engine's clock in microseconds.
    folded_at UInt64 CODEC(Delta, ZSTD(1)),
    -- The session is no more, or begins at another time.
    is_deleted UInt8
)
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/{shard}/{table}', '{replica}', folded_at, is_deleted)
PARTITION BY toYYYYMM(fromUnixTimestamp64Milli(login_ms, 'UTC'))
ORDER BY (account_id, login_ms, login_session_id, agent_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1;

CREATE TABLE IF NOT EXISTS folded_sessions ON CLUSTER 'calls' AS folded_sessions_local
ENGINE = Distributed('calls', 'offhook', 'folded_sessions_local', cityHash64(account_id, login_session_id));

INSERT INTO unfolded_sessions SELECT account_id, login_session_id, rand64() FROM login_sessions GROUP BY account_id, login_session_id;
