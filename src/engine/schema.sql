-- The tables after migration 17, for a new data directory. Written by test/engine/snapshot.test.ts.

CREATE TABLE access_keys
(
    `key_id` String,
    `public_key` String,
    `created_at` DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree
ORDER BY key_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE accounts
(
    `account_id` String,
    `account_name` String,
    `timezone` String,
    `feed_timezone` String,
    `version` UInt64,
    `main_account_id` String,
    `agent_rule` String,
    `keep_months` UInt32
)
ENGINE = ReplacingMergeTree(version)
ORDER BY account_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE agent_aliases
(
    `account_id` LowCardinality(String),
    `alias` String,
    `agent_id` String,
    `is_deleted` UInt8,
    `is_pending` UInt8,
    `version` UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (account_id, alias)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE agent_groups
(
    `account_id` LowCardinality(String),
    `agent_group_id` String,
    `group_name` String,
    `is_default` UInt8,
    `is_deleted` UInt8,
    `version` UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (account_id, agent_group_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE agents
(
    `account_id` LowCardinality(String),
    `agent_id` String,
    `valid_from` DateTime64(3, 'UTC'),
    `first_name` String,
    `last_name` String,
    `username` String,
    `email` String,
    `team` LowCardinality(String),
    `agent_group_id` LowCardinality(String),
    `agent_group_name` LowCardinality(String),
    `external_agent_id` String,
    `dial_group_id` LowCardinality(String),
    `dial_group_name` LowCardinality(String),
    `version` UInt64,
    `agent_type` LowCardinality(String) DEFAULT 'AGENT',
    `is_active` UInt8 DEFAULT 1,
    `is_deleted` UInt8,
    `needs_escaping` UInt8 MATERIALIZED arrayExists(text -> ((NOT match(text, '^(?:[\\p{L}\\p{N}._*()/#:;!?$%^~](?:[ \\p{L}\\p{M}\\p{N}._*()/#:;!?$%^~@+=-]*[\\p{L}\\p{M}\\p{N}._*()/#:;!?$%^~@+=-])?|\\+[0-9 ().*#xX/-]*[0-9)*#xX])?$')) OR (position(text, '_x') > 0) OR (length(text) > 32767)), [toString(first_name), toString(last_name), toString(username), toString(team), toString(external_agent_id), toString(dial_group_name)])
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (account_id, agent_id, valid_from)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE audit
(
    `at` DateTime64(3, 'UTC'),
    `order_in_instant` UInt32,
    `username` String,
    `address` String,
    `action` LowCardinality(String),
    `account_id` String,
    `detail` String CODEC(ZSTD(1))
)
ENGINE = MergeTree
ORDER BY (at, order_in_instant)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE aux_states
(
    `account_id` LowCardinality(String),
    `state_id` String,
    `label` String,
    `base_state` LowCardinality(String),
    `is_active` UInt8,
    `is_agent_selectable` UInt8,
    `is_deleted` UInt8,
    `version` UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (account_id, state_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE clients
(
    `client_id` String,
    `secret_hash` FixedString(64),
    `label` String,
    `created_at` DateTime64(3, 'UTC'),
    `is_deleted` UInt8,
    `version` UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY client_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE dirty_sessions
(
    `account_id` LowCardinality(String),
    `login_session_id` String,
    `stamp` UInt64
)
ENGINE = SummingMergeTree(stamp)
ORDER BY (account_id, login_session_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1, index_granularity = 8192;

CREATE TABLE events
(
    `account_id` LowCardinality(String),
    `login_session_id` String,
    `at` DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `order_in_instant` UInt8,
    `source_event_id` String,
    `kind` Enum8('LOGIN' = 1, 'LOGOUT' = 2, 'STATE' = 3, 'OFFER' = 4, 'MANUAL_DIAL' = 5, 'ANSWER' = 6, 'RING_NO_ANSWER' = 7, 'NO_CONNECT' = 8, 'HOLD' = 9, 'UNHOLD' = 10, 'TRANSFER' = 11, 'CALL_END' = 12, 'OFF_HOOK' = 13, 'ON_HOOK' = 14, 'MONITOR_START' = 15, 'MONITOR_END' = 16),
    `base_state` Enum8('' = 0, 'AVAILABLE' = 1, 'TRANSITION' = 2, 'ENGAGED' = 3, 'WORKING' = 4, 'ON_BREAK' = 5, 'AWAY' = 6, 'LUNCH' = 7, 'TRAINING' = 8, 'RNA' = 9, 'AUX_OFFHOOK' = 10, 'AUX_NO_OFFHOOK' = 11, 'MONITORING' = 12, 'OFFLINE' = 13, 'UNKNOWN' = 14),
    `prev_base_state` Enum8('' = 0, 'AVAILABLE' = 1, 'TRANSITION' = 2, 'ENGAGED' = 3, 'WORKING' = 4, 'ON_BREAK' = 5, 'AWAY' = 6, 'LUNCH' = 7, 'TRAINING' = 8, 'RNA' = 9, 'AUX_OFFHOOK' = 10, 'AUX_NO_OFFHOOK' = 11, 'MONITORING' = 12, 'OFFLINE' = 13, 'UNKNOWN' = 14),
    `state_label` LowCardinality(String),
    `pending_disposition` UInt8,
    `agent_id` String,
    `username` LowCardinality(String),
    `phone` LowCardinality(String),
    `external_agent_id` LowCardinality(String),
    `call_id` String,
    `call_direction` LowCardinality(String),
    `queue_id` LowCardinality(String),
    `queue_name` LowCardinality(String),
    `dial_group_id` LowCardinality(String),
    `dial_group_name` LowCardinality(String),
    `source` LowCardinality(String),
    `received_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `raw` String CODEC(ZSTD(1)),
    `event_id` UInt64 DEFAULT multiIf(source_event_id = '', sipHash64(kind, base_state, prev_base_state, state_label, pending_disposition, agent_id, username, phone, external_agent_id, call_id, call_direction, queue_id, queue_name, dial_group_id, dial_group_name), source = 'offhook', sipHash64(source_event_id, kind, base_state, prev_base_state, state_label, pending_disposition, agent_id, username, phone, external_agent_id, call_id, call_direction, queue_id, queue_name, dial_group_id, dial_group_name), sipHash64(source_event_id))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (account_id, login_session_id, at, order_in_instant, event_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1, index_granularity = 8192;

CREATE TABLE feed_positions
(
    `source` String,
    `account_id` String,
    `path` String,
    `inode` UInt64,
    `beginning` String,
    `offset` UInt64,
    `version` UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (source, account_id, path)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE imported_sessions
(
    `account_id` LowCardinality(String),
    `login_session_id` String,
    `agent_id` String,
    `username` String,
    `phone` String,
    `first_name` String,
    `last_name` String,
    `team` LowCardinality(String),
    `agent_group_id` LowCardinality(String),
    `agent_group_name` LowCardinality(String),
    `external_agent_id` String,
    `dial_group_name` LowCardinality(String),
    `login_ms` Int64,
    `end_ms` Int64,
    `end_reason` LowCardinality(String),
    `login_time_ms` Nullable(Int64),
    `available_ms` Nullable(Int64),
    `ring_ms` Nullable(Int64),
    `engaged_ms` Nullable(Int64),
    `work_ms` Nullable(Int64),
    `break_ms` Nullable(Int64),
    `away_ms` Nullable(Int64),
    `lunch_ms` Nullable(Int64),
    `training_ms` Nullable(Int64),
    `rna_ms` Nullable(Int64),
    `pending_disposition_ms` Nullable(Int64),
    `talk_ms` Nullable(Int64),
    `hold_ms` Nullable(Int64),
    `off_hook_ms` Nullable(Int64),
    `rounded_off_hook_ms` Nullable(Int64),
    `presented` Int64,
    `accepted` Int64,
    `ring_no_answers` Int64,
    `manual_no_connects` Int64,
    `transfers` Int64,
    `holds` Int64,
    `monitoring_sessions` Int64,
    `cells` Array(String) CODEC(ZSTD(1)),
    `cells_timezone` LowCardinality(String),
    `origin` LowCardinality(String),
    `imported_at` DateTime64(3, 'UTC'),
    `version` UInt64,
    INDEX login_range login_ms TYPE minmax GRANULARITY 1,
    INDEX end_range end_ms TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (account_id, login_session_id)
SETTINGS index_granularity = 1024, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE imported_states
(
    `account_id` LowCardinality(String),
    `login_session_id` String,
    `wall_at` DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `base_state` LowCardinality(String),
    `state_label` LowCardinality(String),
    `call_id` String,
    `pending_disposition` UInt8,
    `duration_ms` UInt64
)
ENGINE = ReplacingMergeTree(duration_ms)
ORDER BY (account_id, login_session_id, wall_at, base_state, state_label, call_id, pending_disposition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE login_sessions
(
    `account_id` LowCardinality(String),
    `login_session_id` String,
    `agent_id` SimpleAggregateFunction(max, String),
    `first_at` SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    `last_at` SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    `login_at` SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    `logout_at` SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    `login_username` SimpleAggregateFunction(max, String),
    `any_username` SimpleAggregateFunction(max, String),
    `login_phone` SimpleAggregateFunction(max, String),
    `any_phone` SimpleAggregateFunction(max, String),
    `external_agent_id` SimpleAggregateFunction(max, String),
    `login_dial_group_name` SimpleAggregateFunction(max, String),
    `any_dial_group_name` SimpleAggregateFunction(max, String),
    `source` SimpleAggregateFunction(max, String),
    `has_login` UInt8 ALIAS login_at < toDateTime64('2299-01-01 00:00:00', 3, 'UTC'),
    `login_ms` Int64 ALIAS toUnixTimestamp64Milli(if(has_login, login_at, first_at)),
    INDEX first_at_range first_at TYPE minmax GRANULARITY 1,
    INDEX last_at_range last_at TYPE minmax GRANULARITY 1
)
ENGINE = AggregatingMergeTree
ORDER BY (account_id, login_session_id)
SETTINGS index_granularity = 1024, fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1;

CREATE TABLE pending_deletions
(
    `account_id` LowCardinality(String),
    `before_ms` Int64,
    `announced_ms` Int64,
    `waited_ms` Int64,
    `least_wait_ms` Int64,
    `looked_ms` Int64,
    `is_settled` UInt8,
    `version` UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY account_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE rejects
(
    `account_id` LowCardinality(String),
    `source` LowCardinality(String),
    `reason` LowCardinality(String),
    `raw_hash` UInt64 DEFAULT sipHash64(raw),
    `detail` String,
    `position` UInt64,
    `raw` String CODEC(ZSTD(1)),
    `received_at` DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(received_at)
ORDER BY (account_id, source, reason, raw_hash)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE replaced_sessions
(
    `account_id` LowCardinality(String),
    `login_session_id` String,
    `agent_id` String,
    `username` String,
    `phone` String,
    `external_agent_id` String,
    `dial_group_name` String,
    `source` LowCardinality(String),
    `login_ms` Int64 CODEC(Delta(8), ZSTD(1)),
    `end_ms` Int64 CODEC(T64, ZSTD(1)),
    `end_reason` LowCardinality(String),
    `has_login` UInt8,
    `login_time_ms` Int64 CODEC(T64, LZ4),
    `last_state` UInt8,
    `last_state_since_ms` Int64 CODEC(T64, ZSTD(1)),
    `last_flag` UInt8,
    `last_flag_since_ms` Int64 CODEC(T64, ZSTD(1)),
    `label_ms` Map(String, Int64) CODEC(ZSTD(1)),
    `available_ms` Int64 CODEC(T64, LZ4),
    `ring_ms` Int64 CODEC(T64, LZ4),
    `engaged_ms` Int64 CODEC(T64, LZ4),
    `wrap_ms` Int64 CODEC(T64, LZ4),
    `monitoring_ms` Int64 CODEC(T64, LZ4),
    `break_ms` Int64 CODEC(T64, LZ4),
    `away_ms` Int64 CODEC(T64, LZ4),
    `lunch_ms` Int64 CODEC(T64, LZ4),
    `training_ms` Int64 CODEC(T64, LZ4),
    `rna_ms` Int64 CODEC(T64, LZ4),
    `pending_disposition_ms` Int64 CODEC(T64, LZ4),
    `holds` UInt64 CODEC(T64, LZ4),
    `hold_ms` Int64 CODEC(T64, LZ4),
    `accepted` UInt64 CODEC(T64, LZ4),
    `ring_no_answers` UInt64 CODEC(T64, LZ4),
    `offers_withdrawn` Int64 CODEC(T64, LZ4),
    `manual_no_connects` Int64 CODEC(T64, LZ4),
    `monitoring_sessions` UInt64 CODEC(T64, LZ4),
    `work_ms` Int64 CODEC(T64, LZ4),
    `talk_ms` Int64 CODEC(T64, LZ4),
    `off_hook_ms` Int64 CODEC(T64, LZ4),
    `rounded_off_hook_ms` Int64 CODEC(T64, LZ4),
    `presented` Int64 CODEC(T64, LZ4),
    `transfers` UInt64 CODEC(T64, LZ4),
    `unaccounted_ms` Int64 CODEC(T64, LZ4),
    `folded_at` UInt64 CODEC(Delta(8), ZSTD(1)),
    `is_deleted` UInt8,
    `printed_calls` String MATERIALIZED concatWithSeparator(',', toString(presented), toString(accepted), toString(manual_no_connects), toString(ring_no_answers), toString(transfers), concat(toDecimalString(intDivOrZero((20000 * transfers) + accepted, 2 * accepted) / 100, 2), '%'), toDecimalString(intDivOrZero((2 * talk_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * talk_ms) + (600 * accepted), (2 * 600) * accepted) / 100, 2), toDecimalString(intDivOrZero((2 * login_time_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), concat(toDecimalString(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms) / 100, 2), '%'), toDecimalString(intDivOrZero((2 * off_hook_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * rounded_off_hook_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), concat(toDecimalString(intDivOrZero((20000 * talk_ms) + off_hook_ms, 2 * off_hook_ms) / 100, 2), '%'), concat(toDecimalString(intDivOrZero((20000 * off_hook_ms) + login_time_ms, 2 * login_time_ms) / 100, 2), '%'), toDecimalString(intDivOrZero((2 * work_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * break_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * away_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * lunch_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * training_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * pending_disposition_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * pending_disposition_ms) + (600 * accepted), (2 * 600) * accepted) / 100, 2)) CODEC(LZ4),
    `printed_times` String MATERIALIZED concatWithSeparator(',', toString(holds), toDecimalString(intDivOrZero((2 * hold_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * ring_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * engaged_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * rna_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * available_ms) + (600 * 1), (2 * 600) * 1) / 100, 2)) CODEC(LZ4),
    `needs_escaping` UInt8 MATERIALIZED arrayExists(text -> ((NOT match(text, '^(?:[\\p{L}\\p{N}._*()/#:;!?$%^~](?:[ \\p{L}\\p{M}\\p{N}._*()/#:;!?$%^~@+=-]*[\\p{L}\\p{M}\\p{N}._*()/#:;!?$%^~@+=-])?|\\+[0-9 ().*#xX/-]*[0-9)*#xX])?$')) OR (position(text, '_x') > 0) OR (length(text) > 32767)), [toString(agent_id), toString(login_session_id), toString(username), toString(phone), toString(external_agent_id), toString(dial_group_name)]),
    `replaced_at` DateTime DEFAULT now()
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(fromUnixTimestamp64Milli(login_ms, 'UTC'))
ORDER BY (account_id, login_ms, login_session_id, agent_id)
TTL replaced_at + toIntervalDay(1)
SETTINGS index_granularity = 8192;

CREATE TABLE replacement_batches
(
    `batch` String,
    `ready_at` DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = MergeTree
ORDER BY batch
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE replacements
(
    `account_id` LowCardinality(String),
    `login_session_id` String,
    `at` DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    `order_in_instant` UInt8,
    `source_event_id` String,
    `kind` Enum8('LOGIN' = 1, 'LOGOUT' = 2, 'STATE' = 3, 'OFFER' = 4, 'MANUAL_DIAL' = 5, 'ANSWER' = 6, 'RING_NO_ANSWER' = 7, 'NO_CONNECT' = 8, 'HOLD' = 9, 'UNHOLD' = 10, 'TRANSFER' = 11, 'CALL_END' = 12, 'OFF_HOOK' = 13, 'ON_HOOK' = 14, 'MONITOR_START' = 15, 'MONITOR_END' = 16),
    `base_state` Enum8('' = 0, 'AVAILABLE' = 1, 'TRANSITION' = 2, 'ENGAGED' = 3, 'WORKING' = 4, 'ON_BREAK' = 5, 'AWAY' = 6, 'LUNCH' = 7, 'TRAINING' = 8, 'RNA' = 9, 'AUX_OFFHOOK' = 10, 'AUX_NO_OFFHOOK' = 11, 'MONITORING' = 12, 'OFFLINE' = 13, 'UNKNOWN' = 14),
    `prev_base_state` Enum8('' = 0, 'AVAILABLE' = 1, 'TRANSITION' = 2, 'ENGAGED' = 3, 'WORKING' = 4, 'ON_BREAK' = 5, 'AWAY' = 6, 'LUNCH' = 7, 'TRAINING' = 8, 'RNA' = 9, 'AUX_OFFHOOK' = 10, 'AUX_NO_OFFHOOK' = 11, 'MONITORING' = 12, 'OFFLINE' = 13, 'UNKNOWN' = 14),
    `state_label` LowCardinality(String),
    `pending_disposition` UInt8,
    `agent_id` String,
    `username` LowCardinality(String),
    `phone` LowCardinality(String),
    `external_agent_id` LowCardinality(String),
    `call_id` String,
    `call_direction` LowCardinality(String),
    `queue_id` LowCardinality(String),
    `queue_name` LowCardinality(String),
    `dial_group_id` LowCardinality(String),
    `dial_group_name` LowCardinality(String),
    `source` LowCardinality(String),
    `received_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `raw` String CODEC(ZSTD(1)),
    `event_id` UInt64 DEFAULT multiIf(source_event_id = '', sipHash64(kind, base_state, prev_base_state, state_label, pending_disposition, agent_id, username, phone, external_agent_id, call_id, call_direction, queue_id, queue_name, dial_group_id, dial_group_name), source = 'offhook', sipHash64(source_event_id, kind, base_state, prev_base_state, state_label, pending_disposition, agent_id, username, phone, external_agent_id, call_id, call_direction, queue_id, queue_name, dial_group_id, dial_group_name), sipHash64(source_event_id)),
    `batch` String,
    `is_stale` UInt8
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (account_id, login_session_id, at, order_in_instant, event_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE report_view_agents
(
    `view_id` String,
    `account_id` LowCardinality(String),
    `agent_id` String,
    `valid_from` DateTime64(3, 'UTC'),
    `first_name` String,
    `last_name` String,
    `username` String,
    `email` String,
    `agent_type` LowCardinality(String),
    `team` LowCardinality(String),
    `agent_group_id` LowCardinality(String),
    `agent_group_name` LowCardinality(String),
    `external_agent_id` String,
    `dial_group_name` LowCardinality(String),
    `needs_escaping` UInt8,
    `made_at` DateTime DEFAULT now()
)
ENGINE = MergeTree
PARTITION BY view_id
ORDER BY (view_id, account_id, agent_id, valid_from)
TTL made_at + toIntervalDay(1)
SETTINGS ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE TABLE report_view_rows
(
    `view_id` String,
    `position` UInt32,
    `account_id` LowCardinality(String),
    `login_session_id` String,
    `login_ms` Int64,
    `agent_id` String,
    `folded_at` UInt64,
    `end_reason` LowCardinality(String),
    `texts` Array(String),
    `numbers` Array(Nullable(Int64)),
    `label_ms` Map(String, Int64),
    `sums` Array(Int64),
    `made_at` DateTime DEFAULT now()
)
ENGINE = MergeTree
PARTITION BY view_id
ORDER BY (view_id, position)
TTL made_at + toIntervalDay(1)
SETTINGS index_granularity = 512, ttl_only_drop_parts = 1;

CREATE TABLE saved_views
(
    `account_id` LowCardinality(String),
    `view_id` String,
    `username` String,
    `view_name` String,
    `query` String,
    `is_shared` UInt8,
    `is_deleted` UInt8,
    `version` UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (account_id, view_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE session_cache
(
    `account_id` LowCardinality(String),
    `login_session_id` String,
    `agent_id` String,
    `username` String,
    `phone` String,
    `external_agent_id` String,
    `dial_group_name` String,
    `source` LowCardinality(String),
    `login_ms` Int64 CODEC(Delta(8), ZSTD(1)),
    `end_ms` Int64 CODEC(T64, ZSTD(1)),
    `end_reason` LowCardinality(String),
    `has_login` UInt8,
    `login_time_ms` Int64 CODEC(T64, LZ4),
    `last_state` UInt8,
    `last_state_since_ms` Int64 CODEC(T64, ZSTD(1)),
    `last_flag` UInt8,
    `last_flag_since_ms` Int64 CODEC(T64, ZSTD(1)),
    `label_ms` Map(String, Int64) CODEC(ZSTD(1)),
    `available_ms` Int64 CODEC(T64, LZ4),
    `ring_ms` Int64 CODEC(T64, LZ4),
    `engaged_ms` Int64 CODEC(T64, LZ4),
    `wrap_ms` Int64 CODEC(T64, LZ4),
    `monitoring_ms` Int64 CODEC(T64, LZ4),
    `break_ms` Int64 CODEC(T64, LZ4),
    `away_ms` Int64 CODEC(T64, LZ4),
    `lunch_ms` Int64 CODEC(T64, LZ4),
    `training_ms` Int64 CODEC(T64, LZ4),
    `rna_ms` Int64 CODEC(T64, LZ4),
    `pending_disposition_ms` Int64 CODEC(T64, LZ4),
    `holds` UInt64 CODEC(T64, LZ4),
    `hold_ms` Int64 CODEC(T64, LZ4),
    `accepted` UInt64 CODEC(T64, LZ4),
    `ring_no_answers` UInt64 CODEC(T64, LZ4),
    `offers_withdrawn` Int64 CODEC(T64, LZ4),
    `manual_no_connects` Int64 CODEC(T64, LZ4),
    `monitoring_sessions` UInt64 CODEC(T64, LZ4),
    `work_ms` Int64 CODEC(T64, LZ4),
    `talk_ms` Int64 CODEC(T64, LZ4),
    `off_hook_ms` Int64 CODEC(T64, LZ4),
    `rounded_off_hook_ms` Int64 CODEC(T64, LZ4),
    `presented` Int64 CODEC(T64, LZ4),
    `transfers` UInt64 CODEC(T64, LZ4),
    `unaccounted_ms` Int64 CODEC(T64, LZ4),
    `folded_at` UInt64 CODEC(Delta(8), ZSTD(1)),
    `is_deleted` UInt8,
    `printed_calls` String MATERIALIZED concatWithSeparator(',', toString(presented), toString(accepted), toString(manual_no_connects), toString(ring_no_answers), toString(transfers), concat(toDecimalString(intDivOrZero((20000 * transfers) + accepted, 2 * accepted) / 100, 2), '%'), toDecimalString(intDivOrZero((2 * talk_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * talk_ms) + (600 * accepted), (2 * 600) * accepted) / 100, 2), toDecimalString(intDivOrZero((2 * login_time_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), concat(toDecimalString(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms) / 100, 2), '%'), toDecimalString(intDivOrZero((2 * off_hook_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * rounded_off_hook_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), concat(toDecimalString(intDivOrZero((20000 * talk_ms) + off_hook_ms, 2 * off_hook_ms) / 100, 2), '%'), concat(toDecimalString(intDivOrZero((20000 * off_hook_ms) + login_time_ms, 2 * login_time_ms) / 100, 2), '%'), toDecimalString(intDivOrZero((2 * work_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * break_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * away_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * lunch_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * training_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * pending_disposition_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * pending_disposition_ms) + (600 * accepted), (2 * 600) * accepted) / 100, 2)) CODEC(LZ4),
    `printed_times` String MATERIALIZED concatWithSeparator(',', toString(holds), toDecimalString(intDivOrZero((2 * hold_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * ring_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * engaged_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * rna_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * available_ms) + (600 * 1), (2 * 600) * 1) / 100, 2)) CODEC(LZ4),
    `needs_escaping` UInt8 MATERIALIZED arrayExists(text -> ((NOT match(text, '^(?:[\\p{L}\\p{N}._*()/#:;!?$%^~](?:[ \\p{L}\\p{M}\\p{N}._*()/#:;!?$%^~@+=-]*[\\p{L}\\p{M}\\p{N}._*()/#:;!?$%^~@+=-])?|\\+[0-9 ().*#xX/-]*[0-9)*#xX])?$')) OR (position(text, '_x') > 0) OR (length(text) > 32767)), [toString(agent_id), toString(login_session_id), toString(username), toString(phone), toString(external_agent_id), toString(dial_group_name)])
)
ENGINE = ReplacingMergeTree(folded_at)
PARTITION BY toYYYYMM(fromUnixTimestamp64Milli(login_ms, 'UTC'))
ORDER BY (account_id, login_ms, login_session_id, agent_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1, index_granularity = 8192;

CREATE TABLE tokens
(
    `token_hash` FixedString(64),
    `username` String,
    `kind` LowCardinality(String),
    `lifetime_ms` UInt64,
    `expires_at` DateTime64(3, 'UTC'),
    `created_at` DateTime64(3, 'UTC'),
    `hint` String,
    `is_deleted` UInt8,
    `version` UInt64,
    `family` String,
    `client_id` String,
    `credential_id` String,
    `label` String,
    `used_at` DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(version)
ORDER BY token_hash
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE TABLE users
(
    `username` String,
    `password_hash` String,
    `role` LowCardinality(String),
    `account_ids` Array(String),
    `is_deleted` UInt8,
    `version` UInt64,
    `grants` Array(Tuple(
        account_id String,
        role String,
        agent_group_ids Array(String))) DEFAULT arrayMap(id -> (id, toString(role), CAST([], 'Array(String)')), if(empty(account_ids), [''], account_ids))
)
ENGINE = ReplacingMergeTree(version)
ORDER BY username
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW dirty_sessions_from_events TO dirty_sessions
(
    `account_id` LowCardinality(String),
    `login_session_id` String,
    `stamp` UInt64
)
AS SELECT
    account_id,
    login_session_id,
    rand64() AS stamp
FROM events
WHERE login_session_id != ''
GROUP BY
    account_id,
    login_session_id;

CREATE MATERIALIZED VIEW login_sessions_from_events TO login_sessions
(
    `account_id` LowCardinality(String),
    `login_session_id` String,
    `agent_id` String,
    `first_at` DateTime64(3, 'UTC'),
    `last_at` DateTime64(3, 'UTC'),
    `login_at` DateTime64(3, 'UTC'),
    `logout_at` DateTime64(3, 'UTC'),
    `login_username` String,
    `any_username` String,
    `login_phone` String,
    `any_phone` String,
    `external_agent_id` String,
    `login_dial_group_name` String,
    `any_dial_group_name` String,
    `source` String
)
AS SELECT
    account_id,
    login_session_id,
    max(events.agent_id) AS agent_id,
    min(at) AS first_at,
    max(at) AS last_at,
    min(if(kind = 'LOGIN', at, toDateTime64('2299-01-01 00:00:00', 3, 'UTC'))) AS login_at,
    max(if(kind = 'LOGOUT', at, toDateTime64(0, 3, 'UTC'))) AS logout_at,
    max(if(kind = 'LOGIN', toString(username), '')) AS login_username,
    max(toString(username)) AS any_username,
    max(if(kind = 'LOGIN', toString(phone), '')) AS login_phone,
    max(toString(phone)) AS any_phone,
    max(toString(events.external_agent_id)) AS external_agent_id,
    max(if(kind = 'LOGIN', toString(dial_group_name), '')) AS login_dial_group_name,
    max(toString(dial_group_name)) AS any_dial_group_name,
    max(toString(events.source)) AS source
FROM events
WHERE login_session_id != ''
GROUP BY
    account_id,
    login_session_id;
