CREATE TABLE IF NOT EXISTS imported_sessions_local ON CLUSTER 'calls'
(
    account_id LowCardinality(String),
    login_session_id String,
    agent_id String,
    username String,
    phone String,
    first_name String,
    last_name String,
    team LowCardinality(String),
    agent_group_id LowCardinality(String),
    agent_group_name LowCardinality(String),
    external_agent_id String,
    dial_group_name LowCardinality(String),
    login_ms Int64,
    end_ms Int64,
    -- NORMAL where the export has a logout, else STALE.
    end_reason LowCardinality(String),
    -- NULL where the export does not say.
    login_time_ms Nullable(Int64),
    available_ms Nullable(Int64),
    ring_ms Nullable(Int64),
    engaged_ms Nullable(Int64),
    work_ms Nullable(Int64),
    break_ms Nullable(Int64),
    away_ms Nullable(Int64),
    lunch_ms Nullable(Int64),
    training_ms Nullable(Int64),
    rna_ms Nullable(Int64),
    pending_disposition_ms Nullable(Int64),
    talk_ms Nullable(Int64),
    hold_ms Nullable(Int64),
    off_hook_ms Nullable(Int64),
    rounded_off_hook_ms Nullable(Int64),
    presented Int64,
    accepted Int64,
    ring_no_answers Int64,
    manual_no_connects Int64,
    transfers Int64,
    holds Int64,
    monitoring_sessions Int64,
    -- What a report printed in each of its columns, and the zone that it printed times in; empty for other exports.
    cells Array(String) CODEC(ZSTD(1)),
    cells_timezone LowCardinality(String),
    -- agent-session-report or agent-logins.
    origin LowCardinality(String),
    imported_at DateTime64(3, 'UTC'),
    -- Also the order of the rows in their file.
    version UInt64,
    INDEX login_range login_ms TYPE minmax GRANULARITY 1,
    INDEX end_range end_ms TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/{shard}/{table}', '{replica}', version)
ORDER BY (account_id, login_session_id)
SETTINGS index_granularity = 1024, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS imported_sessions ON CLUSTER 'calls' AS imported_sessions_local
ENGINE = Distributed('calls', 'offhook', 'imported_sessions_local', cityHash64(account_id, login_session_id));

CREATE TABLE IF NOT EXISTS imported_states_local ON CLUSTER 'calls'
(
    account_id LowCardinality(String),
    login_session_id String,
    -- What the export's clock read; only told apart, so no zone is needed.
    wall_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    base_state LowCardinality(String),
    state_label LowCardinality(String),
    call_id String,
    pending_disposition UInt8,
    duration_ms UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/{shard}/{table}', '{replica}', duration_ms)
ORDER BY (account_id, login_session_id, wall_at, base_state, state_label, call_id, pending_disposition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS imported_states ON CLUSTER 'calls' AS imported_states_local
ENGINE = Distributed('calls', 'offhook', 'imported_states_local', cityHash64(account_id, login_session_id));
