// An administrator of a new installation, with the token that the benchmarks send.
import { issueApiToken } from '../src/access/tokens/tokens.ts';
import { ensureFirstUser } from '../src/access/users/users.ts';
import type { Engine } from '../src/engine/engine.ts';

/** Value of the header Authorization. */
export async function administrator(engine: Engine, nowMs: number): Promise<string> {
  await ensureFirstUser(engine, { username: 'admin', password: 'bench' }, nowMs);
  return `Bearer ${await issueApiToken(engine, 'admin', nowMs)}`;
}
