-- An account that is part of another one: rights to the main account reach it, too.
ALTER TABLE accounts ADD COLUMN IF NOT EXISTS main_account_id String;

-- A deleted agent keeps its entries, so that reports of the time before still name it.
ALTER TABLE agents
    ADD COLUMN IF NOT EXISTS agent_type LowCardinality(String) DEFAULT 'AGENT',
    ADD COLUMN IF NOT EXISTS is_active UInt8 DEFAULT 1,
    ADD COLUMN IF NOT EXISTS is_deleted UInt8;

-- Groups by name, also those that no agent is in.
CREATE TABLE agent_groups
(
    account_id LowCardinality(String),
    agent_group_id String,
    group_name String,
    is_default UInt8,
    is_deleted UInt8,
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (account_id, agent_group_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- An account's own states: a label that agents see, and the base state that it counts as.
CREATE TABLE aux_states
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
ENGINE = ReplacingMergeTree(version)
ORDER BY (account_id, state_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
