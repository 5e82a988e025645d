// An agent who is logged in now, and the times that grow with the server's clock.
import type { paths } from '../../api/schema.d.ts';
import { sessionAddress } from '../../parts/address/session-address.ts';
import { stateLook } from '../../parts/looks/state-colors.ts';

type Live = paths['/api/v1/admin/accounts/{accountId}/realTimeData/agent'];
export type LiveAgent = Live['get']['responses'][200]['content']['application/json'][number];

/** Of the page of the agent's session. */
export const addressOf = ({ accountId, agentLoginId }: LiveAgent): string =>
  sessionAddress({ accountId, loginSessionId: String(agentLoginId) });

/** First and last name, else the user name, else the id. */
export function nameOf({ firstName, lastName, username, agentId }: LiveAgent): string {
  return `${firstName} ${lastName}`.trim() || username || `Agent ${agentId}`;
}

/** The state's label on the agent's screen, if it says more than the state's name; else empty. */
export function labelOf({ agentState, agentAuxState }: LiveAgent): string {
  const names = [agentState.replaceAll('_', ' '), stateLook(agentState).name].map(plain);
  return names.includes(plain(agentAuxState)) ? '' : agentAuxState;
}

const plain = (text: string) => text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

const since = (instant: string | null, nowMs: number) =>
  instant === null ? 0 : Math.max(nowMs - Date.parse(instant), 0);

/** Milliseconds; `nowMs` is the server's clock. */
export const stateMs = (agent: LiveAgent, nowMs: number): number => since(agent.stateSince, nowMs);
export const loginMs = (agent: LiveAgent, nowMs: number): number => since(agent.loginSince, nowMs);
export const pendingMs = (agent: LiveAgent, nowMs: number): number => since(agent.pendingDispositionSince, nowMs);
export const talkMs = ({ totalTalkTime, isTalking, asOf }: LiveAgent, nowMs: number): number =>
  1000 * totalTalkTime + (isTalking ? since(asOf, nowMs) : 0);
