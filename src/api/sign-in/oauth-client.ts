// What the sign-in calls share: form bodies, a client's own credentials, numbers for names.
import { createHash } from 'node:crypto';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiClient } from '../../access/programs/clients.ts';
import { basicCredentials } from '../../access/authenticate.ts';
import { UserError } from '../../errors.ts';
import type { ApiContext } from '../context.ts';

/** For the schemas of routes that read forms. */
export const FORM = { consumes: ['application/x-www-form-urlencoded'] };

/** For scopes of routes that read forms. */
export async function signInScope(app: FastifyInstance): Promise<void> {
  await app.register(formbody);
}

/** The program that sends the request, by HTTP Basic. @throws UserError INVALID_CLIENT, TOO_MANY_ATTEMPTS */
export async function requireClient({ access }: ApiContext, request: FastifyRequest): Promise<ApiClient> {
  const given = basicCredentials(request.headers);
  const client = given && (await access.checks.client(given.name, given.secret, request.ip));
  if (client !== undefined) return client;
  throw new UserError(
    'INVALID_CLIENT',
    'The client id or the client secret is wrong, or is missing.',
    "Send 'Authorization: Basic' with the client id and secret that './offhook clients add' printed.",
  );
}

/** RingCentral's ids of users are numbers, and typed clients read them as such: the same one for the same name. */
export function numberOf(username: string): number {
  return createHash('sha256').update(username).digest().readUInt32BE() >>> 1;
}
