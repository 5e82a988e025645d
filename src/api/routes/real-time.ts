// RingCentral's `realTimeData/agent`: one object for each agent who is logged in now.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { type LiveAgent, readLiveAgents } from '../../report/live.ts';
import { readAccount } from '../../store/accounts.ts';
import type { ApiContext } from '../context.ts';
import { requireReader, signedIn, visibleGroupsOf } from '../guard.ts';
import { WireId, wireId } from '../lookups.ts';
import type { SchemaTypes } from '../schema.ts';

const text = Type.String();
const seconds = Type.Integer({ description: 'Seconds.' });

const RealTimeAgent = Type.Object({
  ...{
    agentId: WireId,
    accountId: text,
    accountName: text,
    firstName: text,
    lastName: text,
    username: text,
    email: text,
  },
  ...{ agentType: text, agentGroupId: WireId, agentGroupName: text },
  agentLoginId: WireId,
  agentPhone: text,
  agentState: Type.String({ description: 'The base state.' }),
  agentAuxState: Type.String({ description: 'The label that the agent sees.' }),
  agentLoginType: text,
  ...{
    stateTime: seconds,
    loginTime: seconds,
    pendingDisposition: Type.Boolean(),
    pendingDispositionTime: seconds,
  },
  isOffhook: Type.Boolean(),
  lastUpdate: Type.String({ format: 'date-time', description: 'The session’s last event, UTC.' }),
  callUii: Type.String({ description: 'The call, while on one.' }),
  gateId: WireId,
  callsHandled: Type.Integer(),
  rna: Type.Integer(),
  totalTalkTime: seconds,
});

const schema = {
  tags: ['Live'],
  summary: 'Who is logged in now',
  description: 'One object for each open login session that the user may see, by name.',
  params: Type.Object({ accountId: Type.String() }),
  response: { 200: Type.Array(RealTimeAgent) },
};

export async function realTimeRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now, staleAfterMs } = context;
  app.addHook('onRequest', signedIn(context));
  app
    .withTypeProvider<SchemaTypes>()
    .get('/admin/accounts/:accountId/realTimeData/agent', { schema }, async request => {
      const { accountId } = request.params;
      requireReader(request, accountId);
      const visible = visibleGroupsOf(request, [accountId]);
      const [agents, { accountName }] = await Promise.all([
        readLiveAgents(offhook.engine, [accountId], visible, { nowMs: now(), staleAfterMs }),
        readAccount(offhook.engine, accountId),
      ]);
      return agents.map(agent => realTimeAgent(agent, accountName));
    });
}

const wholeSeconds = (ms: number) => Math.floor(ms / 1000);

function realTimeAgent(agent: LiveAgent, accountName: string) {
  const {
    agentId,
    accountId,
    firstName,
    lastName,
    username,
    email,
    agentType,
    agentGroupId,
    agentGroupName,
  } = agent;
  return {
    ...{ agentId: wireId(agentId), accountId, accountName, firstName, lastName, username, email },
    ...{ agentType, agentGroupId: wireId(agentGroupId), agentGroupName },
    agentLoginId: wireId(agent.loginSessionId),
    agentPhone: agent.phone,
    agentState: agent.baseState,
    agentAuxState: agent.stateLabel,
    // No feed tells; the field is there for clients that read it.
    agentLoginType: '',
    stateTime: wholeSeconds(agent.stateMs),
    loginTime: wholeSeconds(agent.loginMs),
    pendingDisposition: agent.isPendingDisposition,
    pendingDispositionTime: wholeSeconds(agent.pendingDispositionMs),
    isOffhook: agent.isOffHook,
    lastUpdate: new Date(agent.lastEventMs).toISOString(),
    callUii: agent.callId,
    gateId: wireId(agent.queueId),
    callsHandled: agent.accepted,
    rna: agent.ringNoAnswers,
    totalTalkTime: wholeSeconds(agent.talkMs),
  };
}
