// RingCentral's platform sign-in: a program's and a user's credentials into tokens, by OAuth 2.0.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { IssuedTokens } from '../../access/tokens/families.ts';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import type { ApiContext } from '../context.ts';
import { FORM, numberOf, requireClient, signInScope } from './oauth-client.ts';
import { grantFor } from './oauth-grants.ts';
import { absent, type SchemaTypes } from '../schema/schema.ts';

const TokenForm = Type.Object(
  {
    grant_type: Type.String({
      description: 'password, urn:ietf:params:oauth:grant-type:jwt-bearer or refresh_token',
    }),
    username: absent(Type.String()),
    password: absent(Type.String()),
    extension: absent(Type.String(), {
      description: 'Of a user who is named with it: NAME*EXTENSION, which username may also hold whole.',
    }),
    assertion: absent(Type.String(), { description: 'A JWT credential.' }),
    refresh_token: absent(Type.String()),
  },
  {
    examples: [
      { grant_type: 'password', username: 'payroll', password: '$password' },
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: '$assertion',
      },
    ],
  },
);

const TokenAnswer = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('bearer'),
  expires_in: Type.Integer({ description: 'Seconds.' }),
  refresh_token: Type.String({ description: 'Good for one use.' }),
  refresh_token_expires_in: Type.Integer({ description: 'Seconds.' }),
  scope: Type.String(),
  owner_id: Type.String(),
  endpoint_id: Type.String(),
});

const tokenSchema = {
  tags: ['Sign-in'],
  security: [{ basic: [] }],
  ...FORM,
  summary: 'Sign in to the platform',
  description:
    'The first step of RingCentral’s current flow. HTTP Basic carries the client id and secret. The access token is exchanged for ' +
    'one of this API at /api/auth/login/rc/accesstoken. Errors also carry error and error_description as OAuth 2.0 says.',
  body: TokenForm,
  response: { 200: TokenAnswer },
};
const revokeSchema = {
  tags: ['Sign-in'],
  security: [{ basic: [] }],
  ...FORM,
  summary: 'Sign out of the platform',
  description:
    'Ends the token, and with it all tokens that came from the same sign-in. The answer is the same for an unknown token.',
  body: Type.Object({ token: Type.String() }, { examples: [{ token: '$access_token' }] }),
  response: { 200: Type.Object({}) },
};

/** Registered at the root: the platform knows no prefix. */
export async function platformAuthRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  await signInScope(app);
  const typed = app.withTypeProvider<SchemaTypes>();

  typed.post('/restapi/oauth/token', { schema: tokenSchema }, async request => {
    const client = await requireClient(context, request);
    const grant = grantFor(request.body.grant_type);
    if (grant === undefined) throw unsupported(request.body.grant_type);
    return answerOf(await grant(context, request.body, { client, address: request.ip }));
  });

  typed.post('/restapi/oauth/revoke', { schema: revokeSchema }, async request => {
    const { clientId } = await requireClient(context, request);
    const ended = await context.access.families.revoke(request.body.token, clientId);
    if (ended !== undefined) {
      const { username } = ended;
      await context.audit.record({
        action: 'TOKEN_REVOKED',
        username,
        address: request.ip,
        detail: { clientId },
      });
    }
    return {};
  });
}

const seconds = (ms: number) => ms / 1000;

function answerOf({ tokens, username, family }: IssuedTokens) {
  return {
    access_token: tokens.platform,
    token_type: 'bearer',
    expires_in: seconds(LIMITS.platformTokenMs),
    refresh_token: tokens.platform_refresh,
    refresh_token_expires_in: seconds(LIMITS.refreshTokenMs),
    scope: 'ReadAccounts',
    owner_id: String(numberOf(username)),
    endpoint_id: family,
  };
}

function unsupported(grantType: string): UserError {
  return new UserError(
    'UNSUPPORTED_GRANT_TYPE',
    `There is no grant type '${grantType.slice(0, LIMITS.recordedChars)}'.`,
    'Use password, urn:ietf:params:oauth:grant-type:jwt-bearer or refresh_token.',
  );
}
