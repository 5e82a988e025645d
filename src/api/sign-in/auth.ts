// RingCentral's legacy sign-in: exchanges a user name and password for an auth token, and manages permanent API tokens.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { mayRead } from '../../access/principal.ts';
import {
  type ApiToken,
  deleteApiToken,
  issueApiToken,
  issueAuthToken,
  listApiTokens,
} from '../../access/tokens/tokens.ts';
import { UserError } from '../../errors.ts';
import { listAccounts } from '../../directory/accounts.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import { Label } from '../schema/texts.ts';
import type { ApiContext } from '../context.ts';
import { FORM, signInScope } from './oauth-client.ts';
import { recordAction, signedIn } from '../guard.ts';
import { nullish, type SchemaTypes, textAnswer } from '../schema/schema.ts';

const loginSchema = {
  tags: ['Sign-in'],
  security: [],
  ...FORM,
  summary: 'Sign in with a user name and password',
  description:
    'RingCentral’s legacy flow. The auth token is valid for one hour, or for two weeks with stayLoggedIn; each use extends it.',
  body: Type.Object(
    {
      username: nullish(Type.String()),
      password: nullish(Type.String()),
      stayLoggedIn: nullish(Type.Union([Type.Boolean(), Type.String()]), { description: 'True if it is true or 1.' }),
    },
    { examples: [{ username: 'payroll', password: '$password', stayLoggedIn: true }] },
  ),
  response: {
    200: Type.Object({
      authToken: Type.String(),
      user: Type.Object({ username: Type.String() }),
      accounts: Type.Array(Type.Object({ accountId: Type.String(), accountName: Type.String() })),
    }),
  },
};
const createSchema = {
  tags: ['Sign-in'],
  summary: 'Create a permanent API token',
  description: 'For the signed-in user. The answer is the token as plain text; it is shown only once.',
  body: Type.Object({ name: nullish(Label) }, { examples: [{ name: 'Payroll export' }] }),
  response: { 200: textAnswer('text/plain', 'The token (`$apiToken` in the examples).') },
};
const legacyListSchema = {
  tags: ['Sign-in'],
  summary: 'List your API tokens as RingCentral does',
  description:
    'Always empty: only hashes of the tokens are stored, and clients would try to use the first item. Use /admin/tokens instead.',
  response: { 200: Type.Array(Type.String()) },
};
const listSchema = {
  tags: ['Sign-in'],
  summary: 'List your API tokens',
  description: 'Oldest first, without the tokens themselves: each is shown only once, when it is created.',
  response: {
    200: Type.Array(
      Type.Object({
        name: Label,
        prefix: Type.String({ description: 'The first eight characters of the token, with which it can be revoked.' }),
        createdAt: Instant,
        lastUsedAt: Type.Union([Instant, Type.Null()], {
          description: 'Accurate to about ten minutes; null: never used.',
        }),
        expiresAt: Type.Union([Instant, Type.Null()], { description: 'null: it does not expire.' }),
      }),
    ),
  },
};
const deleteSchema = {
  tags: ['Sign-in'],
  summary: 'Revoke one of your API tokens',
  description: 'Give the whole token or its first eight characters.',
  params: Type.Object({ token: Type.String() }),
  response: { 204: Type.Null() },
};

export async function authRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, access, audit, now } = context;
  await signInScope(app);
  const typed = app.withTypeProvider<SchemaTypes>();

  typed.post('/auth/login', { schema: loginSchema }, async ({ body, ip: address }) => {
    const { username, password, stayLoggedIn } = body;
    const user = { username: username ?? '', password: password ?? '' };
    const credentials = { credentials: 'password' };
    const answer = await access.credentialChecks.password(user, address, credentials, async principal => {
      const isLong = ['true', '1'].includes(String(stayLoggedIn));
      const authToken = await issueAuthToken(offhook.engine, principal.username, isLong, now());
      const detail = { credentials: 'password', kind: 'auth' };
      await audit.record({ action: 'SIGN_IN', username: principal.username, address, detail });
      const accounts = (await listAccounts(offhook.engine))
        .filter(({ accountId }) => mayRead(principal, accountId))
        .map(({ accountId, accountName }) => ({ accountId, accountName }));
      return { authToken, user: { username: principal.username }, accounts };
    });
    if (answer === undefined) throw wrongPassword();
    return answer;
  });

  await app.register(async scope => {
    scope.addHook('onRequest', signedIn(context));
    const signed = scope.withTypeProvider<SchemaTypes>();
    signed.post('/admin/token', { schema: createSchema }, async (request, reply) => {
      const label = request.body.name ?? '';
      const token = await issueApiToken(offhook.engine, request.principal.username, now(), label);
      await recordAction(context, request, 'TOKEN_ISSUED', '', { kind: 'api', ...(label && { label }) });
      return reply.type('text/plain').send(token);
    });
    signed.get('/admin/token', { schema: legacyListSchema }, async () => []);
    signed.get('/admin/tokens', { schema: listSchema }, async ({ principal }) =>
      (await listApiTokens(offhook.engine, principal.username)).map(tokenAnswer),
    );
    signed.delete('/admin/token/:token', { schema: deleteSchema }, async (request, reply) => {
      const { username } = request.principal;
      const found = await deleteApiToken(offhook.engine, username, request.params.token);
      if (!found)
        throw new UserError('NOT_FOUND', 'The API token does not exist.', 'List your tokens with GET …/admin/tokens.');
      access.authenticate.forget();
      await recordAction(context, request, 'TOKEN_REVOKED', '', { kind: 'api' });
      return reply.code(204).send();
    });
  });
}

const tokenAnswer = ({ label, prefix, createdMs, usedMs }: ApiToken) => ({
  name: label,
  prefix,
  createdAt: isoInstant(createdMs),
  lastUsedAt: usedMs === 0 ? null : isoInstant(usedMs),
  expiresAt: null,
});

function wrongPassword(): UserError {
  return new UserError(
    'NOT_AUTHENTICATED',
    'The user name or password is wrong.',
    'Send the right values in the form fields username and password.',
  );
}
