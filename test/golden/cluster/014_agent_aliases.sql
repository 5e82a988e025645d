CREATE TABLE IF NOT EXISTS agent_aliases ON CLUSTER 'calls'
(
    account_id LowCardinality(String),
    alias String,
    agent_id String,
    is_deleted UInt8,
    is_pending UInt8,
    version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}', version)
ORDER BY (account_id, alias)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
