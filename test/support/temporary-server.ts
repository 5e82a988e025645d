// The whole server on a temporary data directory, with a clock that the test sets and users to sign in as.
import { rmSync } from 'node:fs';
import { after } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { Grant, Role } from '../../src/access/principal.ts';
import { hashOf } from '../../src/access/secrets/secrets.ts';
import { NEW_TOKEN, writeTokens } from '../../src/access/tokens/token-table.ts';
import { ensureFirstUser, writeUser } from '../../src/access/users/users.ts';
import { buildApp } from '../../src/api/app.ts';
import type { WebApplication } from '../../src/api/context.ts';
import { type Offhook, openOffhook } from '../../src/pipeline.ts';
import { refreshSessionCache } from '../../src/sessions/session-cache.ts';
import type { Demo } from '../../src/simulate/demo.ts';
import { temporaryDataDir } from './temporary-engine.ts';

export interface TemporaryServer {
  app: FastifyInstance;
  offhook: Offhook;
  clock: { nowMs: number };
  /** Folds the sessions that have ended, as a server does by itself: reports that have no others are planned in a sixth of the time. */
  cacheSessions: () => Promise<unknown>;
  /** Makes a user whose password is the name, and a token; `administrator` is there from the start. Returns their headers. */
  user: (name: string, grants: readonly Grant[]) => Promise<{ authorization: string }>;
}

/** An application over a store: the API, and the rest and another demo where they are given. */
export function appOf(
  offhook: Offhook,
  clock: TemporaryServer['clock'],
  web?: WebApplication,
  demo?: Demo,
): Promise<FastifyInstance> {
  return buildApp({
    offhook,
    now: () => clock.nowMs,
    staleAfterMs: STALE_AFTER_MS,
    keepFormulas: false,
    version: 'test',
    trustedProxies: ['loopback'],
    ...(web && { web }),
    ...(demo && { demo }),
  });
}
const STALE_AFTER_MS = 16 * 3_600_000;

/**
 * One per test file: a process holds one data directory. Serves only the API, unless `web` says where the rest is, with a demo of
 * its own, unless there is another one.
 */
export async function temporaryServer(web?: WebApplication, demo?: Demo): Promise<TemporaryServer> {
  const dataDir = await temporaryDataDir();
  const offhook = await openOffhook(dataDir);
  const clock = { nowMs: Date.UTC(2026, 5, 1) };
  const app = await appOf(offhook, clock, web, demo);
  after(async () => {
    await app.close();
    await offhook.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  await ensureFirstUser(offhook.engine, { username: 'administrator', password: 'administrator' }, clock.nowMs);
  const withToken = async (name: string) => {
    made.set(name, (made.get(name) ?? 0) + 1);
    const tokenHash = hashOf(tokenOf(name));
    const expiresMs = Date.UTC(2200, 0, 1);
    const createdMs = clock.nowMs;
    const row = { ...NEW_TOKEN, tokenHash, username: name, kind: 'auth', createdMs, expiresMs } as const;
    await writeTokens(offhook.engine, [row], clock.nowMs);
    return bearer(name);
  };
  await withToken('administrator');
  return {
    app,
    offhook,
    clock,
    cacheSessions: () => refreshSessionCache(offhook.engine, { nowMs: clock.nowMs, staleAfterMs: STALE_AFTER_MS }),
    async user(name, grants) {
      await writeUser(offhook.engine, { username: name, grants }, name, clock.nowMs);
      return withToken(name);
    },
  };
}

/** How often a user of the name was made: the token of a deleted one is dead for ever. */
const made = new Map<string, number>();

const tokenOf = (name: string) => Buffer.from(`${name} ${made.get(name) ?? 1}`).toString('base64url');

/** The token of a user that `temporaryServer` made. */
export function bearer(name: string): { authorization: string } {
  return { authorization: `Bearer ${tokenOf(name)}` };
}

export function grant(accountId: string, role: Role, ...agentGroupIds: string[]): Grant {
  return { accountId, role, agentGroupIds };
}
