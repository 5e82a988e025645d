// The measures of a login session, each once: the fold makes them, the tables store them, exports give some, reports sum them up.
import type { BaseState } from '../../events/agent-event.ts';

interface Measure {
  /** Name of the fold’s column, and of the tables’ columns. */
  name: string;
  unit: 'ms' | 'count';
  /** Exports of other systems give it: it is a column of `imported_sessions`, too. Others are computed from those. */
  isImported: boolean;
  /** It is the time in these base states. */
  states?: readonly BaseState[];
}

/**
 * A new measure also needs: its expression in `fold.sql`, a migration that adds the column to `session_cache` (and, if exports give
 * it, to `imported_sessions`), its parts in `sessions/explain/values.ts`, and an expression in `imported.sql` unless exports give it
 * as a count or it is the time in some states. A test and the type checker name what is missing.
 */
export const MEASURES = [
  { name: 'login_time_ms', unit: 'ms', isImported: true },
  { name: 'available_ms', unit: 'ms', isImported: true, states: ['AVAILABLE'] },
  { name: 'ring_ms', unit: 'ms', isImported: true, states: ['TRANSITION'] },
  { name: 'engaged_ms', unit: 'ms', isImported: true, states: ['ENGAGED'] },
  { name: 'wrap_ms', unit: 'ms', isImported: false, states: ['WORKING'] },
  { name: 'monitoring_ms', unit: 'ms', isImported: false, states: ['MONITORING'] },
  {
    name: 'work_ms',
    unit: 'ms',
    isImported: true,
    states: ['AVAILABLE', 'TRANSITION', 'ENGAGED', 'WORKING', 'MONITORING'],
  },
  { name: 'break_ms', unit: 'ms', isImported: true, states: ['ON_BREAK'] },
  { name: 'away_ms', unit: 'ms', isImported: true, states: ['AWAY', 'AUX_OFFHOOK', 'AUX_NO_OFFHOOK'] },
  { name: 'lunch_ms', unit: 'ms', isImported: true, states: ['LUNCH'] },
  { name: 'training_ms', unit: 'ms', isImported: true, states: ['TRAINING'] },
  { name: 'rna_ms', unit: 'ms', isImported: true, states: ['RNA'] },
  { name: 'unaccounted_ms', unit: 'ms', isImported: false },
  { name: 'pending_disposition_ms', unit: 'ms', isImported: true },
  { name: 'talk_ms', unit: 'ms', isImported: true },
  { name: 'hold_ms', unit: 'ms', isImported: true },
  { name: 'off_hook_ms', unit: 'ms', isImported: true },
  { name: 'rounded_off_hook_ms', unit: 'ms', isImported: true },
  { name: 'presented', unit: 'count', isImported: true },
  { name: 'accepted', unit: 'count', isImported: true },
  { name: 'ring_no_answers', unit: 'count', isImported: true },
  { name: 'offers_withdrawn', unit: 'count', isImported: false },
  { name: 'manual_no_connects', unit: 'count', isImported: true },
  { name: 'transfers', unit: 'count', isImported: true },
  { name: 'holds', unit: 'count', isImported: true },
  { name: 'monitoring_sessions', unit: 'count', isImported: true },
] as const satisfies readonly Measure[];

type Listed = (typeof MEASURES)[number];
type Imported<Unit> = Extract<Listed, { isImported: true; unit: Unit }>['name'];

export type MeasureName = Listed['name'];
/** Milliseconds that an export gives. */
export type ImportedTime = Imported<'ms'>;
/** Counts that an export gives. */
export type ImportedCount = Imported<'count'>;

const importedIn = (unit: Measure['unit']) =>
  MEASURES.filter(measure => measure.isImported && measure.unit === unit).map(({ name }) => name);

export const MEASURE_NAMES: readonly MeasureName[] = MEASURES.map(({ name }) => name);
export const IMPORTED_TIMES = importedIn('ms') as readonly ImportedTime[];
export const IMPORTED_COUNTS = importedIn('count') as readonly ImportedCount[];

/** Measures that are the time in some base states, with those. */
export const STATE_TIMES: readonly (Measure & { states: readonly BaseState[] })[] = MEASURES.filter(
  measure => 'states' in measure,
);
