// Settings of statements on a server, each with its reason: what the embedded engine has by itself, and what a cluster needs.
import type { ClickHouseSettings } from '@clickhouse/client';

export const SETTINGS: ClickHouseSettings = {
  // Rows become JavaScript numbers: exact below 2^53.
  output_format_json_quote_64bit_integers: 0,
  // The engine's failure comes as such, and not as a row in the format asked for.
  http_write_exception_in_output_format: 0,
  // A client that goes away ends its query, also one that was not there yet to be killed.
  cancel_http_readonly_queries_on_client_close: 1,
  // Tables are divided by months, and a small centre brings the log of decades in one insert.
  max_partitions_per_insert_block: '0',
};

/** Answered when all of it is done, so that a failure has a status and not half a body. */
export const COMMAND_SETTINGS: ClickHouseSettings = { wait_end_of_query: 1 };

/** Rows come in batches already, and are acknowledged when they are on the disk: they do not wait in a buffer for more. */
export const INSERT_SETTINGS: ClickHouseSettings = { wait_end_of_query: 1, async_insert: 0 };

export const CLUSTER_SETTINGS: ClickHouseSettings = {
  // `IN (SELECT …)` over sharded tables: each shard asks all of them for the inner rows, which are few. `global` would ask once,
  // but cannot rewrite a subquery that is named twice (26.7: «Invalid local IN function name globalIn»); `local` would be
  // wrong where the inner rows are of other sessions.
  distributed_product_mode: 'allow',
  // An insert is acknowledged when each shard has written its part, not when it waits for them in a queue.
  distributed_foreground_insert: 1,
  // All sessions of a lookup on one shard: the others are not asked.
  optimize_skip_unused_shards: 1,
  // Every process reads the replica that it writes to, the first one that is up: what is acknowledged is seen at once.
  load_balancing: 'in_order',
  prefer_localhost_replica: 0,
  // `INSERT … SELECT` writes rows again on purpose (event-replacement.ts): equal rows are no repetition by accident.
  deduplicate_insert_select: 'disable',
  // Rows that are to be deleted are named by a table that every node has whole.
  allow_nondeterministic_mutations: 1,
  // Tables are there on every node, or the statement fails, before the next one needs them.
  distributed_ddl_output_mode: 'throw',
  alter_sync: '2',
};
