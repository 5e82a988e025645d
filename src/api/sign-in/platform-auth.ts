// RingCentral's platform sign-in (OAuth 2.0): exchanges the credentials of a client and a user for tokens.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { IssuedTokens } from '../../access/tokens/token-families.ts';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import type { ApiContext } from '../context.ts';
import { FORM, numberOf, requireClient, signInScope } from './oauth-client.ts';
import { grantFor } from './oauth-grants.ts';
import { nullish, type SchemaTypes } from '../schema/schema.ts';

const TokenForm = Type.Object(
  {
    grant_type: Type.String({
      description: 'password, urn:ietf:params:oauth:grant-type:jwt-bearer or refresh_token',
    }),
    username: nullish(Type.String()),
    password: nullish(Type.String()),
    extension: nullish(Type.String(), {
      description: 'The extension of a user named NAME*EXTENSION. It can also be part of username.',
    }),
    assertion: nullish(Type.String(), { description: 'A JWT credential.' }),
    refresh_token: nullish(Type.String()),
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
  refresh_token: Type.String({ description: 'Can be used once.' }),
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
    'The first step of RingCentral’s current flow. Send the client id and secret by HTTP Basic. Exchange the access token for one ' +
    'of this API at /api/auth/login/rc/accesstoken. Errors also have the fields error and error_description of OAuth 2.0.',
  body: TokenForm,
  response: { 200: TokenAnswer },
};
const revokeSchema = {
  tags: ['Sign-in'],
  security: [{ basic: [] }],
  ...FORM,
  summary: 'Sign out of the platform',
  description:
    'Revokes the token and all other tokens of the same sign-in. The answer is the same for an unknown token.',
  body: Type.Object({ token: Type.String() }, { examples: [{ token: '$access_token' }] }),
  response: { 200: Type.Object({}) },
};

/** Registered at the root: these paths have no prefix. */
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
    const ended = await context.access.tokenFamilies.revoke(request.body.token, clientId);
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
    `The grant type '${grantType.slice(0, LIMITS.recordedChars)}' is not supported.`,
    'Use password, urn:ietf:params:oauth:grant-type:jwt-bearer or refresh_token.',
  );
}
