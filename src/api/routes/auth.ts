// RingCentral's legacy sign-in: a user name and password into an auth token, and permanent API tokens.
import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import { deleteApiToken, issueApiToken, issueAuthToken, listApiTokens } from '../../access/tokens.ts';
import { checkPassword } from '../../access/users.ts';
import { mayUseAccount } from '../../access/principal.ts';
import { UserError } from '../../errors.ts';
import { listAccounts } from '../../store/accounts.ts';
import { type ApiContext, PREFIXES } from '../context.ts';

type Form = Readonly<Record<string, unknown>> | null | undefined;

export async function authRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, authenticate, now } = context;
  await app.register(formbody);
  for (const prefix of PREFIXES) {
    app.post(`${prefix}/auth/login`, async request => {
      const form = request.body as Form;
      const username = textOf(form, 'username');
      const principal = await checkPassword(offhook.engine, username, textOf(form, 'password'));
      if (principal === undefined) throw wrongPassword();
      const stayLoggedIn = ['true', '1'].includes(textOf(form, 'stayLoggedIn'));
      const accounts = (await listAccounts(offhook.engine)).filter(({ accountId }) =>
        mayUseAccount(principal, accountId),
      );
      return {
        authToken: await issueAuthToken(offhook.engine, username, stayLoggedIn, now()),
        user: { username, role: principal.role },
        accounts: accounts.map(({ accountId, accountName }) => ({ accountId, accountName })),
      };
    });

    app.post(`${prefix}/admin/token`, async (request, reply) => {
      const { username } = await authenticate(request.headers);
      return reply.type('text/plain').send(await issueApiToken(offhook.engine, username, now()));
    });
    app.get(`${prefix}/admin/token`, async request => {
      const { username } = await authenticate(request.headers);
      return listApiTokens(offhook.engine, username);
    });
    app.delete<{ Params: { token: string } }>(`${prefix}/admin/token/:token`, async (request, reply) => {
      const { username } = await authenticate(request.headers);
      const found = await deleteApiToken(offhook.engine, username, request.params.token, now());
      if (!found) throw new UserError('NOT_FOUND', 'There is no such token.', 'List the tokens with GET.');
      authenticate.forget();
      return reply.code(204).send();
    });
  }
}

function textOf(form: Form, field: string): string {
  const value = form?.[field];
  return typeof value === 'string' ? value : typeof value === 'boolean' ? String(value) : '';
}

function wrongPassword(): UserError {
  return new UserError(
    'NOT_AUTHENTICATED',
    'The user name or the password is wrong.',
    'Send the form fields username and password.',
  );
}
