// Who sends a request, what they may do, and the audit entry of what they did.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../access/users/user-admin.ts';
import { readJsonBodies } from './schema/json-bodies.ts';
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

/** A hook for a scope whose routes need a token: checks it before a body is read. */
export function signedIn({ authenticate }: ApiContext) {
  return async (request: FastifyRequest): Promise<void> => {
    request.principal = await authenticate(request.headers, request.ip);
  };
}

/** The same for those who send events: some of them can send nothing but a user name and password. */
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

/** @throws UserError ACCESS_DENIED when the user does not see the agents of the group */
export function requireVisible({ principal }: FastifyRequest, accountId: string, agentGroupId: string): void {
  const isVisible = visibleGroups(principal, accountId)?.includes(agentGroupId) ?? true;
  if (!mayRead(principal, accountId) || !isVisible) throw accessDenied();
}

/** The accounts in which the user sees the agents of some groups only, and these groups. */
export function visibleGroupsOf(
  { principal }: FastifyRequest,
  accountIds: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const limited = accountIds.map(id => [id, visibleGroups(principal, id)] as const);
  return new Map(limited.filter((entry): entry is [string, readonly string[]] => entry[1] !== undefined));
}

export function accessDenied(): UserError {
  return new UserError(
    'ACCESS_DENIED',
    'The credentials do not allow this.',
    'Ask an administrator for the right to it.',
  );
}

/** Records what the signed-in user did; resolved when it is durable. */
export function recordAction(
  { audit }: ApiContext,
  { principal, ip }: FastifyRequest,
  action: AuditAction,
  accountId: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  return audit.record({ action, username: principal.username, address: ip, accountId, detail });
}

/** Checks the caller before a body is read; bodies are JSON, whatever they call themselves. */
export function administrationScope(app: FastifyInstance, context: ApiContext): void {
  app.addHook('onRequest', signedIn(context));
  app.addHook('onRequest', async request => requireAdministrator(request));
  readJsonBodies(app);
}

/** The caller, as the record names them. */
export const actorOf = ({ principal, ip }: FastifyRequest): Actor => ({
  username: principal.username,
  address: ip,
});
