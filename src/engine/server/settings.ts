// Settings of statements on a server, each with its reason: those that the embedded engine has by default, and those of a cluster.
import type { ClickHouseSettings } from '@clickhouse/client';

export const SETTINGS: ClickHouseSettings = {
  // 64-bit integers become JavaScript numbers, exact below 2^53.
  output_format_json_quote_64bit_integers: 0,
  // Failures are reported as such, not as a row in the format of the result.
  http_write_exception_in_output_format: 0,
  // A client that disconnects ends its query, also one that has not begun and cannot be killed yet.
  cancel_http_readonly_queries_on_client_close: 1,
  // Tables are partitioned by month, and one insert of a small centre may span decades.
  max_partitions_per_insert_block: '0',
};

/** The answer begins when all is done, so that a failure has an HTTP status. */
export const COMMAND_SETTINGS: ClickHouseSettings = { wait_end_of_query: 1 };

/** Rows arrive in batches and are acknowledged once they are on disk: no buffering on the server. */
export const INSERT_SETTINGS: ClickHouseSettings = { wait_end_of_query: 1, async_insert: 0 };

export const CLUSTER_SETTINGS: ClickHouseSettings = {
  // `IN (SELECT …)` over sharded tables: each shard asks all of them for the inner rows, which are few. `global` would ask once,
  // but cannot rewrite a subquery that is named twice (26.7: «Invalid local IN function name globalIn»); `local` would be
  // wrong where the inner rows are of other sessions.
  distributed_product_mode: 'allow',
  // An insert is acknowledged when each shard has written its part, not when the part is queued for it.
  distributed_foreground_insert: 1,
  // A lookup of sessions on one shard skips the others.
  optimize_skip_unused_shards: 1,
  // Every process reads from the replica that it writes to, the first one that is up, so that it sees its own writes.
  load_balancing: 'in_order',
  prefer_localhost_replica: 0,
  // `INSERT … SELECT` inserts equal rows on purpose (event-replacement.ts): the server must not drop them as repetitions.
  deduplicate_insert_select: 'disable',
  // Deletions select their rows by a table that every node has completely.
  allow_nondeterministic_mutations: 1,
  // A table exists on every node before the next statement needs it, or the statement fails.
  distributed_ddl_output_mode: 'throw',
  alter_sync: '2',
};
