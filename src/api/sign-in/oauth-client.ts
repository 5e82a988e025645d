// What the sign-in calls share: form bodies, API client credentials and numeric user ids.
import { createHash } from 'node:crypto';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiClient } from '../../access/programs/clients.ts';
import { basicCredentials } from '../../access/authenticate.ts';
import { UserError } from '../../errors.ts';
import type { ApiContext } from '../context.ts';

/** For schemas of routes that accept forms. */
export const FORM = { consumes: ['application/x-www-form-urlencoded'] };

/** Sets up routes that accept forms. */
export async function signInScope(app: FastifyInstance): Promise<void> {
  await app.register(formbody);
}

/** The API client that sent the request, by HTTP Basic. @throws UserError INVALID_CLIENT */
export async function requireClient({ access }: ApiContext, request: FastifyRequest): Promise<ApiClient> {
  const credentials = basicCredentials(request.headers);
  const client =
    credentials && (await access.credentialChecks.client(credentials.name, credentials.secret, request.ip));
  if (client !== undefined) return client;
  throw new UserError(
    'INVALID_CLIENT',
    'The client id or client secret is wrong or missing.',
    "Send 'Authorization: Basic' with the client id and secret that './offhook clients add' shows.",
  );
}

/** A number that is always the same for a user name: RingCentral's user ids are numbers, and typed clients expect them. */
export function numberOf(username: string): number {
  return createHash('sha256').update(username).digest().readUInt32BE() >>> 1;
}
