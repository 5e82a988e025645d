CREATE TABLE IF NOT EXISTS pending_deletions ON CLUSTER 'calls'
(
    account_id LowCardinality(String),
    -- All that ended before it goes. UTC milliseconds since 1970, as all that follows.
    before_ms Int64,
    announced_ms Int64,
    -- How long servers have run since, by the clock of their machine that nobody sets, and how long they must at least.
    waited_ms Int64,
    least_wait_ms Int64,
    looked_ms Int64,
    -- Withdrawn or deleted.
    is_settled UInt8,
    version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}', version)
ORDER BY account_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
