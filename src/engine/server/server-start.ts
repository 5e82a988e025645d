// Parses the server's address, checks its version, and creates the database.
import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import { UserError } from '../../errors.ts';
import type { Params } from '../engine.ts';
import { send } from './statement.ts';

export interface ServerAddress {
  url: string;
  database: string;
  /** '' for a server on its own. */
  cluster: string;
  /** The address for messages, without the password. */
  shown: string;
}

/** Names are written into statements, since they cannot be parameters. */
const NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** `url` is http[s]://user:password@host:port/database. @throws UserError INVALID_REQUEST */
export function serverAddress(url: string, cluster = ''): ServerAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const database = parsed?.pathname.slice(1) || 'default';
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) throw unusable('OFFHOOK_CLICKHOUSE_URL');
  if (!NAME.test(database)) throw unusable('OFFHOOK_CLICKHOUSE_URL');
  if (cluster !== '' && !NAME.test(cluster)) throw unusable('OFFHOOK_CLICKHOUSE_CLUSTER');
  parsed.pathname = '/';
  parsed.search = '';
  return { url: parsed.href, database, cluster, shown: parsed.host };
}

function unusable(name: string): UserError {
  return new UserError(
    'INVALID_REQUEST',
    `The value of ${name} is not valid.`,
    'Use an address such as http://user:password@host:8123/offhook, and names of letters, digits, _ and -.',
    [{ attributeName: name, message: 'must be an address or a name', value: '' }],
  );
}

/** The oldest version that is known to work: that of the embedded engine. */
const FIRST_VERSION = [26, 7] as const;

/** @throws UserError SERVER_TOO_OLD */
export async function checkVersion(client: ClickHouseClient): Promise<void> {
  const version = (await textOf(client, 'SELECT version() FORMAT TSVRaw')).trim();
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [firstMajor, firstMinor] = FIRST_VERSION;
  if (major > firstMajor || (major === firstMajor && minor >= firstMinor)) return;
  throw new UserError(
    'SERVER_TOO_OLD',
    `The ClickHouse server has version ${version}, which is too old.`,
    `Use version ${FIRST_VERSION.join('.')} or later.`,
  );
}

/** @throws UserError UNKNOWN_CLUSTER */
export async function createDatabase(client: ClickHouseClient, address: ServerAddress): Promise<void> {
  const { database, cluster } = address;
  if (cluster === '') {
    await textOf(client, `CREATE DATABASE IF NOT EXISTS \`${database}\``);
    return;
  }
  const sql = 'SELECT count() FROM system.clusters WHERE cluster = {cluster:String} FORMAT TSVRaw';
  if (Number(await textOf(client, sql, { cluster })) === 0) throw unknownCluster(address);
  await textOf(client, `CREATE DATABASE IF NOT EXISTS \`${database}\` ON CLUSTER '${cluster}'`);
}

function unknownCluster({ cluster, shown }: ServerAddress): UserError {
  return new UserError(
    'UNKNOWN_CLUSTER',
    `The ClickHouse server at ${shown} has no cluster '${cluster}'.`,
    'Set OFFHOOK_CLICKHOUSE_CLUSTER to a name that `SELECT DISTINCT cluster FROM system.clusters` shows.',
  );
}

async function textOf(client: ClickHouseClient, sql: string, params: Params = {}): Promise<string> {
  const { body } = await send(client, { sql, params, queryId: randomUUID() });
  return Buffer.concat(await body.toArray()).toString('utf8');
}
