// Agents of the directory, by group as in RingCX, or all of an account; what is changed holds from now on.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { visibleGroups } from '../../access/principal.ts';
import { UserError } from '../../errors.ts';
import { changeAgent, createAgent, deleteAgent, readAgent } from '../../directory/agents/agent-changes.ts';
import { type AgentFields, readHistory, readPresent } from '../../directory/agents/agent-entries.ts';
import { readGroup } from '../../directory/agents/agent-groups.ts';
import { agentAnswer, entryAnswer, fieldsGiven } from './agent-attributes.ts';
import { AGENT_CALLS, type AgentPlace } from './agent-schemas.ts';
import type { ApiContext } from '../context.ts';
import {
  accessDenied,
  recordAction,
  requireAdministratorOf,
  requireReader,
  requireVisible,
  signedIn,
} from '../guard.ts';
import { idText } from '../schema/ids.ts';
import { pageOf } from '../schema/pages.ts';
import { readJsonBodies } from '../schema/json-bodies.ts';
import type { SchemaTypes } from '../schema/schema.ts';

export async function agentRoutes(plain: FastifyInstance, context: ApiContext): Promise<void> {
  const { now } = context;
  const { engine } = context.offhook;
  plain.addHook('onRequest', signedIn(context));
  readJsonBodies(plain);
  const app = plain.withTypeProvider<SchemaTypes>();
  const record = (request: FastifyRequest, accountId: string, detail: Record<string, unknown>) =>
    recordAction(context, request, 'DIRECTORY_CHANGED', accountId, detail);

  /** The agent, where the call looks for it. @throws UserError ACCESS_DENIED, NOT_FOUND */
  async function agentAt(request: FastifyRequest, place: AgentPlace): Promise<AgentFields> {
    const { accountId, agentGroupId, agentId } = place;
    const visible = visibleGroups(request.principal, accountId);
    // Whether an agent exists is told only to those who would see it.
    const agent = await readAgent(engine, accountId, agentId, now()).catch(error => {
      throw visible === undefined ? error : accessDenied();
    });
    if (visible !== undefined && !visible.includes(agent.agent_group_id)) throw accessDenied();
    if (agentGroupId !== undefined && agentGroupId !== agent.agent_group_id) throw notInGroup(place);
    return agent;
  }

  for (const { path, list, read, history, create, change, remove } of AGENT_CALLS) {
    app.get(path, { schema: list }, async request => {
      const { accountId, agentGroupId } = request.params;
      requireReader(request, accountId);
      if (agentGroupId !== undefined) {
        requireVisible(request, accountId, agentGroupId);
        await readGroup(engine, accountId, agentGroupId, now());
      }
      const groupIds = agentGroupId === undefined ? visibleGroups(request.principal, accountId) : [agentGroupId];
      const asked = { groupIds, search: request.query.search ?? '', ...pageOf(request.query) };
      return (await readPresent(engine, accountId, now(), asked)).map(agentAnswer);
    });

    app.get(`${path}/:agentId`, { schema: read }, async request => {
      const place = request.params;
      requireReader(request, place.accountId);
      return agentAnswer(await agentAt(request, place));
    });

    app.get(`${path}/:agentId/history`, { schema: history }, async request => {
      const place = request.params;
      requireReader(request, place.accountId);
      await agentAt(request, place);
      const visible = visibleGroups(request.principal, place.accountId);
      const entries = await readHistory(engine, place.accountId, place.agentId);
      return entries.filter(({ agent_group_id }) => visible?.includes(agent_group_id) ?? true).map(entryAnswer);
    });

    app.post(path, { schema: create }, async request => {
      const { accountId, agentGroupId } = request.params;
      requireAdministratorOf(request, accountId);
      if (agentGroupId !== undefined) await readGroup(engine, accountId, agentGroupId, now());
      const { agentId } = request.body;
      const given = {
        ...fieldsGiven(request.body),
        ...(agentGroupId !== undefined && { agent_group_id: agentGroupId }),
        ...(agentId && { agent_id: idText(agentId) }),
      };
      const agent = await createAgent(engine, accountId, given, now());
      await record(request, accountId, { change: 'AGENT_CREATED', agentId: agent.agent_id });
      return agentAnswer(agent);
    });

    app.put(`${path}/:agentId`, { schema: change }, async request => {
      const place = request.params;
      const { accountId, agentId } = place;
      requireAdministratorOf(request, accountId);
      await agentAt(request, place);
      const given = fieldsGiven(request.body);
      const { agent, changed } = await changeAgent(engine, accountId, agentId, given, now());
      if (changed.length > 0) await record(request, accountId, { change: 'AGENT_CHANGED', agentId, changed });
      return agentAnswer(agent);
    });

    app.delete(`${path}/:agentId`, { schema: remove }, async (request, reply) => {
      const place = request.params;
      const { accountId, agentId } = place;
      requireAdministratorOf(request, accountId);
      await agentAt(request, place);
      await deleteAgent(engine, accountId, agentId, now());
      await record(request, accountId, { change: 'AGENT_DELETED', agentId });
      return reply.code(204).send();
    });
  }
}

function notInGroup({ agentId, agentGroupId }: AgentPlace): UserError {
  return new UserError(
    'NOT_FOUND',
    `There is no agent ${agentId} in the group ${agentGroupId}.`,
    'List the agents of the account with GET.',
  );
}
