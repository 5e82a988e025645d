// JWT credentials: assertions that sign programs in as a user, for administrators of all accounts.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import {
  createJwtCredential,
  deleteJwtCredential,
  type JwtCredential,
  listJwtCredentials,
} from '../../access/programs/jwt-credentials.ts';
import { UserError } from '../../errors.ts';
import { administrationScope } from '../guard.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import { Label } from '../schema/texts.ts';
import type { ApiContext } from '../context.ts';
import { recordAction } from '../guard.ts';
import type { SchemaTypes } from '../schema/schema.ts';

const Credential = Type.Object({
  credentialId: Type.String(),
  username: Type.String({ description: 'The user that it signs in.' }),
  label: Label,
  createdAt: Instant,
});

const tags = ['Administration'];
const listSchema = { tags, summary: 'List the JWT credentials', response: { 200: Type.Array(Credential) } };
const addSchema = {
  tags,
  summary: 'Make a JWT credential',
  description:
    'The assertion of RingCentral’s JWT grant. It signs in as the user until it is deleted, and is shown only this once.',
  body: Type.Object(
    { username: Type.String(), label: Label },
    { examples: [{ username: 'payroll', label: 'Nightly export' }] },
  ),
  response: { 200: Type.Object({ ...Credential.properties, assertion: Type.String() }) },
};
const removeSchema = {
  tags,
  summary: 'Delete a JWT credential',
  description: 'With all tokens that it was exchanged for, at once.',
  params: Type.Object({ credentialId: Type.String() }),
  response: { 204: Type.Null() },
};

export async function jwtCredentialRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, access, now } = context;
  administrationScope(app, context);
  const typed = app.withTypeProvider<SchemaTypes>();

  typed.get('/admin/jwtCredentials', { schema: listSchema }, async () =>
    (await listJwtCredentials(offhook.engine)).map(shown),
  );

  typed.post('/admin/jwtCredentials', { schema: addSchema }, async request => {
    const made = await createJwtCredential(offhook.engine, request.body, now());
    await recordAction(context, request, 'TOKEN_ISSUED', '', recordOf(made));
    return { ...shown(made), assertion: made.assertion };
  });

  typed.delete('/admin/jwtCredentials/:credentialId', { schema: removeSchema }, async (request, reply) => {
    const deleted = await deleteJwtCredential(offhook.engine, request.params.credentialId);
    if (deleted === undefined) {
      throw new UserError('NOT_FOUND', 'There is no such JWT credential.', 'List them with GET.');
    }
    access.authenticate.forget();
    await recordAction(context, request, 'TOKEN_REVOKED', '', recordOf(deleted));
    return reply.code(204).send();
  });
}

const shown = ({ credentialId, username, label, createdMs }: JwtCredential) => ({
  credentialId,
  username,
  label,
  createdAt: isoInstant(createdMs),
});

const recordOf = ({ credentialId, username, label }: JwtCredential) => ({
  kind: 'jwt',
  credentialId,
  user: username,
  label,
});
