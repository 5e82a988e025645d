// Users and their passwords: Argon2id hashes in the engine.
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Engine } from '../engine/engine.ts';
import { tsvRow } from '../store/tsv.ts';
import type { Principal, Role } from './principal.ts';

interface UserRow {
  username: string;
  passwordHash: string;
  role: Role;
  accountIds: string[];
}

async function readUser(engine: Engine, username: string): Promise<UserRow | undefined> {
  const [row] = await engine.query<UserRow>(
    `SELECT username, password_hash AS passwordHash, role, account_ids AS accountIds
     FROM users FINAL WHERE username = {username:String} AND is_deleted = 0`,
    { username },
  );
  return row;
}

export async function findPrincipal(engine: Engine, username: string): Promise<Principal | undefined> {
  const user = await readUser(engine, username);
  return user && { username: user.username, role: user.role, accountIds: user.accountIds };
}

export async function writeUser(
  engine: Engine,
  principal: Principal,
  password: string,
  nowMs: number,
): Promise<void> {
  const { username, role, accountIds } = principal;
  await engine.insert(
    'users',
    ['username', 'password_hash', 'role', 'account_ids', 'is_deleted', 'version'],
    Buffer.from(tsvRow([username, await hash(password), role, accountIds, 0, nowMs])),
  );
}

// Checked for an unknown user, so that an answer takes as long as for a known one.
const NOBODY_HASH = hash(randomBytes(16).toString('hex'));

/** The user, if the password is theirs. */
export async function checkPassword(
  engine: Engine,
  username: string,
  password: string,
): Promise<Principal | undefined> {
  const user = await readUser(engine, username);
  const isRight = await verify(user?.passwordHash ?? (await NOBODY_HASH), password);
  return user && isRight
    ? { username: user.username, role: user.role, accountIds: user.accountIds }
    : undefined;
}

/** The first administrator; made, with a password if none is given, in an installation that has no user yet. */
export async function ensureFirstUser(
  engine: Engine,
  given: { username: string | undefined; password: string | undefined },
  nowMs: number,
): Promise<{ username: string; generatedPassword: string | undefined }> {
  const [first] = await engine.query<{ username: string }>(
    `SELECT username FROM users FINAL WHERE role = 'administrator' AND is_deleted = 0 ORDER BY username LIMIT 1`,
  );
  if (first !== undefined) return { username: first.username, generatedPassword: undefined };
  const username = given.username || 'admin';
  const password = given.password || randomBytes(12).toString('base64url');
  await writeUser(engine, { username, role: 'administrator', accountIds: [] }, password, nowMs);
  return { username, generatedPassword: given.password ? undefined : password };
}
