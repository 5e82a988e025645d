-- The cache of ended sessions under its own name. Its texts are read as they are (from a dictionary, each cost a report a tenth), and
-- deleted sessions are left out by a condition: the engine would merge every part at each read to leave them out itself.
-- Sessions are folded into it again.
DROP TABLE IF EXISTS folded_sessions SYNC;

CREATE TABLE session_cache
(
    account_id LowCardinality(String),
    login_session_id String,
    agent_id String,
    username String,
    phone String,
    external_agent_id String,
    dial_group_name String,
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
    is_deleted UInt8,
    -- The numbers of a report, printed.
    printed_calls String MATERIALIZED concatWithSeparator(
        ',',
        toString(presented),
        toString(accepted),
        toString(manual_no_connects),
        toString(ring_no_answers),
        toString(transfers),
        concat(toDecimalString(intDivOrZero(20000 * transfers + accepted, 2 * accepted) / 100, 2), '%'),
        toDecimalString(intDivOrZero(2 * talk_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * talk_ms + 600 * accepted, 2 * 600 * accepted) / 100, 2),
        toDecimalString(intDivOrZero(2 * login_time_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        concat(toDecimalString(intDivOrZero(20000 * talk_ms + login_time_ms, 2 * login_time_ms) / 100, 2), '%'),
        toDecimalString(intDivOrZero(2 * off_hook_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * rounded_off_hook_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        concat(toDecimalString(intDivOrZero(20000 * talk_ms + off_hook_ms, 2 * off_hook_ms) / 100, 2), '%'),
        concat(toDecimalString(intDivOrZero(20000 * off_hook_ms + login_time_ms, 2 * login_time_ms) / 100, 2), '%'),
        toDecimalString(intDivOrZero(2 * work_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * break_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * away_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * lunch_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * training_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * pending_disposition_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * pending_disposition_ms + 600 * accepted, 2 * 600 * accepted) / 100, 2)
    ) CODEC(LZ4),
    printed_times String MATERIALIZED concatWithSeparator(
        ',',
        toString(holds),
        toDecimalString(intDivOrZero(2 * hold_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * ring_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * engaged_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * rna_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * available_ms + 600 * 1, 2 * 600 * 1) / 100, 2)
    ) CODEC(LZ4),
    -- Whether a format has to quote, guard or escape one of the session's texts.
    needs_escaping UInt8 MATERIALIZED arrayExists(
        text -> NOT match(text, '^(?:[\\p{L}\\p{N}._*()/#:;!?$%^~](?:[ \\p{L}\\p{M}\\p{N}._*()/#:;!?$%^~@+=-]*[\\p{L}\\p{M}\\p{N}._*()/#:;!?$%^~@+=-])?|\\+[0-9 ().*#xX/-]*[0-9)*#xX])?$') OR position(text, '_x') > 0 OR length(text) > 32767,
        [toString(agent_id), toString(login_session_id), toString(username), toString(phone), toString(external_agent_id), toString(dial_group_name)]
    )
)
ENGINE = ReplacingMergeTree(folded_at)
PARTITION BY toYYYYMM(fromUnixTimestamp64Milli(login_ms, 'UTC'))
ORDER BY (account_id, login_ms, login_session_id, agent_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1;

INSERT INTO dirty_sessions (account_id, login_session_id, stamp)
SELECT account_id, login_session_id, rand64() FROM login_sessions GROUP BY account_id, login_session_id;

-- Whether a format has to quote, guard or escape one of the entry's texts.
ALTER TABLE agents ADD COLUMN IF NOT EXISTS needs_escaping UInt8 MATERIALIZED arrayExists(
    text -> NOT match(text, '^(?:[\\p{L}\\p{N}._*()/#:;!?$%^~](?:[ \\p{L}\\p{M}\\p{N}._*()/#:;!?$%^~@+=-]*[\\p{L}\\p{M}\\p{N}._*()/#:;!?$%^~@+=-])?|\\+[0-9 ().*#xX/-]*[0-9)*#xX])?$') OR position(text, '_x') > 0 OR length(text) > 32767,
    [toString(first_name), toString(last_name), toString(username), toString(team), toString(external_agent_id), toString(dial_group_name)]
);

-- The sessions with the latest events are found without reading all of them.
ALTER TABLE login_sessions ADD INDEX IF NOT EXISTS last_at_range last_at TYPE minmax GRANULARITY 1;

ALTER TABLE login_sessions MATERIALIZE INDEX last_at_range;

-- A view of a report stores the order of its rows. The cells of cached sessions are read from the cache for each page, in the version
-- that the view has seen; all other rows (open sessions, agents, imported sessions) have their cells here.
DROP TABLE IF EXISTS report_view_rows SYNC;

CREATE TABLE report_view_rows
(
    view_id String,
    position UInt32,
    account_id LowCardinality(String),
    login_session_id String,
    -- With the account and the session, the key of a cached session; its version is folded_at, 0 for rows with cells of their own.
    login_ms Int64,
    agent_id String,
    folded_at UInt64,
    end_reason LowCardinality(String),
    -- The values of the columns that are texts, and of those that are numbers or instants, in the order of the columns.
    texts Array(String),
    numbers Array(Nullable(Int64)),
    label_ms Map(String, Int64),
    -- What ratios, averages and totals are made of.
    sums Array(Int64),
    -- By the engine's clock, which the TTL is measured by.
    made_at DateTime DEFAULT now()
)
ENGINE = MergeTree
PARTITION BY view_id
ORDER BY (view_id, position)
TTL made_at + INTERVAL 1 DAY
SETTINGS index_granularity = 512, ttl_only_drop_parts = 1;

-- The directory as a view has seen it.
CREATE TABLE report_view_agents
(
    view_id String,
    account_id LowCardinality(String),
    agent_id String,
    valid_from DateTime64(3, 'UTC'),
    first_name String,
    last_name String,
    username String,
    email String,
    agent_type LowCardinality(String),
    team LowCardinality(String),
    agent_group_id LowCardinality(String),
    agent_group_name LowCardinality(String),
    external_agent_id String,
    dial_group_name LowCardinality(String),
    needs_escaping UInt8,
    made_at DateTime DEFAULT now()
)
ENGINE = MergeTree
PARTITION BY view_id
ORDER BY (view_id, account_id, agent_id, valid_from)
TTL made_at + INTERVAL 1 DAY
SETTINGS ttl_only_drop_parts = 1;

-- Rows of the session cache that others have replaced, for the views that have seen them.
CREATE TABLE replaced_sessions AS session_cache
ENGINE = MergeTree
PARTITION BY toYYYYMM(fromUnixTimestamp64Milli(login_ms, 'UTC'))
ORDER BY (account_id, login_ms, login_session_id, agent_id);

ALTER TABLE replaced_sessions ADD COLUMN IF NOT EXISTS replaced_at DateTime DEFAULT now();

-- As long as the rows of views.
ALTER TABLE replaced_sessions MODIFY TTL replaced_at + INTERVAL 1 DAY;
