// The dial groups that agents of the directory belong to.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { visibleGroups } from '../../access/principal.ts';
import { ALL_AGENTS, readPresent } from '../../directory/agents/agent-entries.ts';
import type { ApiContext } from '../context.ts';
import { requireReader, signedInScope } from '../guard.ts';
import { AccountParams, WireId, wireId } from '../schema/ids.ts';

const schema = {
  tags: ['Directory'],
  summary: 'The dial groups',
  description:
    'The dial groups of the present agents. Readers who are limited to agent groups see those of their agents.',
  params: AccountParams,
  response: { 200: Type.Array(Type.Object({ dialGroupId: WireId, dialGroupName: Type.String() })) },
};

export async function dialGroupRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now } = context;
  signedInScope(app, context).get('/admin/accounts/:accountId/dialGroups', { schema }, async request => {
    const { accountId } = request.params;
    requireReader(request, accountId);
    const groupIds = visibleGroups(request.principal, accountId);
    const agents = await readPresent(offhook.engine, accountId, now(), { ...ALL_AGENTS, groupIds });
    const names = new Map<string, string>();
    for (const { dial_group_id, dial_group_name } of agents) {
      if (dial_group_id !== '' && !names.get(dial_group_id)) names.set(dial_group_id, dial_group_name);
    }
    return [...names]
      .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
      .map(([id, name]) => ({ dialGroupId: wireId(id), dialGroupName: name || id }));
  });
}
