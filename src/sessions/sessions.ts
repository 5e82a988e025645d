// The fold's SQL with its parameters: which sessions to make of the stored events.
import { readFileSync } from 'node:fs';
import type { Params } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';

/** One SELECT: a row per login session, times in milliseconds. Its parameters come from `foldParams`. */
export const FOLD_SQL = readFileSync(new URL('./fold.sql', import.meta.url), 'utf8').trim();

/**
 * Settings that every statement around the fold needs for its speed; they change no value. Compiling expressions to machine
 * code costs a second or more, at a moment of the engine's choosing, and looking for chains of comparisons costs 80 of 200 ms
 * of planning; neither gains anything measurable.
 */
export const FOLD_SETTINGS = [
  'optimize_aggregation_in_order = 1',
  `max_block_size = ${LIMITS.foldBlockRows}`,
  ...['compile_expressions = 0', 'compile_aggregate_expressions = 0', 'compile_sort_description = 0'],
  'optimize_and_compare_chain = 0',
].join(', ');

/** Sessions whose login lies in [fromMs, toMs]; instants are UTC milliseconds since 1970. */
export interface SessionRange {
  accountIds: readonly string[];
  fromMs: number;
  toMs: number;
  /** Open sessions are counted up to here. */
  nowMs: number;
  /** Silence after which a session without logout has ended. */
  staleAfterMs: number;
  /** Sessions without an event since then are left out; absent: none. */
  seenFromMs?: number;
}

export function foldParams(range: SessionRange): Params {
  return {
    accounts: range.accountIds,
    from_ms: range.fromMs,
    to_ms: range.toMs,
    now_ms: range.nowMs,
    stale_ms: range.staleAfterMs,
    seen_from_ms: range.seenFromMs ?? range.fromMs,
  };
}
