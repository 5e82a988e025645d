// Users as administrators make, change and delete them: rules, what ends with it, and the record of it.
import type { Engine } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import type { Audit } from '../audit/audit.ts';
import { type Grant, isAdministrator } from '../principal.ts';
import { newPassword } from '../secrets/secrets.ts';
import { endTokens, type TokenKind } from '../tokens/token-table.ts';
import { type KeyedMutex, keyedMutex } from '../../engine/keyed-mutex.ts';
import { deleteUser, listUsers, writeUser } from './users.ts';

/** Who does it, for the record. */
export interface Actor {
  username: string;
  address: string;
}

export interface UserAdmin {
  /**
   * Makes a user; without a password one is generated. Returns the generated one, which cannot be read again.
   * @throws UserError ALREADY_EXISTS, INVALID_REQUEST
   */
  add: (
    user: { username: string; password: string | undefined; grants: readonly Grant[] },
    actor: Actor,
  ) => Promise<string | undefined>;
  /**
   * Changes what is given. A new password ends the user's sign-ins; API tokens and JWT credentials stay.
   * @throws UserError NOT_FOUND, INVALID_REQUEST for the last administrator's rights
   */
  change: (
    username: string,
    changes: { password: string | undefined; grants: readonly Grant[] | undefined },
    actor: Actor,
  ) => Promise<void>;
  /** Deletes a user with all their tokens. @throws UserError NOT_FOUND, INVALID_REQUEST for the last administrator */
  remove: (username: string, actor: Actor) => Promise<void>;
}

/** What a sign-in with the password gave. */
const SIGNED_IN_KINDS: readonly TokenKind[] = ['auth', 'family', 'platform', 'platform_refresh', 'refresh'];

export interface UserAdminParts {
  engine: Engine;
  audit: Audit;
  now: () => number;
  /** Shared with sign-ins: a change and a sign-in with the old password of the same user do not overlap. */
  mutex: KeyedMutex;
  /** Called after each change: what was true of users before it may be remembered. */
  changed: () => void;
}

export function openUserAdmin({ engine, audit, now, mutex, changed }: UserAdminParts): UserAdmin {
  const changes = keyedMutex();
  // One after the other, so that two administrators who delete each other do not both succeed.
  const exclusive = <T>(username: string, run: () => Promise<T>) =>
    changes('users', () => engine.withLock('users', () => mutex(username, run))).finally(changed);

  /** @throws UserError NOT_FOUND */
  async function known(username: string) {
    const users = await listUsers(engine);
    const user = users.find(one => one.username === username);
    if (user === undefined) throw new UserError('NOT_FOUND', `There is no user '${username}'.`, 'List them.');
    const administrators = users.filter(isAdministrator);
    return { user, isLastAdministrator: administrators.length === 1 && administrators[0] === user };
  }

  return {
    add: ({ username, password, grants }, actor) =>
      exclusive(username, async () => {
        checkUsername(username);
        checkGrants(grants);
        if ((await listUsers(engine)).some(one => one.username === username)) throw alreadyExists(username);
        // Whatever a deleted user of this name left behind is not the new one's.
        await endTokens(engine, 'username', username);
        const generated = password === undefined ? newPassword() : undefined;
        await writeUser(engine, { username, grants }, password ?? generated, now());
        const detail = { user: username, is: 'new', grants };
        await audit.record({ action: 'USER_CHANGED', ...actor, detail });
        return generated;
      }),
    change: (username, { password, grants }, actor) =>
      exclusive(username, async () => {
        const { user, isLastAdministrator } = await known(username);
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
        if ((await known(username)).isLastAdministrator) throw lastAdministrator(username);
        await deleteUser(engine, username, now());
        await endTokens(engine, 'username', username);
        await audit.record({ action: 'USER_DELETED', ...actor, detail: { user: username } });
      }),
  };
}

/** HTTP Basic ends the name at the first colon. @throws UserError INVALID_REQUEST */
function checkUsername(username: string): void {
  const isUsable = /^[^:\p{Cc}]+$/u.test(username) && username.trim() === username;
  if (!isUsable || username.length > LIMITS.nameChars) {
    throw new UserError(
      'INVALID_REQUEST',
      `The user name '${username}' cannot be used.`,
      `Give 1 to ${LIMITS.nameChars} characters without colons, line breaks or blanks at the ends.`,
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
      'Leave agentGroupIds out, or make the user a reader.',
      [{ attributeName: 'grants', message: 'only readers have agentGroupIds', value: wrong }],
    );
  }
}

function alreadyExists(username: string): UserError {
  return new UserError(
    'ALREADY_EXISTS',
    `There is already a user '${username}'.`,
    'Choose another name, or change that user.',
  );
}

function lastAdministrator(username: string): UserError {
  return new UserError(
    'INVALID_REQUEST',
    `'${username}' is the last administrator of all accounts and must stay one.`,
    'Make another user an administrator of all accounts first.',
  );
}
