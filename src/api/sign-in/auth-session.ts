// The signed-in user and their rights, and signing out.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { tokenOf } from '../../access/authenticate.ts';
import { isAdministrator, ROLES } from '../../access/principal.ts';
import { endAuthToken } from '../../access/tokens/tokens.ts';
import type { ApiContext } from '../context.ts';
import { recordAction, signedIn } from '../guard.ts';

const readSchema = {
  tags: ['Sign-in'],
  summary: 'The signed-in user and their rights',
  response: {
    200: Type.Object({
      username: Type.String(),
      isAdministrator: Type.Boolean({ description: 'True: administrator of all accounts.' }),
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
    'Revokes the auth token of the request. Other credentials stay valid: revoke API tokens with DELETE …/admin/token/{token}, and ' +
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
