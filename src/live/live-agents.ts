// Agents who are logged in now, with state, call and counts so far.
import type { Engine } from '../engine/engine.ts';
import { readSql } from '../engine/sql-file.ts';
import { BASE_STATES, type BaseState } from '../events/agent-event.ts';
import { FOLD_SETTINGS } from '../sessions/sessions.ts';
import { type ReportClock, sessionParams } from '../report/query/criteria.ts';
import { SESSIONS_WITH_AGENTS_SQL } from '../report/query/sessions-with-agents.ts';

export interface LiveAgent {
  accountId: string;
  agentId: string;
  firstName: string;
  lastName: string;
  username: string;
  email: string;
  agentType: string;
  team: string;
  agentGroupId: string;
  agentGroupName: string;
  loginSessionId: string;
  phone: string;
  baseState: BaseState;
  stateLabel: string;
  /** Start of the state, UTC milliseconds since 1970, and time in it. */
  stateSinceMs: number;
  stateMs: number;
  loginSinceMs: number;
  loginMs: number;
  isPendingDisposition: boolean;
  /** 0 if none is pending. */
  pendingDispositionSinceMs: number;
  pendingDispositionMs: number;
  isOffHook: boolean;
  /** UTC milliseconds since 1970. */
  lastEventMs: number;
  /** Empty if the agent is not on a call. */
  callId: string;
  queueId: string;
  accepted: number;
  ringNoAnswers: number;
  talkMs: number;
  /** Whether talk time grows now: the agent is engaged, and the latest call is not on hold. */
  isTalking: boolean;
  /** Number of the session's events; it grows whenever something happens. */
  eventCount: number;
}

type Row = Omit<LiveAgent, 'baseState' | 'callId' | 'queueId'> & {
  stateCode: number;
  lastCallId: string;
  lastQueueId: string;
};

const LIVE_SQL = `${readSql(new URL('./live-agents.sql', import.meta.url), { sessions: SESSIONS_WITH_AGENTS_SQL })}
  SETTINGS ${FOLD_SETTINGS}`;

/** States in which the agent is on the latest call. */
const ON_CALL: readonly BaseState[] = ['TRANSITION', 'ENGAGED'];

/**
 * Open sessions, ordered by last name, first name and agent.
 * @param visibleGroups for restricted accounts, the groups whose agents are visible
 */
export async function readLiveAgents(
  engine: Engine,
  accountIds: readonly string[],
  visibleGroups: ReadonlyMap<string, readonly string[]>,
  clock: ReportClock,
): Promise<LiveAgent[]> {
  const params = sessionParams({
    accountIds,
    visibleGroups,
    agentIds: [],
    agentGroupIds: [],
    agentTeams: [],
    fromMs: 0,
    toMs: clock.nowMs,
    seenFromMs: clock.nowMs - clock.staleAfterMs,
    ...clock,
  });
  const rows = await engine.query<Row>(LIVE_SQL, params);
  return rows.map(({ stateCode, lastCallId, lastQueueId, ...row }) => {
    const baseState = BASE_STATES[stateCode - 1] ?? 'UNKNOWN';
    const isOnCall = ON_CALL.includes(baseState) || row.isPendingDisposition;
    return {
      ...row,
      baseState,
      callId: isOnCall ? lastCallId : '',
      queueId: isOnCall ? lastQueueId : '',
    };
  });
}
