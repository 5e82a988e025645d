-- The keys of before lay here in clear: whoever had a copy of the data could sign access tokens with them.
DROP TABLE IF EXISTS signing_keys SYNC;

-- Public halves of the keys that sign access tokens: the private ones are in the memory of the process that made them.
CREATE TABLE access_keys
(
    key_id String,
    -- As a JSON Web Key.
    public_key String,
    created_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree
ORDER BY key_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
