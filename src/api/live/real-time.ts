// RingCentral's `realTimeData/agent`: the agents who are logged in now.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { readLiveAgents } from '../../live/live-agents.ts';
import { readAccount } from '../../directory/accounts.ts';
import type { ApiContext } from '../context.ts';
import { requireReader, signedInScope, visibleGroupsOf } from '../guard.ts';
import { RealTimeAgent, realTimeAgent } from './real-time-agent.ts';

const schema = {
  tags: ['Live'],
  summary: 'The logged-in agents',
  description: 'One object per open login session that the user may see, sorted by agent name.',
  params: Type.Object({ accountId: Type.String() }),
  response: { 200: Type.Array(RealTimeAgent) },
};

export async function realTimeRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now, staleAfterMs } = context;
  signedInScope(app, context).get('/admin/accounts/:accountId/realTimeData/agent', { schema }, async request => {
    const { accountId } = request.params;
    requireReader(request, accountId);
    const visible = visibleGroupsOf(request, [accountId]);
    const nowMs = now();
    const [agents, { accountName }] = await Promise.all([
      readLiveAgents(offhook.engine, [accountId], visible, { nowMs, staleAfterMs }),
      readAccount(offhook.engine, accountId),
    ]);
    return agents.map(agent => realTimeAgent(agent, accountName, nowMs));
  });
}
