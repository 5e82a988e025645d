// Reads agents' stored facts again from their events, starting with the session that an instant lies in.
import type { Engine } from '../../engine/engine.ts';
import { type AgentFact, type AgentSource, sessionIdTimes } from '../../sources/agent-source.ts';
import { inOrder } from '../../sources/fact-order.ts';
import { type DecodeContext, isReject, type Reject } from '../../sources/source.ts';
import { END_OF_TIME_MS } from '../events/event-block.ts';

/** One agent from an instant on. */
export type AgentFrom = Pick<AgentFact, 'accountId' | 'agentId' | 'at'> & {
  /** Up to the first session that begins after this instant, in UTC milliseconds since 1970; absent: to the end. */
  untilMs?: number;
};

/** An agent's sessions, starting with the one that an instant lies in. */
export interface SessionsSince {
  sessionIds: string[];
  /** The instant of the first session's first fact, which may state an earlier beginning; UTC milliseconds since 1970. */
  fromMs: number;
  /** The session after them, and the instant of its first fact; undefined: there is none. */
  next?: { sessionId: string; firstMs: number } | undefined;
}

/** An agent's facts from the beginning of a session on, including those of the next session, and their sessions. */
export interface Stored extends SessionsSince {
  facts: AgentFact[];
}

const SESSIONS_SQL = `
  SELECT agent_id AS agentId, login_session_id AS sessionId
  FROM login_sessions FINAL
  WHERE account_id = {account:String} AND source = {source:String} AND agent_id IN ({agents:Array(String)})`;

/** Sessions in the order of their first facts; of two with the same instant, the one that began before it comes first. */
function inTime(sessionIds: readonly string[]) {
  return sessionIds
    .map(sessionId => ({ sessionId, ...sessionIdTimes(sessionId) }))
    .sort((a, b) => a.firstMs - b.firstMs || a.startMs - b.startMs);
}

/** For each agent, all of one account, the sessions from its instant on. */
export async function sessionsSince(
  engine: Engine,
  source: string,
  starts: readonly AgentFrom[],
): Promise<Map<string, SessionsSince>> {
  const sessions = await engine.query<{ agentId: string; sessionId: string }>(SESSIONS_SQL, {
    account: starts[0]!.accountId,
    source,
    agents: starts.map(({ agentId }) => agentId),
  });
  const byAgent = Map.groupBy(sessions, ({ agentId }) => agentId);
  const since = new Map<string, SessionsSince>();
  for (const { agentId, at, untilMs = END_OF_TIME_MS } of starts) {
    const own = inTime((byAgent.get(agentId) ?? []).map(({ sessionId }) => sessionId));
    // Not one that begins at this very instant: the fact may end the session before.
    const begins = own.findLastIndex(({ firstMs }) => firstMs < at);
    const after = own.findIndex(({ firstMs }) => firstMs > untilMs);
    const next = own[after];
    const kept = own.slice(Math.max(begins, 0), next === undefined ? undefined : after);
    const fromMs = Math.min(at, kept[0]?.firstMs ?? at);
    since.set(agentId, { sessionIds: kept.map(({ sessionId }) => sessionId), fromMs, next });
  }
  return since;
}

/** Reads a stored document again, with the account and time of arrival with which it came. */
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

/** For each agent, all of one account, what is stored from the session on that its instant lies in. */
export async function readStored(
  engine: Engine,
  feed: AgentSource,
  starts: readonly AgentFrom[],
  context: DecodeContext,
): Promise<Map<string, Stored>> {
  const account = starts[0]!.accountId;
  const since = await sessionsSince(engine, feed.name, starts);
  const stored = new Map([...since].map(([agentId, from]) => [agentId, { ...from, facts: [] as AgentFact[] }]));
  const rows = await engine.query<{ raw: string; receivedMs: number }>(RAW_SQL, {
    account,
    source: feed.name,
    agents: starts.map(({ agentId }) => agentId),
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

/** A fact's event may lie before the fact, but not before its session: the ring before an answer, if the answer came first. */
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

/** The facts that are not stored yet, of those of some agents of one account, in order. */
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
