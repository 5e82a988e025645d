// API clients: programs that may ask for platform tokens, known by an id and a secret that is shown once.
import type { Engine } from '../../engine/engine.ts';
import { tsvInstant, tsvRow } from '../../engine/tsv.ts';
import { hashOf, newId, newSecret, sameHash } from '../secrets/secrets.ts';
import { endTokens } from '../tokens/token-table.ts';

export interface ApiClient {
  clientId: string;
  label: string;
  createdMs: number;
}

type ClientRow = ApiClient & { secretHash: string; version: number };

const COLUMNS = ['client_id', 'secret_hash', 'label', 'created_at', 'is_deleted', 'version'];

const CLIENT_SQL = `
  SELECT
    client_id AS clientId, toString(secret_hash) AS secretHash, label,
    toUnixTimestamp64Milli(created_at) AS createdMs, version
  FROM clients FINAL
  WHERE is_deleted = 0`;

function writeClient(engine: Engine, row: ClientRow, isDeleted: 0 | 1): Promise<void> {
  const { clientId, secretHash, label, createdMs, version } = row;
  const tsv = tsvRow([clientId, secretHash, label, tsvInstant(createdMs), isDeleted, version]);
  return engine.insert('clients', COLUMNS, Buffer.from(tsv));
}

async function readClient(engine: Engine, clientId: string): Promise<ClientRow | undefined> {
  const sql = `${CLIENT_SQL} AND client_id = {clientId:String}`;
  return (await engine.query<ClientRow>(sql, { clientId }))[0];
}

/** Makes a client; its secret cannot be read again. */
export async function createClient(
  engine: Engine,
  label: string,
  nowMs: number,
): Promise<ApiClient & { clientSecret: string }> {
  const client = { clientId: newId(), label, createdMs: nowMs };
  const clientSecret = newSecret();
  await writeClient(engine, { ...client, secretHash: hashOf(clientSecret), version: nowMs }, 0);
  return { ...client, clientSecret };
}

/** All clients, in order of making. */
export async function listClients(engine: Engine): Promise<ApiClient[]> {
  const rows = await engine.query<ClientRow>(`${CLIENT_SQL} ORDER BY created_at, client_id`);
  return rows.map(({ clientId, label, createdMs }) => ({ clientId, label, createdMs }));
}

/** Ends the client and all tokens that it was given. False: there is no such client. */
export async function deleteClient(engine: Engine, clientId: string, nowMs: number): Promise<boolean> {
  const row = await readClient(engine, clientId);
  if (row === undefined) return false;
  await writeClient(engine, { ...row, version: Math.max(nowMs, row.version + 1) }, 1);
  await endTokens(engine, 'client_id', clientId);
  return true;
}

/** The client, if the secret is its own. */
export async function checkClient(
  engine: Engine,
  clientId: string,
  clientSecret: string,
): Promise<ApiClient | undefined> {
  const row = await readClient(engine, clientId);
  return row !== undefined && sameHash(row.secretHash, hashOf(clientSecret)) ? row : undefined;
}
