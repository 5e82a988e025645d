// Replaces events: afterwards the sessions hold the new events and no others, even after a crash in between.
import { randomUUID } from 'node:crypto';
import type { Engine } from '../../engine/engine.ts';
import type { AgentEvent } from '../../events/agent-event.ts';
import { EVENT_COLUMNS, eventBlock } from './event-block.ts';
import { withChangeLock } from '../../engine/lock.ts';

/** An agent's events outside of sessions, from one instant up to but excluding another, in UTC milliseconds since 1970. */
export interface Outside {
  agentId: string;
  fromMs: number;
  toMs: number;
}

/** What is replaced: whole sessions of one feed, and agents' events outside of sessions. */
export interface Replaced {
  accountId: string;
  source: string;
  sessionIds: readonly string[];
  outside: readonly Outside[];
}

const COLUMNS = [...EVENT_COLUMNS, 'event_id'].join(', ');
const KEY = 'account_id, login_session_id, at, order_in_instant, event_id';

const STAGE_STALE_SQL = `
  INSERT INTO replacements (${COLUMNS}, batch, is_stale)
  SELECT ${COLUMNS}, {batch:String}, 1
  FROM events FINAL
  WHERE account_id = {account:String} AND source = {source:String}
    AND (
      login_session_id IN ({sessions:Array(String)})
      OR (
        login_session_id = '' AND agent_id IN ({agents:Array(String)})
        AND arrayExists(
          (agent, from, to) -> agent = agent_id AND toUnixTimestamp64Milli(at) >= from AND toUnixTimestamp64Milli(at) < to,
          {agents:Array(String)}, {froms:Array(Int64)}, {tos:Array(Int64)}
        )
      )
    )
    AND (${KEY}) NOT IN (SELECT ${KEY} FROM replacements WHERE batch = {batch:String} AND is_stale = 0)`;

/** Each step can be repeated after a crash. */
const APPLY_NEW_SQL = `
  INSERT INTO events (${COLUMNS})
  SELECT ${COLUMNS} FROM replacements WHERE batch = {batch:String} AND is_stale = 0`;
const REMOVE_STALE_SQL = `
  DELETE FROM events WHERE (${KEY}) IN (
    SELECT ${KEY} FROM replacements WHERE batch = {batch:String} AND is_stale = 1
  )`;
const REPLACED_SESSIONS_SQL = `(
  SELECT account_id, login_session_id FROM replacements WHERE batch = {batch:String} AND login_session_id != ''
)`;
/** Inserts the remaining events again, from which the view rebuilds the rows of their sessions: a minimum cannot be undone. */
const REBUILD_SESSIONS_SQL = `
  INSERT INTO events (${COLUMNS})
  SELECT ${COLUMNS} FROM events FINAL WHERE (account_id, login_session_id) IN ${REPLACED_SESSIONS_SQL}`;
/** A session that has no event left is folded again, too: its cached row goes. */
const MARK_DIRTY_SQL = `
  INSERT INTO dirty_sessions
  SELECT account_id, login_session_id, rand64() FROM ${REPLACED_SESSIONS_SQL} GROUP BY account_id, login_session_id`;
const DELETE_SESSIONS_SQL = `DELETE FROM login_sessions WHERE (account_id, login_session_id) IN ${REPLACED_SESSIONS_SQL}`;

/**
 * Resolved when it is durable. Until then, readers may see old and new events together.
 * @returns how many events were added and removed
 */
export function replaceEvents(
  engine: Engine,
  { accountId, source, sessionIds, outside }: Replaced,
  events: readonly AgentEvent[],
): Promise<{ added: number; removed: number }> {
  return withChangeLock(engine, async () => {
    const batch = randomUUID();
    if (events.length > 0) await engine.insertBlock('replacements', eventBlock(events, { batch }));
    await engine.command(STAGE_STALE_SQL, {
      batch,
      account: accountId,
      source,
      sessions: sessionIds,
      agents: outside.map(({ agentId }) => agentId),
      froms: outside.map(({ fromMs }) => fromMs),
      tos: outside.map(({ toMs }) => toMs),
    });
    await engine.insert('replacement_batches', [{ batch }]);
    return apply(engine, batch);
  });
}

/**
 * Rebuilds the rows of sessions from the events that are left of them, since a minimum cannot be undone. Resolved when it is
 * durable; until then, readers may miss the sessions.
 */
export function rebuildSessions(
  engine: Engine,
  sessions: readonly { accountId: string; sessionId: string }[],
): Promise<void> {
  const params = {
    accounts: sessions.map(({ accountId }) => accountId),
    sessions: sessions.map(({ sessionId }) => sessionId),
  };
  return withChangeLock(engine, async () => {
    await engine.command(`DELETE FROM login_sessions WHERE ${NAMED}`, params);
    await engine.command(`INSERT INTO events (${COLUMNS}) SELECT ${COLUMNS} FROM events FINAL WHERE ${NAMED}`, params);
  });
}

const NAMED = `(account_id, login_session_id) IN (arrayZip({accounts:Array(String)}, {sessions:Array(String)}))`;

/** Completes replacements that a crash interrupted, and discards those that were not staged completely, hence not acknowledged. */
export function finishReplacements(engine: Engine): Promise<void> {
  // Under the lock, so that what another process is staging is not taken for left over.
  return withChangeLock(engine, () => finish(engine));
}

async function finish(engine: Engine): Promise<void> {
  const ready = await engine.query<{ batch: string }>('SELECT batch FROM replacement_batches');
  for (const { batch } of ready) await apply(engine, batch);
  const [left] = await engine.query<{ rows: number }>('SELECT count() AS rows FROM replacements');
  if (left?.rows) await engine.command('TRUNCATE TABLE replacements');
}

async function apply(engine: Engine, batch: string): Promise<{ added: number; removed: number }> {
  const [counts] = await engine.query<{ added: number; removed: number }>(
    `SELECT countIf(is_stale = 0) AS added, countIf(is_stale = 1) AS removed
     FROM replacements WHERE batch = {batch:String}`,
    { batch },
  );
  const { added, removed } = counts ?? { added: 0, removed: 0 };
  if (added > 0) await engine.command(APPLY_NEW_SQL, { batch });
  if (removed > 0) {
    await engine.command(MARK_DIRTY_SQL, { batch });
    await engine.command(REMOVE_STALE_SQL, { batch });
    await engine.command(DELETE_SESSIONS_SQL, { batch });
    await engine.command(REBUILD_SESSIONS_SQL, { batch });
  }
  await engine.command('DELETE FROM replacement_batches WHERE batch = {batch:String}', { batch });
  await engine.command('DELETE FROM replacements WHERE batch = {batch:String}', { batch });
  return { added, removed };
}
