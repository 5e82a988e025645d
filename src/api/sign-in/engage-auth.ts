// The second step of RingCentral's current sign-in: exchanges a platform token for a short-lived access token, and refreshes it.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { signAccess } from '../../access/tokens/access-jwt.ts';
import type { IssuedTokens } from '../../access/tokens/token-families.ts';
import { mainAccountOf } from '../../access/users/main-account.ts';
import { mayRead } from '../../access/principal.ts';
import { findPrincipal } from '../../access/users/users.ts';
import { UserError } from '../../errors.ts';
import { listAccounts } from '../../directory/accounts.ts';
import type { ApiContext } from '../context.ts';
import { FORM, numberOf, signInScope } from './oauth-client.ts';
import { nullish, type SchemaTypes } from '../schema/schema.ts';

const AccessAnswer = Type.Object({
  accessToken: Type.String({ description: 'A JWT for Authorization: Bearer, valid for five minutes.' }),
  refreshToken: Type.Optional(Type.String({ description: 'Can be used once.' })),
  tokenType: Type.Literal('Bearer'),
  mainAccountId: Type.String({ description: 'Empty if the user may read no account.' }),
  agentDetails: Type.Array(
    Type.Object({
      accountId: Type.String(),
      accountName: Type.String(),
      username: Type.String(),
      agentId: Type.Integer({ description: 'Always 0: users are not agents.' }),
      agentGroupId: Type.Null(),
      agentType: Type.Literal('AGENT'),
      firstName: Type.String(),
      lastName: Type.String(),
      email: Type.String(),
      rcUserId: Type.Integer({ description: 'The same as adminId.' }),
      allowLoginControl: Type.Boolean(),
      allowLoginUpdates: Type.Boolean(),
    }),
    { description: 'One for each account that the user may read. Clients use the accountId of the first.' },
  ),
  adminId: Type.Integer(),
  adminUrl: Type.String(),
  agentUrl: Type.String(),
  ssoLogin: Type.Boolean(),
});

const exchangeSchema = {
  tags: ['Sign-in'],
  security: [],
  ...FORM,
  summary: 'Exchange a platform token for an access token',
  description:
    'The second step of RingCentral’s current flow. Calls with an expired access token get status 401 and the text «Jwt is expired».',
  querystring: Type.Object({ includeRefresh: nullish(Type.Boolean(), { examples: [true] }) }),
  body: Type.Object(
    { rcAccessToken: Type.String(), rcTokenType: nullish(Type.String()) },
    { examples: [{ rcAccessToken: '$access_token', rcTokenType: 'Bearer' }] },
  ),
  response: { 200: AccessAnswer },
};
const refreshSchema = {
  tags: ['Sign-in'],
  security: [],
  ...FORM,
  summary: 'Refresh an access token',
  description:
    'A refresh token can be used once. If it is used again, it has been copied, so all tokens of its sign-in are revoked.',
  body: Type.Object(
    { refresh_token: Type.String(), rcTokenType: nullish(Type.String()) },
    { examples: [{ refresh_token: '$refreshToken' }] },
  ),
  response: { 200: AccessAnswer },
};

/** Registered at the root and under /voice: these paths have no version. */
export async function engageAuthRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { tokenFamilies } = context.access;
  await signInScope(app);
  const typed = app.withTypeProvider<SchemaTypes>();
  // The call is described once for both addresses.
  const hide = app.prefix !== '';

  typed.post('/api/auth/login/rc/accesstoken', { schema: { ...exchangeSchema, hide } }, async request => {
    const issued = await tokenFamilies.exchange(request.body.rcAccessToken, request.query.includeRefresh === true);
    if (issued !== undefined) return answerOf(context, request, issued);
    await context.access.credentialChecks.recordRefused({ address: request.ip }, { credentials: 'platform token' });
    throw new UserError(
      'NOT_AUTHENTICATED',
      'The platform token is not valid, or no longer valid.',
      'Get a new one with POST /restapi/oauth/token.',
    );
  });

  typed.post('/api/auth/token/refresh', { schema: { ...refreshSchema, hide } }, async request => {
    const sender = { address: request.ip };
    const issued = await tokenFamilies.refresh(request.body.refresh_token, 'refresh', sender);
    if (issued !== undefined) return answerOf(context, request, issued);
    await context.access.credentialChecks.recordRefused(sender, { credentials: 'refresh token' });
    throw new UserError(
      'INVALID_GRANT',
      'The refresh token is wrong, expired, revoked or already used.',
      'Sign in again with POST /restapi/oauth/token.',
    );
  });
}

async function answerOf(
  { access, audit, offhook: { engine }, now }: ApiContext,
  { ip: address }: FastifyRequest,
  { username, family, tokens, clientId }: IssuedTokens,
) {
  const principal = (await findPrincipal(engine, username)) ?? { username, grants: [] };
  const [accessToken, mainAccountId, accounts] = await Promise.all([
    signAccess(access.keys, { username, family }, now()),
    mainAccountOf(engine, principal),
    listAccounts(engine),
    audit.record({ action: 'TOKEN_ISSUED', username, address, detail: { kind: 'access', clientId } }),
  ]);
  return {
    accessToken,
    ...(tokens.refresh === undefined ? {} : { refreshToken: tokens.refresh }),
    tokenType: 'Bearer',
    mainAccountId,
    adminId: numberOf(username),
    agentDetails: accounts
      .filter(({ accountId }) => mayRead(principal, accountId))
      .map(account => agentDetail(account, username)),
    adminUrl: '/voice/admin/',
    agentUrl: '/voice/agent/',
    ssoLogin: true,
  };
}

/** The user as an agent of the account, as RingCentral answers it. Users are not agents here, so most fields are empty. */
function agentDetail({ accountId, accountName }: { accountId: string; accountName: string }, username: string) {
  return {
    accountId,
    accountName,
    username,
    agentId: 0,
    agentGroupId: null,
    agentType: 'AGENT',
    firstName: '',
    lastName: '',
    email: username.includes('@') ? username : '',
    rcUserId: numberOf(username),
    allowLoginControl: false,
    allowLoginUpdates: false,
  };
}
