-- Names, interfaces and numbers by which feeds know an agent, beside its id. A row is pending until the history was joined by it.
CREATE TABLE agent_aliases
(
    account_id LowCardinality(String),
    alias String,
    agent_id String,
    is_deleted UInt8,
    is_pending UInt8,
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (account_id, alias)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
