// Events that take the place of others: some sessions hold the new ones afterwards and no others, also after a crash in between.
import { randomUUID } from 'node:crypto';
import type { Engine } from '../../engine/engine.ts';
import type { AgentEvent } from '../../events/agent-event.ts';
import { EVENT_COLUMNS, eventBlock } from './event-block.ts';
import { withChangeLock } from '../../engine/lock.ts';

/** An agent's events outside of sessions, from a moment on to another one that is not included. UTC milliseconds since 1970. */
export interface Outside {
  agentId: string;
  fromMs: number;
  toMs: number;
}

/** What is made anew: whole sessions of one feed, and agents' events outside of sessions. */
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

/** Each step may run again after a crash. */
const APPLY_NEW_SQL = `
  INSERT INTO events (${COLUMNS})
  SELECT ${COLUMNS} FROM replacements WHERE batch = {batch:String} AND is_stale = 0`;
const REMOVE_STALE_SQL = `
  DELETE FROM events WHERE (${KEY}) IN (
    SELECT ${KEY} FROM replacements WHERE batch = {batch:String} AND is_stale = 1
  )`;
const TOUCHED_SQL = `(
  SELECT account_id, login_session_id FROM replacements WHERE batch = {batch:String} AND login_session_id != ''
)`;
/** Written again as they are, so that what is known of their sessions is made from what is left: a minimum cannot be taken back. */
const REMEMBER_SESSIONS_SQL = `
  INSERT INTO events (${COLUMNS})
  SELECT ${COLUMNS} FROM events FINAL WHERE (account_id, login_session_id) IN ${TOUCHED_SQL}`;
/** Also a session that has no event left is folded again: its row goes. */
const MARK_SESSIONS_SQL = `
  INSERT INTO unfolded_sessions
  SELECT account_id, login_session_id, rand64() FROM ${TOUCHED_SQL} GROUP BY account_id, login_session_id`;
const FORGET_SESSIONS_SQL = `DELETE FROM login_sessions WHERE (account_id, login_session_id) IN ${TOUCHED_SQL}`;

/**
 * Resolved when it is durable. Readers may see both the new and the old for a moment.
 * @returns how many events came and went
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
    await engine.insert('replacement_batches', ['batch'], Buffer.from(`${batch}\n`));
    return apply(engine, batch);
  });
}

/**
 * What is known of sessions made anew from the events that are left of them: a minimum cannot be taken back.
 * @returns when it is durable; readers may miss the sessions for a moment
 */
export function relearnSessions(
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

/** Does what a crash left undone, and forgets what was not ready: nobody was told that it is stored. */
export function finishReplacements(engine: Engine): Promise<void> {
  // What another process has staged is not left behind: it is at it.
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
    await engine.command(MARK_SESSIONS_SQL, { batch });
    await engine.command(REMOVE_STALE_SQL, { batch });
    await engine.command(FORGET_SESSIONS_SQL, { batch });
    await engine.command(REMEMBER_SESSIONS_SQL, { batch });
  }
  await engine.command('DELETE FROM replacement_batches WHERE batch = {batch:String}', { batch });
  await engine.command('DELETE FROM replacements WHERE batch = {batch:String}', { batch });
  return { added, removed };
}
