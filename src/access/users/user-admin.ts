// Creating, changing and deleting users: the rules, the tokens to revoke and the audit entries.
import type { Engine } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import type { Audit } from '../audit/audit.ts';
import { type Grant, isAdministrator } from '../principal.ts';
import { newPassword } from '../secrets/secrets.ts';
import { endTokens, type TokenKind } from '../tokens/token-table.ts';
import { type KeyedMutex, keyedMutex } from '../../engine/keyed-mutex.ts';
import { deleteUser, listUsers, noSuchUser, writeUser } from './users.ts';

/** Who makes the change, for the audit log. */
export interface Actor {
  username: string;
  address: string;
}

export interface UserAdmin {
  /**
   * Creates a user. Without a password, one is generated and returned; it cannot be read again later.
   * @throws UserError ALREADY_EXISTS, INVALID_REQUEST
   */
  add: (
    user: { username: string; password: string | undefined; grants: readonly Grant[] },
    actor: Actor,
  ) => Promise<string | undefined>;
  /**
   * Changes the password, the grants or both. A new password signs the user out; API tokens and JWT credentials stay valid.
   * @throws UserError NOT_FOUND, or INVALID_REQUEST if no administrator of all accounts would remain
   */
  change: (
    username: string,
    changes: { password: string | undefined; grants: readonly Grant[] | undefined },
    actor: Actor,
  ) => Promise<void>;
  /** Deletes a user and revokes all their tokens. @throws UserError NOT_FOUND, or INVALID_REQUEST for the last administrator */
  remove: (username: string, actor: Actor) => Promise<void>;
}

/** Tokens that come from a sign-in with a password. */
const SIGNED_IN_KINDS: readonly TokenKind[] = ['auth', 'family', 'platform', 'platform_refresh', 'refresh'];

export interface UserAdminParts {
  engine: Engine;
  audit: Audit;
  now: () => number;
  /** Shared with sign-ins, so that a password change and a sign-in with the old password do not overlap. */
  mutex: KeyedMutex;
  /** Called after each change, to empty caches of users. */
  changed: () => void;
}

export function openUserAdmin({ engine, audit, now, mutex, changed }: UserAdminParts): UserAdmin {
  const changes = keyedMutex();
  // One at a time, so that two administrators cannot delete each other.
  const exclusive = <T>(username: string, run: () => Promise<T>) =>
    changes('users', () => engine.withLock('users', () => mutex(username, run))).finally(changed);

  /** @throws UserError NOT_FOUND */
  async function existing(username: string) {
    const users = await listUsers(engine);
    const user = users.find(one => one.username === username);
    if (user === undefined) throw noSuchUser(username);
    const administrators = users.filter(isAdministrator);
    return { user, isLastAdministrator: administrators.length === 1 && administrators[0] === user };
  }

  return {
    add: ({ username, password, grants }, actor) =>
      exclusive(username, async () => {
        checkUsername(username);
        checkGrants(grants);
        if ((await listUsers(engine)).some(one => one.username === username)) throw alreadyExists(username);
        // Tokens of a deleted user with the same name must not work for the new one.
        await endTokens(engine, 'username', username);
        const generated = password === undefined ? newPassword() : undefined;
        await writeUser(engine, { username, grants }, password ?? generated, now());
        const detail = { user: username, is: 'new', grants };
        await audit.record({ action: 'USER_CHANGED', ...actor, detail });
        return generated;
      }),
    change: (username, { password, grants }, actor) =>
      exclusive(username, async () => {
        const { user, isLastAdministrator } = await existing(username);
        if (grants !== undefined) checkGrants(grants);
        const after = { username, grants: grants ?? user.grants };
        if (isLastAdministrator && !isAdministrator(after)) throw lastAdministrator(username);
        await writeUser(engine, after, password, now());
        if (password !== undefined) await endTokens(engine, 'username', username, SIGNED_IN_KINDS);
        const detail = { user: username, grants, password: password === undefined ? undefined : 'changed' };
        await audit.record({ action: 'USER_CHANGED', ...actor, detail });
      }),
    remove: (username, actor) =>
      exclusive(username, async () => {
        if ((await existing(username)).isLastAdministrator) throw lastAdministrator(username);
        await deleteUser(engine, username, now());
        await endTokens(engine, 'username', username);
        await audit.record({ action: 'USER_DELETED', ...actor, detail: { user: username } });
      }),
  };
}

/** No colons: in HTTP Basic, the first colon ends the name. @throws UserError INVALID_REQUEST */
function checkUsername(username: string): void {
  const isUsable = /^[^:\p{Cc}]+$/u.test(username) && username.trim() === username;
  if (!isUsable || username.length > LIMITS.nameChars) {
    throw new UserError(
      'INVALID_REQUEST',
      `The user name '${username}' is not valid.`,
      `Use 1 to ${LIMITS.nameChars} characters without colons or line breaks, and without spaces at the start or end.`,
      [{ attributeName: 'username', message: 'must be a name without colons', value: username }],
    );
  }
}

/** @throws UserError INVALID_REQUEST */
function checkGrants(grants: readonly Grant[]): void {
  const wrong = grants.find(({ role, agentGroupIds }) => role !== 'reader' && agentGroupIds.length > 0);
  if (wrong !== undefined) {
    throw new UserError(
      'INVALID_REQUEST',
      `The role ${wrong.role} cannot be limited to agent groups.`,
      'Leave out agentGroupIds, or give the user the role reader.',
      [{ attributeName: 'grants', message: 'agentGroupIds are only allowed for readers', value: wrong }],
    );
  }
}

function alreadyExists(username: string): UserError {
  return new UserError(
    'ALREADY_EXISTS',
    `The user '${username}' already exists.`,
    'Choose another name, or change the existing user.',
  );
}

function lastAdministrator(username: string): UserError {
  return new UserError(
    'INVALID_REQUEST',
    `'${username}' is the only administrator of all accounts and must remain one.`,
    'Make another user an administrator of all accounts first.',
  );
}
