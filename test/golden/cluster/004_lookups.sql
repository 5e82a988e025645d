ALTER TABLE accounts ADD COLUMN IF NOT EXISTS main_account_id String;

ALTER TABLE agents
    ADD COLUMN IF NOT EXISTS agent_type LowCardinality(String) DEFAULT 'AGENT',
    ADD COLUMN IF NOT EXISTS is_active UInt8 DEFAULT 1,
    ADD COLUMN IF NOT EXISTS is_deleted UInt8;

CREATE TABLE IF NOT EXISTS agent_groups ON CLUSTER 'calls'
(
    account_id LowCardinality(String),
    agent_group_id String,
    group_name String,
    is_default UInt8,
    is_deleted UInt8,
    version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}', version)
ORDER BY (account_id, agent_group_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS aux_states ON CLUSTER 'calls'
(
    account_id LowCardinality(String),
    state_id String,
    label String,
    base_state LowCardinality(String),
    is_active UInt8,
    is_agent_selectable UInt8,
    is_deleted UInt8,
    version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/offhook/{database}/all/{table}', '{shard}-{replica}', version)
ORDER BY (account_id, state_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
