// Keys that sign access tokens. Each process creates its own, keeps the private key in memory and publishes the public key.
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import { keyedMutex } from '../../engine/keyed-mutex.ts';
import { newId } from '../secrets/secrets.ts';

export const SIGNING_ALGORITHM = 'EdDSA';

export interface SigningKeys {
  /** The key with which this process signs; created if there is none or it is too old. */
  current: () => Promise<{ keyId: string; privateKey: CryptoKey }>;
  /** The public key of any process; undefined: unknown, or everything that it signed has expired. */
  byId: (keyId: string) => Promise<CryptoKey | undefined>;
}

/** Keys created before this time are useless: everything that they signed has expired. */
const uselessBeforeMs = (nowMs: number) => nowMs - LIMITS.signingKeyMs - LIMITS.accessTokenMs;

export function openSigningKeys(engine: Engine, now: () => number): SigningKeys {
  const mutex = keyedMutex();
  let own: { keyId: string; privateKey: CryptoKey; createdMs: number } | undefined;
  const cache = new Map<string, { publicKey: CryptoKey; createdMs: number }>();

  const fresh = () => (own !== undefined && own.createdMs + LIMITS.signingKeyMs > now() ? own : undefined);

  async function create() {
    const { privateKey, publicKey } = await generateKeyPair(SIGNING_ALGORITHM, { crv: 'Ed25519' });
    const key = { keyId: newId(), privateKey, createdMs: now() };
    const publicJwk = JSON.stringify(await exportJWK(publicKey));
    await engine.insert('access_keys', [{ key_id: key.keyId, public_key: publicJwk, created_at: key.createdMs }]);
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
    cache.set(keyId, key);
    return key;
  }

  return {
    current: async () => fresh() ?? mutex('create', async () => fresh() ?? create()),
    async byId(keyId) {
      const key = cache.get(keyId) ?? (await read(keyId));
      if (key === undefined || key.createdMs > uselessBeforeMs(now())) return key?.publicKey;
      cache.delete(keyId);
      return undefined;
    },
  };
}

const IS_OLD = `created_at < fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC')`;

/** Deletes the keys that are no longer needed. */
export async function removeOldKeys(engine: Engine, nowMs: number): Promise<void> {
  const params = { before_ms: uselessBeforeMs(nowMs) };
  // A deletion costs a few ms and a file, even if there is nothing to delete.
  const found = await engine.query(`SELECT 1 FROM access_keys WHERE ${IS_OLD} LIMIT 1`, params);
  if (found.length > 0) await engine.command(`DELETE FROM access_keys WHERE ${IS_OLD}`, params);
}
