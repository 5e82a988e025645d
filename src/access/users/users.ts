// The table of users, with passwords as Argon2id hashes.
import { hash, verify } from '@node-rs/argon2';
import type { Engine } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
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

/** The user, including the rights in sub-accounts that come from grants for their main accounts. */
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

/** All users by name, with their own grants. */
export async function listUsers(engine: Engine): Promise<Principal[]> {
  const rows = await engine.query<UserRow>(`${USER_SQL} ORDER BY username`);
  return rows.map(({ username, grants }) => ({ username, grants }));
}

/** Creates the user or changes their grants. Without `password`, the present password stays. */
export async function writeUser(
  engine: Engine,
  { username, grants }: { username: string; grants: readonly Grant[] },
  password: string | undefined,
  nowMs: number,
): Promise<void> {
  const passwordHash = password === undefined ? (await readUser(engine, username))?.passwordHash : await hash(password);
  if (passwordHash === undefined) throw new Error(`the new user ${username} has no password`);
  await insertUser(engine, { username, grants, passwordHash }, false, nowMs);
}

/** Deletes the user. Returns false if the user does not exist. */
export async function deleteUser(engine: Engine, username: string, nowMs: number): Promise<boolean> {
  const user = await readUser(engine, username);
  if (user !== undefined) await insertUser(engine, { ...user, passwordHash: '' }, true, nowMs);
  return user !== undefined;
}

async function insertUser(
  engine: Engine,
  { username, grants, passwordHash }: UserRow,
  isDeleted: boolean,
  nowMs: number,
): Promise<void> {
  // The later of two changes within a millisecond must win, also if a user of this name was deleted before.
  const [before] = await engine.query<{ version: number }>(
    'SELECT max(version) AS version FROM users WHERE username = {username:String}',
    { username },
  );
  const row = {
    username,
    password_hash: passwordHash,
    grants: grants.map(({ accountId, role, agentGroupIds }) => ({
      account_id: accountId,
      role,
      agent_group_ids: agentGroupIds,
    })),
    is_deleted: isDeleted,
    version: Math.max(nowMs, (before?.version ?? 0) + 1),
  };
  await engine.insert('users', [row]);
}

// Verified for unknown users, so that the answer takes as long as for known ones.
const NOBODY_HASH = hash(newPassword());

/** A user whose password was right. */
export interface CheckedUser {
  principal: Principal;
  /** Whether the password is still the same: it may have been changed in the meantime. */
  isCurrent: () => Promise<boolean>;
}

/** The first of these users that exists, if the password is right. */
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

/** The user that does not exist, as an error. */
export const noSuchUser = (username: string): UserError =>
  new UserError('NOT_FOUND', `The user '${username}' does not exist.`, 'Check the name in the list of users.');

/** The first administrator. Creates one if there is none, with a generated password if none is configured. */
export function ensureFirstUser(
  engine: Engine,
  configured: { username: string | undefined; password: string | undefined },
  nowMs: number,
): Promise<FirstUser> {
  return engine.withLock('users', () => firstUser(engine, configured, nowMs));
}

interface FirstUser {
  username: string;
  /** Cannot be read again later. */
  generatedPassword: string | undefined;
}

async function firstUser(
  engine: Engine,
  configured: { username: string | undefined; password: string | undefined },
  nowMs: number,
): Promise<FirstUser> {
  const administrator = (await listUsers(engine)).find(user => isAdministrator(user));
  if (administrator !== undefined) {
    return { username: administrator.username, generatedPassword: undefined };
  }
  const username = configured.username || 'admin';
  const password = configured.password || newPassword();
  const grants: Grant[] = [{ accountId: ALL_ACCOUNTS, role: 'administrator', agentGroupIds: [] }];
  await writeUser(engine, { username, grants }, password, nowMs);
  return { username, generatedPassword: configured.password ? undefined : password };
}
