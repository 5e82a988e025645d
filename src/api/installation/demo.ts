// Lets administrators load and remove the demo contact centre.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { DEMO_STATES } from '../../simulate/demo.ts';
import { DEMO_ACCOUNT } from '../../simulate/demo-account.ts';
import { administrationScope } from '../guard.ts';
import type { ApiContext } from '../context.ts';
import { recordAction } from '../guard.ts';

export const DemoState = Type.Object({
  state: Type.Enum([...DEMO_STATES]),
  progress: Type.Number({ description: 'Stored part of the history, from 0 to 1.' }),
  problem: Type.String({ description: 'The reason if the state is FAILED; otherwise empty.' }),
});

const tags = ['Administration'];
const loadSchema = {
  tags,
  summary: 'Load the demo contact centre',
  description:
    'Creates the account «demo» with 50 agents and the last 14 days of their work. The simulation goes on while the server runs, ' +
    'also after a restart. Loading takes a few seconds; GET …/admin/installation shows the progress. Other accounts do not change.',
  response: { 202: DemoState },
};
const removeSchema = {
  tags,
  summary: 'Remove the demo contact centre',
  description: 'Deletes all data of the account «demo» at once. The entries in the audit log stay.',
  response: { 204: Type.Null() },
};

export async function demoRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { demo, offhook } = context;
  administrationScope(app, context);

  app.post('/admin/demo', { schema: loadSchema }, async (request, reply) => {
    await demo.check();
    await recordAction(context, request, 'DEMO_LOADED', DEMO_ACCOUNT, {});
    demo.load().catch((error: Error) => request.log.error(error));
    return reply.code(202).send(demo.state());
  });

  app.delete('/admin/demo', { schema: removeSchema }, async (request, reply) => {
    await demo.remove();
    offhook.forgetSettings();
    await recordAction(context, request, 'DEMO_REMOVED', DEMO_ACCOUNT, {});
    return reply.code(204).send();
  });
}
