-- Who the agents are, with history: an entry holds from valid_from until the next one.
CREATE TABLE agents
(
    account_id LowCardinality(String),
    agent_id String,
    valid_from DateTime64(3, 'UTC'),
    first_name String,
    last_name String,
    username String,
    email String,
    team LowCardinality(String),
    agent_group_id LowCardinality(String),
    agent_group_name LowCardinality(String),
    external_agent_id String,
    dial_group_id LowCardinality(String),
    dial_group_name LowCardinality(String),
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (account_id, agent_id, valid_from)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- An account's settings; an account without a row here has the defaults.
CREATE TABLE accounts
(
    account_id String,
    account_name String,
    -- Zone of reports that name none.
    timezone String,
    -- Zone of a feed's times that carry none.
    feed_timezone String,
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY account_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE users
(
    username String,
    password_hash String,
    -- administrator, reader or ingest.
    role LowCardinality(String),
    -- Accounts the user may use; empty: all.
    account_ids Array(String),
    is_deleted UInt8,
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY username
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Tokens are kept as SHA-256, so that nobody who reads the data directory can use them.
CREATE TABLE tokens
(
    token_hash FixedString(64),
    username String,
    -- auth (expires, each use extends it) or api (until deleted).
    kind LowCardinality(String),
    lifetime_ms UInt64,
    expires_at DateTime64(3, 'UTC'),
    created_at DateTime64(3, 'UTC'),
    -- First characters of an api token, so that its owner can tell one from another.
    hint String,
    is_deleted UInt8,
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY token_hash
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
