// Authenticates requests, checks the user's rights and records their actions in the audit log.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../access/users/user-admin.ts';
import { readJsonBodies } from './schema/json-bodies.ts';
import type { SchemaTypes } from './schema/schema.ts';
import type { AuditAction } from '../access/audit/audit.ts';
import { isAdministrator, mayAdminister, mayRead, type Principal, visibleGroups } from '../access/principal.ts';
import { UserError } from '../errors.ts';
import type { ApiContext } from './context.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `signedIn`. */
    principal: Principal;
  }
}

/** A hook for routes that need a token. It runs before the body is read. */
export function signedIn({ authenticate }: ApiContext) {
  return async (request: FastifyRequest): Promise<void> => {
    request.principal = await authenticate(request.headers, request.ip);
  };
}

/** The same for routes that receive events: some senders only support a user name and password. */
export function signedInToSend({ authenticate }: ApiContext) {
  return async (request: FastifyRequest): Promise<void> => {
    request.principal = await authenticate.withBasic(request.headers, request.ip);
  };
}

/** @throws UserError ACCESS_DENIED */
export function requireAdministrator({ principal }: FastifyRequest): void {
  if (!isAdministrator(principal)) throw accessDenied();
}

/** @throws UserError ACCESS_DENIED */
export function requireAdministratorOf({ principal }: FastifyRequest, accountId: string): void {
  if (!mayAdminister(principal, accountId)) throw accessDenied();
}

/** @throws UserError ACCESS_DENIED */
export function requireReader({ principal }: FastifyRequest, accountId: string): void {
  if (!mayRead(principal, accountId)) throw accessDenied();
}

/** @throws UserError ACCESS_DENIED if the user does not see the agents of the group */
export function requireVisible({ principal }: FastifyRequest, accountId: string, agentGroupId: string): void {
  const isVisible = visibleGroups(principal, accountId)?.includes(agentGroupId) ?? true;
  if (!mayRead(principal, accountId) || !isVisible) throw accessDenied();
}

/** The accounts in which the user sees only some agent groups, with these groups. */
export function visibleGroupsOf(
  { principal }: FastifyRequest,
  accountIds: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const limited = accountIds.map(id => [id, visibleGroups(principal, id)] as const);
  return new Map(limited.filter((entry): entry is [string, readonly string[]] => entry[1] !== undefined));
}

export function accessDenied(): UserError {
  return new UserError('ACCESS_DENIED', 'You are not allowed to do this.', 'Ask an administrator for the rights.');
}

/** Records an action of the signed-in user; resolved when it is stored durably. */
export function recordAction(
  { audit }: ApiContext,
  { principal, ip }: FastifyRequest,
  action: AuditAction,
  accountId: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  return audit.record({ action, username: principal.username, address: ip, accountId, detail });
}

/** Sets up routes for signed-in users: checks the token before the body is read, and reads any body as JSON. */
export function signedInScope(app: FastifyInstance, context: ApiContext) {
  app.addHook('onRequest', signedIn(context));
  readJsonBodies(app);
  return app.withTypeProvider<SchemaTypes>();
}

/** The same for routes that only administrators of all accounts may use. */
export function administrationScope(app: FastifyInstance, context: ApiContext) {
  const typed = signedInScope(app, context);
  app.addHook('onRequest', async request => requireAdministrator(request));
  return typed;
}

/** The signed-in user, for the audit log. */
export const actorOf = ({ principal, ip }: FastifyRequest): Actor => ({
  username: principal.username,
  address: ip,
});
