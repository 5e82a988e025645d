// API clients, for administrators of all accounts.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { createClient, deleteClient, listClients } from '../../access/programs/clients.ts';
import { UserError } from '../../errors.ts';
import { administrationScope } from '../guard.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import { Label } from '../schema/texts.ts';
import type { ApiContext } from '../context.ts';
import { recordAction } from '../guard.ts';

const Client = Type.Object({ clientId: Type.String(), label: Label, createdAt: Instant });

const tags = ['Administration'];
const listSchema = { tags, summary: 'List the API clients', response: { 200: Type.Array(Client) } };
const addSchema = {
  tags,
  summary: 'Create an API client',
  description: 'A client is a program that may sign in to the platform. Its secret is shown only once.',
  body: Type.Object({ label: Label }, { examples: [{ label: 'Payroll export' }] }),
  response: { 200: Type.Object({ ...Client.properties, clientSecret: Type.String() }) },
};
const removeSchema = {
  tags,
  summary: 'Delete an API client',
  description: 'Revokes all its tokens.',
  params: Type.Object({ clientId: Type.String() }),
  response: { 204: Type.Null() },
};

export async function clientRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, access, now } = context;
  const typed = administrationScope(app, context);

  typed.get('/admin/clients', { schema: listSchema }, async () =>
    (await listClients(offhook.engine)).map(({ clientId, label, createdMs }) => ({
      clientId,
      label,
      createdAt: isoInstant(createdMs),
    })),
  );

  typed.post('/admin/clients', { schema: addSchema }, async request => {
    const { label } = request.body;
    const { clientId, clientSecret, createdMs } = await createClient(offhook.engine, label, now());
    await recordAction(context, request, 'CLIENT_CREATED', '', { clientId, label });
    return { clientId, label, createdAt: isoInstant(createdMs), clientSecret };
  });

  typed.delete('/admin/clients/:clientId', { schema: removeSchema }, async (request, reply) => {
    const { clientId } = request.params;
    if (!(await deleteClient(offhook.engine, clientId, now()))) {
      throw new UserError(
        'NOT_FOUND',
        `The API client ${clientId} does not exist.`,
        'List the clients with GET …/admin/clients.',
      );
    }
    access.authenticate.forget();
    await recordAction(context, request, 'CLIENT_DELETED', '', { clientId });
    return reply.code(204).send();
  });
}
