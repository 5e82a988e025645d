// Keys that sign access tokens: each process makes its own, keeps the private half in memory and publishes the public one.
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import { keyedMutex } from '../../engine/keyed-mutex.ts';
import { tsvInstant, tsvRow } from '../../engine/tsv.ts';
import { newId } from '../secrets/secrets.ts';

export const SIGNING_ALGORITHM = 'EdDSA';

export interface SigningKeys {
  /** The key of this process that signs now; made when there is none, or only an older one. */
  current: () => Promise<{ keyId: string; privateKey: CryptoKey }>;
  /** The public half of any process's key; undefined: there is none of this name, or all that it signed has expired. */
  byId: (keyId: string) => Promise<CryptoKey | undefined>;
}

/** Since when a key has been worth nothing, where it was made before: what it signed last has expired. */
const worthlessBeforeMs = (nowMs: number) => nowMs - LIMITS.signingKeyMs - LIMITS.accessTokenMs;

export function openSigningKeys(engine: Engine, now: () => number): SigningKeys {
  const mutex = keyedMutex();
  let own: { keyId: string; privateKey: CryptoKey; createdMs: number } | undefined;
  const known = new Map<string, { publicKey: CryptoKey; createdMs: number }>();

  const fresh = () => (own !== undefined && own.createdMs + LIMITS.signingKeyMs > now() ? own : undefined);

  async function make() {
    const { privateKey, publicKey } = await generateKeyPair(SIGNING_ALGORITHM, { crv: 'Ed25519' });
    const key = { keyId: newId(), privateKey, createdMs: now() };
    const row = tsvRow([key.keyId, JSON.stringify(await exportJWK(publicKey)), tsvInstant(key.createdMs)]);
    await engine.insert('access_keys', ['key_id', 'public_key', 'created_at'], Buffer.from(row));
    own = key;
    return key;
  }

  async function read(keyId: string) {
    const [row] = await engine.query<{ publicKey: string; createdMs: number }>(
      `SELECT public_key AS publicKey, toUnixTimestamp64Milli(created_at) AS createdMs
       FROM access_keys FINAL WHERE key_id = {keyId:String}`,
      { keyId },
    );
    if (row === undefined) return undefined;
    const publicKey = (await importJWK(JSON.parse(row.publicKey) as JWK, SIGNING_ALGORITHM)) as CryptoKey;
    const key = { publicKey, createdMs: row.createdMs };
    known.set(keyId, key);
    return key;
  }

  return {
    current: async () => fresh() ?? mutex('make', async () => fresh() ?? make()),
    async byId(keyId) {
      const key = known.get(keyId) ?? (await read(keyId));
      if (key === undefined || key.createdMs > worthlessBeforeMs(now())) return key?.publicKey;
      known.delete(keyId);
      return undefined;
    },
  };
}

/** Deletes the keys that are worth nothing any more. */
export async function removeOldKeys(engine: Engine, nowMs: number): Promise<void> {
  const old = `created_at < fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')`;
  const params = { before_ms: worthlessBeforeMs(nowMs) };
  // A deletion costs some ms and a file, also where there is nothing to delete.
  const found = await engine.query(`SELECT 1 FROM access_keys WHERE ${old} LIMIT 1`, params);
  if (found.length > 0) await engine.command(`DELETE FROM access_keys WHERE ${old}`, params);
}
