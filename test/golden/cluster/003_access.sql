ALTER TABLE users ADD COLUMN IF NOT EXISTS grants Array(Tuple(account_id String, role String, agent_group_ids Array(String)))
    DEFAULT arrayMap(id -> (id, toString(role), CAST([], 'Array(String)')), if(empty(account_ids), [''], account_ids));

ALTER TABLE tokens
    ADD COLUMN IF NOT EXISTS family String,
    ADD COLUMN IF NOT EXISTS client_id String,
    -- The id of a JWT credential, in its own row and in those of the tokens that it was exchanged for.
    ADD COLUMN IF NOT EXISTS credential_id String,
    ADD COLUMN IF NOT EXISTS label String,
    -- When a refresh token was exchanged, after which it is dead; 1970 while it was not.
    ADD COLUMN IF NOT EXISTS used_at DateTime64(3, 'UTC');

CREATE TABLE IF NOT EXISTS clients ON CLUSTER 'calls'
(
    client_id String,
    secret_hash FixedString(64),
    label String,
    created_at DateTime64(3, 'UTC'),
    is_deleted UInt8,
    version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}', version)
ORDER BY client_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS signing_keys ON CLUSTER 'calls'
(
    key_id String,
    secret String,
    created_at DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}')
ORDER BY key_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS audit ON CLUSTER 'calls'
(
    at DateTime64(3, 'UTC'),
    -- Position among the entries of the same millisecond.
    order_in_instant UInt32,
    username String,
    address String,
    action LowCardinality(String),
    account_id String,
    -- What the action was about, as a JSON object.
    detail String CODEC(ZSTD(1))
)
ENGINE = ReplicatedMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}')
ORDER BY (at, order_in_instant)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
