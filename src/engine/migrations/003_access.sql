-- Rights by account: account_id '' means all; no agent_group_ids means all groups. Users of before have one grant an account.
ALTER TABLE users ADD COLUMN IF NOT EXISTS grants Array(Tuple(account_id String, role String, agent_group_ids Array(String)))
    DEFAULT arrayMap(id -> (id, toString(role), CAST([], 'Array(String)')), if(empty(account_ids), [''], account_ids));

-- Tokens that were made from one another are a family, which ends as one.
ALTER TABLE tokens
    ADD COLUMN IF NOT EXISTS family String,
    ADD COLUMN IF NOT EXISTS client_id String,
    -- The id of a JWT credential, in its own row and in those of the tokens that it was exchanged for.
    ADD COLUMN IF NOT EXISTS credential_id String,
    ADD COLUMN IF NOT EXISTS label String,
    -- When a refresh token was exchanged, after which it is dead; 1970 while it was not.
    ADD COLUMN IF NOT EXISTS used_at DateTime64(3, 'UTC');

-- Programs that may ask for platform tokens. The secret is kept as SHA-256.
CREATE TABLE clients
(
    client_id String,
    secret_hash FixedString(64),
    label String,
    created_at DateTime64(3, 'UTC'),
    is_deleted UInt8,
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY client_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Keys that sign access tokens: the newest signs, older ones still verify what they signed.
CREATE TABLE signing_keys
(
    key_id String,
    secret String,
    created_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree
ORDER BY key_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Who did what, append-only.
CREATE TABLE audit
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
ENGINE = MergeTree
ORDER BY (at, order_in_instant)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
