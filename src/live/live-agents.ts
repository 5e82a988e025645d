// Who is logged in now: open sessions of some accounts into one row each, with state, call and counts so far.
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
  /** In this state since then, UTC milliseconds since 1970, and for so long. */
  stateSinceMs: number;
  stateMs: number;
  loginSinceMs: number;
  loginMs: number;
  isPendingDisposition: boolean;
  /** 0 where none is pending. */
  pendingDispositionSinceMs: number;
  pendingDispositionMs: number;
  isOffHook: boolean;
  /** UTC milliseconds since 1970. */
  lastEventMs: number;
  /** Empty where the agent is on no call. */
  callId: string;
  queueId: string;
  accepted: number;
  ringNoAnswers: number;
  talkMs: number;
  /** The talk time grows as time passes: engaged, and the call last spoken of is not on hold. */
  isTalking: boolean;
  /** Events of the session: another number means that something happened. */
  eventCount: number;
}

type Row = Omit<LiveAgent, 'baseState' | 'callId' | 'queueId'> & {
  stateCode: number;
  lastCallId: string;
  lastQueueId: string;
};

const LIVE_SQL = `${readSql(new URL('./live-agents.sql', import.meta.url), { sessions: SESSIONS_WITH_AGENTS_SQL })}
  SETTINGS ${FOLD_SETTINGS}`;

/** States in which the last call named is the one that the agent is on. */
const ON_CALL: readonly BaseState[] = ['TRANSITION', 'ENGAGED'];

/**
 * Open sessions by last name, first name and agent.
 * @param visibleGroups accounts in which only the agents of these groups are seen
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
