DROP TABLE IF EXISTS signing_keys ON CLUSTER 'calls' SYNC;

CREATE TABLE IF NOT EXISTS access_keys ON CLUSTER 'calls'
(
    key_id String,
    -- As a JSON Web Key.
    public_key String,
    created_at DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}')
ORDER BY key_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
