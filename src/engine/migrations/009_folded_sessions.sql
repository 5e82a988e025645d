-- Sessions whose folded row below is missing or old. Each insert of events adds a random number to its sessions; whoever
-- has folded a session takes away the sum that was there before. So the sum is zero only where no event came since the
-- fold, whatever the clocks say and however often it is folded, and rows of zero vanish.
CREATE TABLE unfolded_sessions
(
    account_id LowCardinality(String),
    login_session_id String,
    mark UInt64
)
ENGINE = SummingMergeTree(mark)
ORDER BY (account_id, login_session_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1;

-- The engine shows an insert's events before what its views make of them: a mark that is seen is one of events that are.
CREATE MATERIALIZED VIEW unfolded_sessions_from_events TO unfolded_sessions AS
SELECT account_id, login_session_id, rand64() AS mark
FROM events
WHERE login_session_id != ''
GROUP BY account_id, login_session_id;

-- What fold.sql makes of each session that ended at its logout or at its last event, in order of login. A cache: whether a
-- session without logout is open, silent or superseded now is asked at each report.
CREATE TABLE folded_sessions
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
ENGINE = ReplacingMergeTree(folded_at, is_deleted)
PARTITION BY toYYYYMM(fromUnixTimestamp64Milli(login_ms, 'UTC'))
ORDER BY (account_id, login_ms, login_session_id, agent_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1;

INSERT INTO unfolded_sessions SELECT account_id, login_session_id, rand64() FROM login_sessions GROUP BY account_id, login_session_id;
