// Agent groups: those that have a name, and those that agents belong to.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { visibleGroups } from '../../access/principal.ts';
import type { AgentGroup } from '../../directory/agents/agent-group-rows.ts';
import { changeGroup, createGroup, deleteGroup, listGroups, readGroup } from '../../directory/agents/agent-groups.ts';
import { GROUP_CALLS } from './agent-group-schemas.ts';
import type { ApiContext } from '../context.ts';
import { recordAction, requireAdministratorOf, requireReader, requireVisible, signedInScope } from '../guard.ts';
import { idText, wireId } from '../schema/ids.ts';
import { pageRows } from '../schema/pages.ts';
import { plainText } from '../schema/texts.ts';

export async function agentGroupRoutes(scope: FastifyInstance, context: ApiContext): Promise<void> {
  const { engine } = context.offhook;
  const { now } = context;
  const groups = '/admin/accounts/:accountId/agentGroups';
  const app = signedInScope(scope, context);
  const record = (request: FastifyRequest, accountId: string, detail: Record<string, unknown>) =>
    recordAction(context, request, 'DIRECTORY_CHANGED', accountId, detail);

  app.get(groups, { schema: GROUP_CALLS.list }, async request => {
    const { accountId } = request.params;
    requireReader(request, accountId);
    const visible = visibleGroups(request.principal, accountId);
    const all = await listGroups(engine, accountId, now());
    const visibleOnes = all.filter(({ agentGroupId }) => visible?.includes(agentGroupId) ?? true);
    return pageRows(visibleOnes, request.query).map(groupAnswer);
  });

  app.get(`${groups}/:agentGroupId`, { schema: GROUP_CALLS.read }, async request => {
    const { accountId, agentGroupId } = request.params;
    requireVisible(request, accountId, agentGroupId);
    return groupAnswer(await readGroup(engine, accountId, agentGroupId, now()));
  });

  app.post(groups, { schema: GROUP_CALLS.create }, async request => {
    const { accountId } = request.params;
    requireAdministratorOf(request, accountId);
    const { agentGroupId, groupName, isDefault } = request.body;
    const fields = {
      agentGroupId: agentGroupId ? idText(agentGroupId) : undefined,
      groupName: plainText(groupName),
      isDefault: isDefault ?? false,
    };
    const group = await createGroup(engine, accountId, fields, now());
    await record(request, accountId, { change: 'GROUP_CREATED', ...group });
    return groupAnswer(group);
  });

  app.put(`${groups}/:agentGroupId`, { schema: GROUP_CALLS.change }, async request => {
    const { accountId, agentGroupId } = request.params;
    requireAdministratorOf(request, accountId);
    const { groupName, isDefault } = request.body;
    const changes = {
      ...(groupName && plainText(groupName) && { groupName: plainText(groupName) }),
      ...(typeof isDefault === 'boolean' && { isDefault }),
    };
    const { group, changed } = await changeGroup(engine, accountId, agentGroupId, changes, now());
    if (changed.length > 0) await record(request, accountId, { change: 'GROUP_CHANGED', changed, ...group });
    return groupAnswer(group);
  });

  app.delete(`${groups}/:agentGroupId`, { schema: GROUP_CALLS.delete }, async (request, reply) => {
    const { accountId, agentGroupId } = request.params;
    requireAdministratorOf(request, accountId);
    await deleteGroup(engine, accountId, agentGroupId, now());
    await record(request, accountId, { change: 'GROUP_DELETED', agentGroupId });
    return reply.code(204).send();
  });
}

function groupAnswer({ agentGroupId, groupName, isDefault }: AgentGroup) {
  return { agentGroupId: wireId(agentGroupId), groupName, isDefault, permissions: [] };
}
