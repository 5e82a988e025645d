-- The table of sessions to fold again, under the name that such a table has everywhere: dirty. Each insert of events adds a random
-- stamp to its sessions; whoever folds a session subtracts the sum that was there before. A session is clean where the sum is zero.
CREATE TABLE dirty_sessions
(
    account_id LowCardinality(String),
    login_session_id String,
    stamp UInt64
)
ENGINE = SummingMergeTree(stamp)
ORDER BY (account_id, login_session_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1;

-- The engine shows an insert's events before what its views make of them: the events of a stamp that is seen are seen, too.
CREATE MATERIALIZED VIEW dirty_sessions_from_events TO dirty_sessions AS
SELECT account_id, login_session_id, rand64() AS stamp
FROM events
WHERE login_session_id != ''
GROUP BY account_id, login_session_id;

-- The old table is missing where this migration was cut short after it was dropped.
CREATE TABLE unfolded_sessions
(
    account_id LowCardinality(String),
    login_session_id String,
    mark UInt64
)
ENGINE = SummingMergeTree(mark)
ORDER BY (account_id, login_session_id);

-- The new view stamps sessions by now. To copy a sum twice does no harm: no multiple of it is zero but by chance.
INSERT INTO dirty_sessions (account_id, login_session_id, stamp)
SELECT account_id, login_session_id, sum(mark) AS stamp
FROM unfolded_sessions
GROUP BY account_id, login_session_id
HAVING stamp != 0;

DROP VIEW IF EXISTS unfolded_sessions_from_events SYNC;

DROP TABLE IF EXISTS unfolded_sessions SYNC;

-- A session without a login event begins with its first event; 2299 stands for such a login (001), and only here again.
ALTER TABLE login_sessions
    ADD COLUMN IF NOT EXISTS has_login UInt8 ALIAS login_at < toDateTime64('2299-01-01 00:00:00', 3, 'UTC'),
    ADD COLUMN IF NOT EXISTS login_ms Int64 ALIAS toUnixTimestamp64Milli(if(has_login, login_at, first_at));
