// Agents of the directory, in a group (as in RingCX) or in the whole account. Changes apply from now on.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { visibleGroups } from '../../access/principal.ts';
import { UserError } from '../../errors.ts';
import { changeAgent, createAgent, deleteAgent, readAgent } from '../../directory/agents/agent-changes.ts';
import { type AgentFields, readHistory, readPresent } from '../../directory/agents/agent-entries.ts';
import { readGroup } from '../../directory/agents/agent-groups.ts';
import { agentAnswer, entryAnswer, fieldsOf } from './agent-attributes.ts';
import { AGENT_CALLS, type AgentPlace } from './agent-schemas.ts';
import type { ApiContext } from '../context.ts';
import {
  accessDenied,
  recordAction,
  requireAdministratorOf,
  requireReader,
  requireVisible,
  signedInScope,
} from '../guard.ts';
import { idText } from '../schema/ids.ts';
import { pageOf } from '../schema/pages.ts';

type App = ReturnType<typeof signedInScope>;
type Calls = (typeof AGENT_CALLS)[number];

export async function agentRoutes(scope: FastifyInstance, context: ApiContext): Promise<void> {
  const app = signedInScope(scope, context);
  for (const calls of AGENT_CALLS) {
    readRoutes(app, context, calls);
    changeRoutes(app, context, calls);
  }
}

function readRoutes(app: App, context: ApiContext, { path, list, read, history }: Calls): void {
  const { now } = context;
  const { engine } = context.offhook;

  app.get(path, { schema: list }, async request => {
    const { accountId, agentGroupId } = request.params;
    requireReader(request, accountId);
    if (agentGroupId !== undefined) {
      requireVisible(request, accountId, agentGroupId);
      await readGroup(engine, accountId, agentGroupId, now());
    }
    const groupIds = agentGroupId === undefined ? visibleGroups(request.principal, accountId) : [agentGroupId];
    const filter = { groupIds, search: request.query.search ?? '', ...pageOf(request.query) };
    return (await readPresent(engine, accountId, now(), filter)).map(agentAnswer);
  });

  app.get(`${path}/:agentId`, { schema: read }, async request => {
    requireReader(request, request.params.accountId);
    return agentAnswer(await agentAt(context, request, request.params));
  });

  app.get(`${path}/:agentId/history`, { schema: history }, async request => {
    const { accountId, agentId } = request.params;
    requireReader(request, accountId);
    await agentAt(context, request, request.params);
    const visible = visibleGroups(request.principal, accountId);
    const entries = await readHistory(engine, accountId, agentId);
    return entries.filter(({ agent_group_id }) => visible?.includes(agent_group_id) ?? true).map(entryAnswer);
  });
}

function changeRoutes(app: App, context: ApiContext, { path, create, change, remove }: Calls): void {
  const { now } = context;
  const { engine } = context.offhook;
  const record = (request: FastifyRequest, accountId: string, detail: Record<string, unknown>) =>
    recordAction(context, request, 'DIRECTORY_CHANGED', accountId, detail);

  app.post(path, { schema: create }, async request => {
    const { accountId, agentGroupId } = request.params;
    requireAdministratorOf(request, accountId);
    if (agentGroupId !== undefined) await readGroup(engine, accountId, agentGroupId, now());
    const { agentId } = request.body;
    const fields = {
      ...fieldsOf(request.body),
      ...(agentGroupId !== undefined && { agent_group_id: agentGroupId }),
      ...(agentId && { agent_id: idText(agentId) }),
    };
    const agent = await createAgent(engine, accountId, fields, now());
    await record(request, accountId, { change: 'AGENT_CREATED', agentId: agent.agent_id });
    return agentAnswer(agent);
  });

  app.put(`${path}/:agentId`, { schema: change }, async request => {
    const { accountId, agentId } = request.params;
    requireAdministratorOf(request, accountId);
    await agentAt(context, request, request.params);
    const { agent, changed } = await changeAgent(engine, accountId, agentId, fieldsOf(request.body), now());
    if (changed.length > 0) await record(request, accountId, { change: 'AGENT_CHANGED', agentId, changed });
    return agentAnswer(agent);
  });

  app.delete(`${path}/:agentId`, { schema: remove }, async (request, reply) => {
    const { accountId, agentId } = request.params;
    requireAdministratorOf(request, accountId);
    await agentAt(context, request, request.params);
    await deleteAgent(engine, accountId, agentId, now());
    await record(request, accountId, { change: 'AGENT_DELETED', agentId });
    return reply.code(204).send();
  });
}

/** The agent at the address of the call. @throws UserError ACCESS_DENIED, NOT_FOUND */
async function agentAt({ offhook, now }: ApiContext, request: FastifyRequest, place: AgentPlace): Promise<AgentFields> {
  const { accountId, agentGroupId, agentId } = place;
  const visible = visibleGroups(request.principal, accountId);
  // Only users who may see the agent learn whether it exists.
  const agent = await readAgent(offhook.engine, accountId, agentId, now()).catch(error => {
    throw visible === undefined ? error : accessDenied();
  });
  if (visible !== undefined && !visible.includes(agent.agent_group_id)) throw accessDenied();
  if (agentGroupId !== undefined && agentGroupId !== agent.agent_group_id) throw notInGroup(place);
  return agent;
}

function notInGroup({ agentId, agentGroupId }: AgentPlace): UserError {
  return new UserError(
    'NOT_FOUND',
    `The agent ${agentId} is not in the group ${agentGroupId}.`,
    'List the agents of the account with GET.',
  );
}
