// The demo contact centre beside whatever else is there: loaded and removed by administrators.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { DEMO_ACCOUNT, DEMO_STATES } from '../../simulate/demo.ts';
import { administrationScope } from '../guard.ts';
import type { ApiContext } from '../context.ts';
import { recordAction } from '../guard.ts';

export const DemoState = Type.Object({
  state: Type.Enum([...DEMO_STATES]),
  progress: Type.Number({ description: 'How much of the history is stored, from 0 to 1.' }),
  problem: Type.String({ description: 'Why it FAILED; empty otherwise.' }),
});

const tags = ['Administration'];
const loadSchema = {
  tags,
  summary: 'Load the demo contact centre',
  description:
    'Makes the account «demo» with 50 agents and the last 14 days of their work, which then goes on as long as the server runs, ' +
    'also after a restart. It takes some seconds: GET …/admin/installation says how far it is. Other accounts are not touched.',
  response: { 202: DemoState },
};
const removeSchema = {
  tags,
  summary: 'Remove the demo contact centre',
  description: 'Every row of the account «demo», at once; the audit log keeps that it was there.',
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
