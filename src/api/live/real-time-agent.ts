// A logged-in agent in the format of RingCentral's `realTimeData/agent`, with additional dates and times.
import { type Static, Type } from 'typebox';
import type { LiveAgent } from '../../live/live-agents.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import { WireId, wireId } from '../schema/ids.ts';

const text = Type.String();
const seconds = Type.Integer({ description: 'Seconds at the time `asOf`.' });
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
  team: Type.String({ description: 'The team at login; empty if none.' }),
  agentLoginId: WireId,
  agentPhone: text,
  agentState: Type.String({ description: 'The base state.' }),
  agentAuxState: Type.String({ description: 'The state label that the agent sees.' }),
  agentLoginType: text,
  stateTime: seconds,
  loginTime: seconds,
  pendingDisposition: Type.Boolean(),
  pendingDispositionTime: seconds,
  stateSince: since('When the agent entered the state, UTC.'),
  loginSince: since('When the agent logged in, UTC.'),
  pendingDispositionSince: Type.Union([
    since('When the disposition became pending, UTC; null if none is pending.'),
    Type.Null(),
  ]),
  isOffhook: Type.Boolean(),
  lastUpdate: Type.String({ format: 'date-time', description: 'When the last event of the session happened, UTC.' }),
  callUii: Type.String({ description: 'The current call; empty if none.' }),
  gateId: WireId,
  callsHandled: Type.Integer(),
  rna: Type.Integer(),
  totalTalkTime: seconds,
  isTalking: Type.Boolean({ description: 'True: the agent is talking, so the talk time increases.' }),
  asOf: Instant,
});
export type RealTimeAgent = Static<typeof RealTimeAgent>;

const wholeSeconds = (ms: number) => Math.floor(ms / 1000);

/** @param asOfMs the time for which the seconds are computed, UTC milliseconds */
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
    // No feed provides it; clients expect the field.
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
