// An agent who is logged in now as RingCentral's `realTimeData/agent` object, with instants beside its seconds.
import { type Static, Type } from 'typebox';
import type { LiveAgent } from '../../live/live-agents.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import { WireId, wireId } from '../schema/ids.ts';

const text = Type.String();
const seconds = Type.Integer({ description: 'Seconds, as of `asOf`.' });
const since = (description: string) => Type.String({ format: 'date-time', description });

export const RealTimeAgent = Type.Object({
  agentId: WireId,
  accountId: text,
  accountName: text,
  firstName: text,
  lastName: text,
  username: text,
  email: text,
  agentType: text,
  agentGroupId: WireId,
  agentGroupName: text,
  team: Type.String({ description: 'As of the login; empty if none.' }),
  agentLoginId: WireId,
  agentPhone: text,
  agentState: Type.String({ description: 'The base state.' }),
  agentAuxState: Type.String({ description: 'The label that the agent sees.' }),
  agentLoginType: text,
  stateTime: seconds,
  loginTime: seconds,
  pendingDisposition: Type.Boolean(),
  pendingDispositionTime: seconds,
  stateSince: since('When the agent entered the state, UTC.'),
  loginSince: since('When the agent logged in, UTC.'),
  pendingDispositionSince: Type.Union([since('Since when a disposition is pending, UTC.'), Type.Null()]),
  isOffhook: Type.Boolean(),
  lastUpdate: Type.String({ format: 'date-time', description: 'The session’s last event, UTC.' }),
  callUii: Type.String({ description: 'The call, while on one.' }),
  gateId: WireId,
  callsHandled: Type.Integer(),
  rna: Type.Integer(),
  totalTalkTime: seconds,
  isTalking: Type.Boolean({ description: 'The talk time grows with each second.' }),
  asOf: Instant,
});
export type RealTimeAgent = Static<typeof RealTimeAgent>;

const wholeSeconds = (ms: number) => Math.floor(ms / 1000);

/** @param asOfMs when the agent's state was asked for, UTC milliseconds since 1970 */
export function realTimeAgent(agent: LiveAgent, accountName: string, asOfMs: number): RealTimeAgent {
  const { agentId, accountId, firstName, lastName, username, email, agentType, agentGroupName, team } = agent;
  return {
    agentId: wireId(agentId),
    accountId,
    accountName,
    firstName,
    lastName,
    username,
    email,
    agentType,
    agentGroupId: wireId(agent.agentGroupId),
    agentGroupName,
    team,
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
    stateSince: isoInstant(agent.stateSinceMs),
    loginSince: isoInstant(agent.loginSinceMs),
    pendingDispositionSince: agent.isPendingDisposition ? isoInstant(agent.pendingDispositionSinceMs) : null,
    isOffhook: agent.isOffHook,
    lastUpdate: isoInstant(agent.lastEventMs),
    callUii: agent.callId,
    gateId: wireId(agent.queueId),
    callsHandled: agent.accepted,
    rna: agent.ringNoAnswers,
    totalTalkTime: wholeSeconds(agent.talkMs),
    isTalking: agent.isTalking,
    asOf: isoInstant(asOfMs),
  };
}
