// Users and their passwords: Argon2id hashes in the engine.
import { hash, verify } from '@node-rs/argon2';
import type { Engine } from '../../engine/engine.ts';
import { tsvRow } from '../../engine/tsv.ts';
import { ALL_ACCOUNTS, type Grant, isAdministrator, type Principal } from '../principal.ts';
import { newPassword } from '../secrets/secrets.ts';

interface UserRow extends Principal {
  passwordHash: string;
}

const USER_SQL = `
  SELECT
    username, password_hash AS passwordHash,
    arrayMap(grant -> CAST((grant.1, grant.2, grant.3), 'Tuple(accountId String, role String, agentGroupIds Array(String))'), grants) AS grants
  FROM users FINAL
  WHERE is_deleted = 0`;

async function readUser(engine: Engine, username: string): Promise<UserRow | undefined> {
  const [row] = await engine.query<UserRow>(`${USER_SQL} AND username = {username:String}`, { username });
  return row;
}

/** The user with the rights that their main accounts give them in sub-accounts. */
export async function findPrincipal(engine: Engine, username: string): Promise<Principal | undefined> {
  const user = await readUser(engine, username);
  return user && withSubAccounts(engine, user);
}

async function withSubAccounts(engine: Engine, { username, grants }: UserRow): Promise<Principal> {
  const subAccounts = await engine.query<{ accountId: string; mainAccountId: string }>(
    `SELECT account_id AS accountId, main_account_id AS mainAccountId
     FROM accounts FINAL WHERE main_account_id IN ({mains:Array(String)}) AND main_account_id != ''`,
    { mains: grants.map(({ accountId }) => accountId) },
  );
  const inherited = subAccounts.flatMap(({ accountId, mainAccountId }) =>
    grants.filter(grant => grant.accountId === mainAccountId).map(grant => ({ ...grant, accountId })),
  );
  return { username, grants: [...grants, ...inherited] };
}

/** All users by name, with the rights that were given to them. */
export async function listUsers(engine: Engine): Promise<Principal[]> {
  const rows = await engine.query<UserRow>(`${USER_SQL} ORDER BY username`);
  return rows.map(({ username, grants }) => ({ username, grants }));
}

/** Makes the user, or gives them other rights; without a password the one of before stays. */
export async function writeUser(
  engine: Engine,
  { username, grants }: { username: string; grants: readonly Grant[] },
  password: string | undefined,
  nowMs: number,
): Promise<void> {
  const passwordHash = password === undefined ? (await readUser(engine, username))?.passwordHash : await hash(password);
  if (passwordHash === undefined) throw new Error(`the new user ${username} has no password`);
  await insertUser(engine, { username, grants, passwordHash }, 0, nowMs);
}

/** Ends the user. False: there is no such user. */
export async function deleteUser(engine: Engine, username: string, nowMs: number): Promise<boolean> {
  const user = await readUser(engine, username);
  if (user !== undefined) await insertUser(engine, { ...user, passwordHash: '' }, 1, nowMs);
  return user !== undefined;
}

async function insertUser(
  engine: Engine,
  { username, grants, passwordHash }: UserRow,
  isDeleted: 0 | 1,
  nowMs: number,
): Promise<void> {
  // The later of two changes within a millisecond wins, also over a user of this name who was deleted.
  const [before] = await engine.query<{ version: number }>(
    'SELECT max(version) AS version FROM users WHERE username = {username:String}',
    { username },
  );
  const version = Math.max(nowMs, (before?.version ?? 0) + 1);
  const rights = grants.map(({ accountId, role, agentGroupIds }) => ({
    tuple: [accountId, role, agentGroupIds],
  }));
  await engine.insert(
    'users',
    ['username', 'password_hash', 'grants', 'is_deleted', 'version'],
    Buffer.from(tsvRow([username, passwordHash, rights, isDeleted, version])),
  );
}

// Checked for an unknown user, so that an answer takes as long as for a known one.
const NOBODY_HASH = hash(newPassword());

/** A user whose password was right. */
export interface CheckedUser {
  principal: Principal;
  /** Whether it still is: the password may have been changed meanwhile. */
  isCurrent: () => Promise<boolean>;
}

/** The first of these names that is a user's, if the password is theirs. */
export async function checkPassword(
  engine: Engine,
  usernames: readonly string[],
  password: string,
): Promise<CheckedUser | undefined> {
  const user = await firstNamed(engine, usernames);
  const isRight = await verify(user?.passwordHash ?? (await NOBODY_HASH), password);
  if (user === undefined || !isRight) return undefined;
  return {
    principal: await withSubAccounts(engine, user),
    isCurrent: async () => (await readUser(engine, user.username))?.passwordHash === user.passwordHash,
  };
}

async function firstNamed(engine: Engine, usernames: readonly string[]): Promise<UserRow | undefined> {
  const sql = `${USER_SQL} AND username IN ({usernames:Array(String)})`;
  const users = await engine.query<UserRow>(sql, { usernames });
  return usernames.map(name => users.find(({ username }) => username === name)).find(user => user);
}

/** The first administrator; made, with a password if none is given, in an installation that has no user yet. */
export function ensureFirstUser(
  engine: Engine,
  given: { username: string | undefined; password: string | undefined },
  nowMs: number,
): Promise<FirstUser> {
  return engine.withLock('users', () => firstUser(engine, given, nowMs));
}

interface FirstUser {
  username: string;
  /** Which cannot be read again. */
  generatedPassword: string | undefined;
}

async function firstUser(
  engine: Engine,
  given: { username: string | undefined; password: string | undefined },
  nowMs: number,
): Promise<FirstUser> {
  const administrator = (await listUsers(engine)).find(user => isAdministrator(user));
  if (administrator !== undefined) {
    return { username: administrator.username, generatedPassword: undefined };
  }
  const username = given.username || 'admin';
  const password = given.password || newPassword();
  const grants: Grant[] = [{ accountId: ALL_ACCOUNTS, role: 'administrator', agentGroupIds: [] }];
  await writeUser(engine, { username, grants }, password, nowMs);
  return { username, generatedPassword: given.password ? undefined : password };
}
