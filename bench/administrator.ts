// An administrator of a new installation, with the token that the benchmarks send.
import { issueApiToken } from '../src/access/tokens/tokens.ts';
import { ensureFirstUser, writeUser } from '../src/access/users/users.ts';
import type { Engine } from '../src/engine/engine.ts';

/** Value of the header Authorization. */
export async function administrator(engine: Engine, nowMs: number): Promise<string> {
  await ensureFirstUser(engine, { username: 'admin', password: 'bench' }, nowMs);
  return `Bearer ${await issueApiToken(engine, 'admin', nowMs)}`;
}

/** The same for another user, since the reports of one user are limited. */
export async function anotherAdministrator(engine: Engine, username: string, nowMs: number): Promise<string> {
  await writeUser(
    engine,
    { username, grants: [{ accountId: '', role: 'administrator', agentGroupIds: [] }] },
    'bench',
    nowMs,
  );
  return `Bearer ${await issueApiToken(engine, username, nowMs)}`;
}
