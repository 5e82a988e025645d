// Reads events from their table.
import type { Engine, Params } from '../../engine/engine.ts';
import type { AgentEvent } from '../../events/agent-event.ts';

type Row = Omit<AgentEvent, 'at' | 'pendingDisposition' | 'receivedAt'> & {
  atMs: number;
  flag: number;
  receivedMs: number;
};

const EVENTS_SQL = (condition: string) => `
  SELECT
    account_id AS accountId,
    login_session_id AS loginSessionId,
    toUnixTimestamp64Milli(at) AS atMs,
    order_in_instant AS order,
    source_event_id AS eventId,
    kind,
    base_state AS baseState,
    prev_base_state AS prevBaseState,
    state_label AS stateLabel,
    pending_disposition AS flag,
    agent_id AS agentId,
    username,
    phone,
    external_agent_id AS externalAgentId,
    call_id AS callId,
    call_direction AS callDirection,
    queue_id AS queueId,
    queue_name AS queueName,
    dial_group_id AS dialGroupId,
    dial_group_name AS dialGroupName,
    source,
    toUnixTimestamp64Milli(received_at) AS receivedMs,
    raw
  FROM events FINAL
  WHERE account_id = {account:String} AND (${condition})
  ORDER BY login_session_id, at, order_in_instant, event_id`;

const OUTSIDE = `
  login_session_id = '' AND source = {source:String}
    AND at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC') AND at < fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')`;
const OF_SESSIONS_SQL = EVENTS_SQL('login_session_id IN ({sessions:Array(String)})');
const OUTSIDE_SQL = EVENTS_SQL(OUTSIDE);
const OUTSIDE_OF_AGENTS_SQL = EVENTS_SQL(`${OUTSIDE} AND agent_id IN ({agents:Array(String)})`);

/** Events of a feed outside of sessions, between two instants in UTC milliseconds, the second excluded. */
export interface OutsideRange {
  accountId: string;
  source: string;
  fromMs: number;
  toMs: number;
}

/** The events of some sessions, in order. */
export function eventsOfSessions(engine: Engine, account: string, sessions: readonly string[]): Promise<AgentEvent[]> {
  return sessions.length === 0 ? Promise.resolve([]) : read(engine, OF_SESSIONS_SQL, { account, sessions });
}

/** Events outside of sessions, in order. Without `agents`, those of all agents. */
export function eventsOutside(
  engine: Engine,
  { accountId, source, fromMs, toMs }: OutsideRange,
  agents?: readonly string[],
): Promise<AgentEvent[]> {
  const params = { account: accountId, source, from_ms: fromMs, to_ms: toMs };
  if (agents === undefined) return read(engine, OUTSIDE_SQL, params);
  return read(engine, OUTSIDE_OF_AGENTS_SQL, { ...params, agents });
}

async function read(engine: Engine, sql: string, params: Params): Promise<AgentEvent[]> {
  const rows = await engine.query<Row>(sql, params);
  return rows.map(({ atMs, flag, receivedMs, ...row }) => ({
    ...row,
    at: atMs,
    pendingDisposition: flag === 2 ? null : flag === 1,
    receivedAt: receivedMs,
  }));
}
