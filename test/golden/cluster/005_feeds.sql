CREATE TABLE IF NOT EXISTS replacements ON CLUSTER 'calls' AS events_local
ENGINE = ReplicatedMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}')
ORDER BY (account_id, login_session_id, at, order_in_instant, event_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

ALTER TABLE replacements
    ADD COLUMN IF NOT EXISTS batch String,
    -- 1: goes, 0: comes.
    ADD COLUMN IF NOT EXISTS is_stale UInt8;

ALTER TABLE accounts ADD COLUMN IF NOT EXISTS agent_rule String;

CREATE TABLE IF NOT EXISTS replacement_batches ON CLUSTER 'calls'
(
    batch String,
    ready_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplicatedMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}')
ORDER BY batch
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS feed_positions ON CLUSTER 'calls'
(
    source String,
    account_id String,
    path String,
    -- The file that the offset is in, which may have another name by now, and what it begins with, which a copy does, too.
    inode UInt64,
    beginning String,
    offset UInt64,
    version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}', version)
ORDER BY (source, account_id, path)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
