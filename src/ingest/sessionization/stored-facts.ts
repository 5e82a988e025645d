// Stored events of agents into the facts that they were made of, from the session on in which a moment lies.
import type { Engine } from '../../engine/engine.ts';
import { type AgentFact, type AgentSource, beginningOf } from '../../sources/agent-source.ts';
import { inOrder } from '../../sources/fact-order.ts';
import { type DecodeContext, isReject, type Reject } from '../../sources/source.ts';
import { END_OF_TIME_MS } from '../events/event-block.ts';

/** One agent from one moment on. */
export type AgentMoment = Pick<AgentFact, 'accountId' | 'agentId' | 'at'> & {
  /** As far as the first session that begins after it; absent: to the end. UTC milliseconds since 1970. */
  untilMs?: number;
};

/** An agent's sessions from the one on in which a moment lies. */
export interface SessionsSince {
  sessionIds: string[];
  /** When the first fact of the first one came, which may tell of the time before it; UTC milliseconds since 1970. */
  fromMs: number;
  /** The session after them, and when its first fact came; undefined: they are the agent's last. */
  next?: { sessionId: string; firstMs: number } | undefined;
}

/** An agent's facts from the beginning of a session on, those of the next session included, and what they were made into. */
export interface Stored extends SessionsSince {
  facts: AgentFact[];
}

const SESSIONS_SQL = `
  SELECT agent_id AS agentId, login_session_id AS sessionId
  FROM login_sessions FINAL
  WHERE account_id = {account:String} AND source = {source:String} AND agent_id IN ({agents:Array(String)})`;

/** An agent's sessions in the order of their first facts; of two of one instant the one that began before it ended then. */
function inTime(sessionIds: readonly string[]) {
  return sessionIds
    .map(sessionId => ({ sessionId, ...beginningOf(sessionId) }))
    .sort((a, b) => a.firstMs - b.firstMs || a.beganMs - b.beganMs);
}

/** For each agent, all of one account, the sessions from its moment on. */
export async function sessionsSince(
  engine: Engine,
  source: string,
  moments: readonly AgentMoment[],
): Promise<Map<string, SessionsSince>> {
  const sessions = await engine.query<{ agentId: string; sessionId: string }>(SESSIONS_SQL, {
    account: moments[0]!.accountId,
    source,
    agents: moments.map(({ agentId }) => agentId),
  });
  const byAgent = Map.groupBy(sessions, ({ agentId }) => agentId);
  const since = new Map<string, SessionsSince>();
  for (const { agentId, at, untilMs = END_OF_TIME_MS } of moments) {
    const own = inTime((byAgent.get(agentId) ?? []).map(({ sessionId }) => sessionId));
    // Not one that begins at this very moment: the fact may be the end of the one before.
    const begins = own.findLastIndex(({ firstMs }) => firstMs < at);
    const after = own.findIndex(({ firstMs }) => firstMs > untilMs);
    const next = own[after];
    const kept = own.slice(Math.max(begins, 0), next === undefined ? undefined : after);
    const fromMs = Math.min(at, kept[0]?.firstMs ?? at);
    since.set(agentId, { sessionIds: kept.map(({ sessionId }) => sessionId), fromMs, next });
  }
  return since;
}

/** What a stored document says when it is read again: the account and the time of arrival are those that it came with. */
export function readAgain(
  feed: AgentSource,
  accountId: string,
  { raw, receivedMs }: { raw: string; receivedMs: number },
  context: DecodeContext,
): readonly (AgentFact | Reject)[] {
  const read = feed.reader({ ...context, accountId, isAllowed: () => true, receivedAt: receivedMs });
  return read({ raw, position: 1 });
}

const RAW_SQL = `
  SELECT raw, toUnixTimestamp64Milli(received_at) AS receivedMs
  FROM events FINAL
  WHERE account_id = {account:String} AND source = {source:String} AND raw != ''
    AND (
      login_session_id IN ({sessions:Array(String)})
      OR (
        login_session_id = '' AND agent_id IN ({agents:Array(String)})
        AND at BETWEEN fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
          AND fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
      )
    )`;

/** For each agent, all of one account, what is stored from the session on in which its moment lies. */
export async function readStored(
  engine: Engine,
  feed: AgentSource,
  moments: readonly AgentMoment[],
  context: DecodeContext,
): Promise<Map<string, Stored>> {
  const account = moments[0]!.accountId;
  const since = await sessionsSince(engine, feed.name, moments);
  const stored = new Map([...since].map(([agentId, from]) => [agentId, { ...from, facts: [] as AgentFact[] }]));
  const rows = await engine.query<{ raw: string; receivedMs: number }>(RAW_SQL, {
    account,
    source: feed.name,
    agents: moments.map(({ agentId }) => agentId),
    sessions: [...since.values()].flatMap(({ sessionIds, next }) => [...sessionIds, ...(next ? [next.sessionId] : [])]),
    from_ms: least([...since.values()].map(({ fromMs }) => fromMs)),
    to_ms: greatest([...since.values()].map(({ next }) => next?.firstMs ?? END_OF_TIME_MS)),
  });
  for (const row of rows) {
    for (const fact of readAgain(feed, account, row, context)) {
      if (isReject(fact)) continue;
      const agent = stored.get(fact.agentId);
      if (agent !== undefined && fact.at >= agent.fromMs) agent.facts.push(fact);
    }
  }
  for (const agent of stored.values()) agent.facts = inOrder(feed, agent.facts);
  return stored;
}

const least = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.min(a, b));
const greatest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b));

/** An event that holds a fact may lie before it, but not before its session: the ring before an answer that came first. */
const KEYS_SQL = `
  WITH
    concerned AS (
      SELECT login_session_id, first_at FROM login_sessions
      WHERE account_id = {account:String} AND agent_id IN ({agents:Array(String)})
        AND first_at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
        AND last_at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
    ),
    fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC') AS from_at,
    coalesce((SELECT minOrNull(first_at) FROM concerned), from_at) AS began_at
  SELECT DISTINCT source_event_id AS key
  FROM events
  WHERE account_id = {account:String} AND source = {source:String} AND raw != ''
    AND at BETWEEN least(from_at, began_at) AND fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
    AND (
      login_session_id IN (SELECT login_session_id FROM concerned)
      OR (login_session_id = '' AND agent_id IN ({agents:Array(String)}))
    )`;

/** Those of the agents' facts, all of one account and in order, that are not stored yet. */
export async function notStored(
  engine: Engine,
  feed: AgentSource,
  agents: readonly (readonly AgentFact[])[],
): Promise<AgentFact[][]> {
  const rows = await engine.query<{ key: string }>(KEYS_SQL, {
    account: agents[0]![0]!.accountId,
    source: feed.name,
    agents: agents.map(([first]) => first!.agentId),
    from_ms: least(agents.map(facts => facts[0]!.at)),
    to_ms: greatest(agents.map(facts => facts.at(-1)!.at)),
  });
  const stored = new Set(rows.map(({ key }) => key));
  return agents.map(facts => facts.filter(({ key }) => !stored.has(key))).filter(facts => facts.length > 0);
}
