// How complete the data of some accounts is: the latest event, and the number of rejected inputs.
import type { Engine } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';

export interface Watermark {
  /** UTC milliseconds since 1970, including ends of imported sessions; undefined: no data yet. */
  latestEventMs: number | undefined;
  /** Rejected inputs of the accounts, and of no account. */
  rejects: number;
}

export async function readWatermark(engine: Engine, accountIds: readonly string[]): Promise<Watermark> {
  const known = knownLatest(engine);
  const key = JSON.stringify(accountIds);
  const read = async (knownMs: number) => {
    const [row] = await engine.query<Latest>(WATERMARK_SQL, { accounts: accountIds, known_ms: knownMs });
    return row as Latest;
  };
  const knownMs = known.get(key) ?? BEFORE_ALL_MS;
  let row = await read(knownMs);
  // The latest event was deleted in the meantime.
  if (row.eventMs < knownMs) row = await read(BEFORE_ALL_MS);
  if (known.size >= LIMITS.rememberedWatermarks) known.clear();
  known.set(key, row.eventMs);
  return { latestEventMs: Math.max(row.eventMs, row.importedMs) || undefined, rejects: row.rejects };
}

interface Latest {
  /** UTC milliseconds; 0: none. */
  eventMs: number;
  importedMs: number;
  rejects: number;
}

/** The latest event that a query has seen, by accounts: only sessions that are as late are read again. */
const knownByEngine = new WeakMap<Engine, Map<string, number>>();

function knownLatest(engine: Engine): Map<string, number> {
  const known = knownByEngine.get(engine) ?? new Map<string, number>();
  knownByEngine.set(engine, known);
  return known;
}

const BEFORE_ALL_MS = Date.UTC(1900, 0, 1);

const WATERMARK_SQL = `
  SELECT
    (
      SELECT toUnixTimestamp64Milli(max(last_at)) FROM login_sessions
      WHERE account_id IN ({accounts:Array(String)}) AND last_at >= fromUnixTimestamp64Milli({known_ms:Int64}, 'UTC')
    ) AS eventMs,
    (SELECT max(end_ms) FROM imported_sessions WHERE account_id IN ({accounts:Array(String)})) AS importedMs,
    (
      SELECT count() FROM rejects FINAL
      WHERE account_id IN ({accounts:Array(String)}) OR account_id = ''
    ) AS rejects`;
