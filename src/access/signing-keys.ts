// Keys that sign access tokens: made when needed, kept in the engine, replaced by age.
import type { Engine } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';
import { tsvInstant, tsvRow } from '../store/tsv.ts';
import { newId, newSecret } from './secrets.ts';
import { turns } from '../store/turns.ts';

export interface SigningKey {
  keyId: string;
  secret: string;
  createdMs: number;
}

export interface SigningKeys {
  /** The key that signs now; made when there is none, or only older ones. */
  current: () => Promise<SigningKey>;
  /** Any key that was ever made; undefined: there was none of this name. */
  byId: (keyId: string) => Promise<SigningKey | undefined>;
}

export function openSigningKeys(engine: Engine, now: () => number): SigningKeys {
  const inTurn = turns();
  let keys: SigningKey[] = [];

  async function read(): Promise<void> {
    keys = await engine.query<SigningKey>(
      `SELECT key_id AS keyId, secret, toUnixTimestamp64Milli(created_at) AS createdMs
       FROM signing_keys FINAL ORDER BY created_at DESC, key_id`,
    );
  }
  const fresh = () => keys.find(({ createdMs }) => createdMs + LIMITS.signingKeyMs > now());

  async function make(): Promise<SigningKey> {
    const key = { keyId: newId(), secret: newSecret(), createdMs: now() };
    const row = tsvRow([key.keyId, key.secret, tsvInstant(key.createdMs)]);
    await engine.insert('signing_keys', ['key_id', 'secret', 'created_at'], Buffer.from(row));
    keys = [key, ...keys];
    return key;
  }

  return {
    current: async () =>
      fresh() ??
      inTurn('make', async () => {
        // Another process may have made one.
        if (fresh() === undefined) await read();
        return fresh() ?? make();
      }),
    async byId(keyId) {
      const known = () => keys.find(key => key.keyId === keyId);
      if (known() === undefined) await read();
      return known();
    },
  };
}
