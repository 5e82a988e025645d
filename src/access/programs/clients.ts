// API clients: programs that may request platform tokens with an id and a secret. The secret is shown only once.
import type { Engine } from '../../engine/engine.ts';
import { hashOf, newId, newSecret, sameHash } from '../secrets/secrets.ts';
import { endTokens } from '../tokens/token-table.ts';

export interface ApiClient {
  clientId: string;
  label: string;
  createdMs: number;
}

type ClientRow = ApiClient & { secretHash: string; version: number };

const CLIENT_SQL = `
  SELECT
    client_id AS clientId, toString(secret_hash) AS secretHash, label,
    toUnixTimestamp64Milli(created_at) AS createdMs, version
  FROM clients FINAL
  WHERE is_deleted = 0`;

function writeClient(engine: Engine, row: ClientRow, isDeleted: boolean): Promise<void> {
  const stored = {
    client_id: row.clientId,
    secret_hash: row.secretHash,
    label: row.label,
    created_at: row.createdMs,
    is_deleted: isDeleted,
    version: row.version,
  };
  return engine.insert('clients', [stored]);
}

async function readClient(engine: Engine, clientId: string): Promise<ClientRow | undefined> {
  const sql = `${CLIENT_SQL} AND client_id = {clientId:String}`;
  return (await engine.query<ClientRow>(sql, { clientId }))[0];
}

/** Creates a client. Its secret cannot be read again later. */
export async function createClient(
  engine: Engine,
  label: string,
  nowMs: number,
): Promise<ApiClient & { clientSecret: string }> {
  const client = { clientId: newId(), label, createdMs: nowMs };
  const clientSecret = newSecret();
  await writeClient(engine, { ...client, secretHash: hashOf(clientSecret), version: nowMs }, false);
  return { ...client, clientSecret };
}

/** All clients, oldest first. */
export async function listClients(engine: Engine): Promise<ApiClient[]> {
  const rows = await engine.query<ClientRow>(`${CLIENT_SQL} ORDER BY created_at, client_id`);
  return rows.map(({ clientId, label, createdMs }) => ({ clientId, label, createdMs }));
}

/** Deletes the client and revokes all its tokens. Returns false if the client does not exist. */
export async function deleteClient(engine: Engine, clientId: string, nowMs: number): Promise<boolean> {
  const row = await readClient(engine, clientId);
  if (row === undefined) return false;
  await writeClient(engine, { ...row, version: Math.max(nowMs, row.version + 1) }, true);
  await endTokens(engine, 'client_id', clientId);
  return true;
}

/** The client, if the secret is right. */
export async function checkClient(
  engine: Engine,
  clientId: string,
  clientSecret: string,
): Promise<ApiClient | undefined> {
  const row = await readClient(engine, clientId);
  return row !== undefined && sameHash(row.secretHash, hashOf(clientSecret)) ? row : undefined;
}
