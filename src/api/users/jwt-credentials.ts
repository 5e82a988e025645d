// JWT credentials, with which programs sign in as a user, for administrators of all accounts.
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

const Credential = Type.Object({
  credentialId: Type.String(),
  username: Type.String({ description: 'The user as whom it signs in.' }),
  label: Label,
  createdAt: Instant,
});

const tags = ['Administration'];
const listSchema = { tags, summary: 'List the JWT credentials', response: { 200: Type.Array(Credential) } };
const addSchema = {
  tags,
  summary: 'Create a JWT credential',
  description:
    'The answer has the assertion for RingCentral’s JWT grant. It is valid until it is deleted, and is shown only once.',
  body: Type.Object(
    { username: Type.String(), label: Label },
    { examples: [{ username: 'payroll', label: 'Nightly export' }] },
  ),
  response: { 200: Type.Object({ ...Credential.properties, assertion: Type.String() }) },
};
const removeSchema = {
  tags,
  summary: 'Delete a JWT credential',
  description: 'Revokes all tokens obtained with it.',
  params: Type.Object({ credentialId: Type.String() }),
  response: { 204: Type.Null() },
};

export async function jwtCredentialRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, access, now } = context;
  const typed = administrationScope(app, context);

  typed.get('/admin/jwtCredentials', { schema: listSchema }, async () =>
    (await listJwtCredentials(offhook.engine)).map(credentialAnswer),
  );

  typed.post('/admin/jwtCredentials', { schema: addSchema }, async request => {
    const created = await createJwtCredential(offhook.engine, request.body, now());
    await recordAction(context, request, 'TOKEN_ISSUED', '', auditDetail(created));
    return { ...credentialAnswer(created), assertion: created.assertion };
  });

  typed.delete('/admin/jwtCredentials/:credentialId', { schema: removeSchema }, async (request, reply) => {
    const { credentialId } = request.params;
    const deleted = await deleteJwtCredential(offhook.engine, credentialId);
    if (deleted === undefined) {
      const remedy = 'List the JWT credentials with GET …/admin/jwtCredentials.';
      throw new UserError('NOT_FOUND', `The JWT credential ${credentialId} does not exist.`, remedy);
    }
    access.authenticate.forget();
    await recordAction(context, request, 'TOKEN_REVOKED', '', auditDetail(deleted));
    return reply.code(204).send();
  });
}

const credentialAnswer = ({ credentialId, username, label, createdMs }: JwtCredential) => ({
  credentialId,
  username,
  label,
  createdAt: isoInstant(createdMs),
});

const auditDetail = ({ credentialId, username, label }: JwtCredential) => ({
  kind: 'jwt',
  credentialId,
  user: username,
  label,
});
