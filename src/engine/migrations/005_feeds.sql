-- Events that take the place of others: the new ones and those that must go, until both is done.
CREATE TABLE replacements AS events
ENGINE = MergeTree
ORDER BY (account_id, login_session_id, at, order_in_instant, event_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

ALTER TABLE replacements
    ADD COLUMN IF NOT EXISTS batch String,
    -- 1: goes, 0: comes.
    ADD COLUMN IF NOT EXISTS is_stale UInt8;

-- How an agent's id is read out of a feed's name for them.
ALTER TABLE accounts ADD COLUMN IF NOT EXISTS agent_rule String;

-- Batches that are complete in `replacements`: what a crash left of them is done at the next start.
CREATE TABLE replacement_batches
(
    batch String,
    ready_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = MergeTree
ORDER BY batch
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- How far a file that is being followed has been read.
CREATE TABLE feed_positions
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
ENGINE = ReplacingMergeTree(version)
ORDER BY (source, account_id, path)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
