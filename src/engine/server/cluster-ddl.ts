// Translates statements for one server to statements for a cluster: each table is sharded by login session, or whole on every node.
import { readMigrations } from '../migrate.ts';

export interface ClusterNames {
  cluster: string;
  database: string;
  /** Tables that are spread over the shards; all others are whole on every node. */
  sharded: ReadonlySet<string>;
}

/** All events of a session are on one shard, so that they are deduplicated and grouped there. */
const SHARDING_KEY = 'cityHash64(account_id, login_session_id)';

/** A table with a session in each row is sharded; what is joined with these is small, and whole on every node. */
const HAS_SESSIONS = /^\s+login_session_id String,$/m;

/** The sharded tables, found in the migrations by the rule above. */
export function shardedTables(): ReadonlySet<string> {
  const statements = readMigrations().flatMap(({ statements }) => statements);
  return new Set(
    statements.filter(sql => HAS_SESSIONS.test(sql)).flatMap(sql => /^CREATE TABLE (\w+)/m.exec(sql)?.[1] ?? []),
  );
}

/**
 * The statements that do on a cluster what one does on a server. Rows are read and written as on a server, through tables of the
 * same names.
 * @throws Error for a change of tables that has no rule here
 */
export function clusterStatements(sql: string, names: ClusterNames): string[] {
  const statement = sql.replace(/^(?:\s*--[^\n]*\n)*\s*/, '');
  const rule = RULES[/^\w+/.exec(statement)?.[0] ?? ''];
  if (rule === undefined) return [sql];
  const made = rule(statement, names);
  if (made === undefined) throw new Error(`not known how to run this on a cluster: ${statement.slice(0, 80)}`);
  return made;
}

type Rule = (sql: string, names: ClusterNames) => string[] | undefined;

/** By the statement's first word; statements with other words read and write rows. */
const RULES: Readonly<Record<string, Rule>> = {
  CREATE: (sql, names) => createTable(sql, names) ?? createView(sql, names),
  ALTER: (sql, { cluster, sharded }) =>
    onTables(sql, /^(ALTER TABLE) (\w+)/, table =>
      sharded.has(table)
        ? // Only columns also belong to the Distributed table.
          [local(table), ...(/ COLUMN /.test(sql) ? [table] : [])].map(name => `$1 ${name} ON CLUSTER '${cluster}'`)
        : ['$1 $2'],
    ),
  DROP: (sql, { cluster, sharded }) =>
    onTables(sql, /^(DROP (?:TABLE|VIEW)(?: IF EXISTS)?) (\w+)/, table =>
      [table, ...(sharded.has(table) ? [local(table)] : [])].map(name => `$1 ${name} ON CLUSTER '${cluster}'`),
    ),
  RENAME: () => undefined,
  TRUNCATE: (sql, names) => onRows(sql, /^(TRUNCATE TABLE) (\w+)/, names),
  DELETE: (sql, names) => onRows(sql, /^(DELETE FROM) (\w+)/, names),
  OPTIMIZE: (sql, names) => onRows(sql, /^(OPTIMIZE TABLE) (\w+)/, names),
  KILL: (sql, { cluster }) => [sql.replace(/^KILL MUTATION/, `$& ON CLUSTER '${cluster}'`)],
};

const local = (table: string) => `${table}_local`;

function onTables(sql: string, head: RegExp, heads: (table: string) => string[]): string[] | undefined {
  const table = head.exec(sql)?.[2];
  return table === undefined ? undefined : heads(table).map(one => sql.replace(head, one));
}

/** Rows are changed in the local tables. */
function onRows(sql: string, head: RegExp, { cluster, sharded }: ClusterNames): string[] | undefined {
  return onTables(sql, head, table => [sharded.has(table) ? `$1 ${local(table)} ON CLUSTER '${cluster}'` : '$1 $2']);
}

const CREATE_TABLE = /^CREATE TABLE (?:IF NOT EXISTS )?(\w+)(?: AS (\w+))?$/m;
const COLUMNS_BESIDE_NAME = /^(CREATE TABLE (?:IF NOT EXISTS )?\w+) \(/;
const ENGINE = /^([ \t]*)ENGINE = (\w*MergeTree)(?:\(([^)]*)\))?/m;

function createTable(sql: string, { cluster, database, sharded }: ClusterNames): string[] | undefined {
  const text = sql.replace(COLUMNS_BESIDE_NAME, '$1\n(');
  const [head, name, model] = CREATE_TABLE.exec(text) ?? [];
  if (head === undefined || name === undefined || !ENGINE.test(text)) return undefined;
  const isSharded = sharded.has(name);
  const own = isSharded ? local(name) : name;
  const like = model === undefined ? '' : ` AS ${sharded.has(model) ? local(model) : model}`;
  // A replica's name is unique among the replicas of the same rows.
  const place = isSharded ? "{shard}/{table}', '{replica}'" : "all/{table}', '{shard}-{replica}'";
  const created = text
    .replace(head, `CREATE TABLE IF NOT EXISTS ${own} ON CLUSTER '${cluster}'${like}`)
    .replace(ENGINE, (_, indent: string, engine: string, args = '') => {
      const more = args === '' ? '' : `, ${args}`;
      return `${indent}ENGINE = Replicated${engine}('/offhook/{database}/${place}${more})`;
    });
  if (!isSharded) return [created];
  const through = `CREATE TABLE IF NOT EXISTS ${name} ON CLUSTER '${cluster}' AS ${own}
ENGINE = Distributed('${cluster}', '${database}', '${own}', ${SHARDING_KEY})`;
  return [created, through];
}

const CREATE_VIEW = /^CREATE MATERIALIZED VIEW (?:IF NOT EXISTS )?(\w+) TO (\w+) AS$/m;

/** A view writes to the shard that it reads from, since both tables have the same sharding key. */
function createView(sql: string, { cluster, sharded }: ClusterNames): string[] | undefined {
  const [head, name, target] = CREATE_VIEW.exec(sql) ?? [];
  const source = /^FROM (\w+)$/m.exec(sql)?.[1];
  if (head === undefined || target === undefined || source === undefined) return undefined;
  if (!sharded.has(target) || !sharded.has(source)) return undefined;
  return [
    sql
      .replace(head, `CREATE MATERIALIZED VIEW IF NOT EXISTS ${name} ON CLUSTER '${cluster}' TO ${local(target)} AS`)
      .replace(/^FROM (\w+)$/m, `FROM ${local(source)} AS ${source}`),
  ];
}
