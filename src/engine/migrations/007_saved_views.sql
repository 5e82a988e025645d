-- What a user looks at again: a name for the query string of a report's page. Shared ones are seen by all who read the account.
CREATE TABLE saved_views
(
    account_id LowCardinality(String),
    view_id String,
    username String,
    view_name String,
    query String,
    is_shared UInt8,
    is_deleted UInt8,
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (account_id, view_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Rows of reports that somebody is paging through, in the order in which they are shown. They may vanish at any time.
CREATE TABLE report_view_rows
(
    view_id String,
    position UInt32,
    account_id LowCardinality(String),
    login_session_id String,
    -- The values of the columns that are texts, and of those that are numbers or instants, in the order of the columns.
    texts Array(String),
    numbers Array(Nullable(Int64)),
    label_ms Map(String, Int64),
    -- What ratios, averages and totals are made of.
    sums Array(Int64),
    -- By the engine's clock, which the TTL is measured by.
    made_at DateTime DEFAULT now()
)
ENGINE = MergeTree
PARTITION BY view_id
ORDER BY (view_id, position)
TTL made_at + INTERVAL 1 DAY
SETTINGS index_granularity = 512, ttl_only_drop_parts = 1;
