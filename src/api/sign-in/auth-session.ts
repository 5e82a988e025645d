// Who is signed in and what they may do, and the end of a sign-in.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { tokenOf } from '../../access/authenticate.ts';
import { isAdministrator, ROLES } from '../../access/principal.ts';
import { endAuthToken } from '../../access/tokens/tokens.ts';
import type { ApiContext } from '../context.ts';
import { recordAction, signedIn } from '../guard.ts';

const readSchema = {
  tags: ['Sign-in'],
  summary: 'Who is signed in, and what they may do',
  response: {
    200: Type.Object({
      username: Type.String(),
      isAdministrator: Type.Boolean({ description: 'Of all accounts.' }),
      grants: Type.Array(
        Type.Object({
          accountId: Type.String({ description: 'Empty: all accounts.' }),
          role: Type.Enum([...ROLES]),
          agentGroupIds: Type.Array(Type.String(), { description: 'Empty: all groups.' }),
        }),
      ),
    }),
  },
};
const endSchema = {
  tags: ['Sign-in'],
  summary: 'Sign out of the legacy flow',
  description:
    'Ends the auth token that the request carries, at once. Other credentials are not touched: API tokens are revoked by name, ' +
    'platform tokens with POST /restapi/oauth/revoke.',
  response: { 204: Type.Null() },
};

export async function authSessionRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  app.addHook('onRequest', signedIn(context));

  app.get('/auth/session', { schema: readSchema }, async ({ principal }) => {
    const { username, grants } = principal;
    return { username, isAdministrator: isAdministrator(principal), grants };
  });

  app.delete('/auth/session', { schema: endSchema }, async (request, reply) => {
    const token = tokenOf(request.headers);
    if (token !== undefined && (await endAuthToken(context.offhook.engine, token))) {
      context.authenticate.forget();
      await recordAction(context, request, 'TOKEN_REVOKED', '', { kind: 'auth' });
    }
    return reply.code(204).send();
  });
}
