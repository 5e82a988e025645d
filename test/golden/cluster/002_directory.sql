CREATE TABLE IF NOT EXISTS agents ON CLUSTER 'calls'
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
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}', version)
ORDER BY (account_id, agent_id, valid_from)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS accounts ON CLUSTER 'calls'
(
    account_id String,
    account_name String,
    -- Zone of reports that name none.
    timezone String,
    -- Zone of a feed's times that carry none.
    feed_timezone String,
    version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}', version)
ORDER BY account_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS users ON CLUSTER 'calls'
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
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}', version)
ORDER BY username
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS tokens ON CLUSTER 'calls'
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
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}', version)
ORDER BY token_hash
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
