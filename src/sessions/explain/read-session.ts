// Reads a session's stored events, its bounds, and the raw input of single events.
import { readFileSync } from 'node:fs';
import type { Engine, Params } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import { boundsOf, type SessionClock } from './bounds.ts';
import type { NextLogin, SessionEvent, SessionFacts } from './session-facts.ts';

const sql = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8').trim();
const EVENTS_SQL = sql('./events.sql');
const NEXT_LOGIN_SQL = sql('./next-login.sql');

type Row = Omit<SessionEvent, 'at' | 'pendingDisposition'> & { atMs: number; flag: number };

/** Undefined if the session has no events. */
export async function readSession(
  engine: Engine,
  accountId: string,
  loginSessionId: string,
  clock: SessionClock,
): Promise<SessionFacts | undefined> {
  const session = { account: accountId, session: loginSessionId };
  const rows = await engine.query<Row>(EVENTS_SQL, { ...session, max_rows: LIMITS.sessionEvents + 1 });
  if (rows.length === 0) return undefined;
  const events = rows.slice(0, LIMITS.sessionEvents).map(eventOf);
  const nextLogin = await readNextLogin(engine, { ...session, stale_ms: clock.staleAfterMs });
  return {
    accountId,
    loginSessionId,
    events,
    isTruncated: rows.length > events.length,
    ...boundsOf(events, nextLogin, clock),
  };
}

function eventOf({ atMs, flag, ...row }: Row): SessionEvent {
  return { ...row, at: atMs, pendingDisposition: flag === 2 ? null : flag === 1 };
}

async function readNextLogin(engine: Engine, params: Params): Promise<NextLogin | undefined> {
  const [next] = await engine.query<NextLogin>(NEXT_LOGIN_SQL, params);
  return next;
}

/** The raw input of an event. */
export interface RawInput {
  raw: string;
  source: string;
  /** UTC milliseconds since 1970. */
  receivedMs: number;
}

const EVENT_ID = /^(\d{1,15})-(\d{1,2})-([0-9a-f]{16})$/;
const RAW_SQL = `
  SELECT raw, source, toUnixTimestamp64Milli(received_at) AS receivedMs
  FROM events FINAL
  WHERE account_id = {account:String} AND login_session_id = {session:String}
    AND at = fromUnixTimestamp64Milli({at_ms:Int64}, 'UTC') AND order_in_instant = {order:UInt8}
    AND lower(hex(event_id)) = {hash:String}`;

/** Undefined if the session has no such event. */
export async function readRaw(
  engine: Engine,
  accountId: string,
  loginSessionId: string,
  eventId: string,
): Promise<RawInput | undefined> {
  const [, atMs, order, hash] = EVENT_ID.exec(eventId) ?? [];
  if (atMs === undefined || order === undefined || hash === undefined) return undefined;
  const event = { at_ms: Number(atMs), order: Number(order), hash };
  const [input] = await engine.query<RawInput>(RAW_SQL, {
    account: accountId,
    session: loginSessionId,
    ...event,
  });
  return input;
}
