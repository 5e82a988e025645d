// Views of reports for paging: each is computed once, does not change, and is dropped when unused.
import { randomUUID } from 'node:crypto';
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import { planReport, type ReportClock, type ReportCriteria, reportRows } from '../query/criteria.ts';
import { dropViewRows, freezeDirectory, writeViewRows } from './view-rows.ts';
import { readViewTotals, type ViewTotals } from './view-totals.ts';

export interface ReportView extends ViewTotals {
  viewId: string;
  /** When it was computed, UTC milliseconds: open sessions count up to here. */
  asOfMs: number;
}

export interface ReportViews {
  /**
   * Computes a new view. Aborting `signal` cancels it, at the latest after its rows are written.
   * @throws UserError UNKNOWN_TIME_ZONE, INVALID_REQUEST, START_AFTER_END
   */
  make: (username: string, criteria: ReportCriteria, clock: ReportClock, signal: AbortSignal) => Promise<ReportView>;
  /** The view, if it still exists, belongs to the user and has the same criteria. */
  find: (viewId: string, username: string, criteria: ReportCriteria) => ReportView | undefined;
}

interface CachedView {
  view: ReportView;
  username: string;
  /** The criteria and rights that it was computed with. */
  key: string;
}

export function openReportViews(engine: Engine, now: () => number): ReportViews {
  /** By view id, least recently used first. */
  const cached = new Map<string, CachedView & { usedMs: number }>();

  function use(entry: CachedView): void {
    cached.delete(entry.view.viewId);
    cached.set(entry.view.viewId, { ...entry, usedMs: now() });
  }

  /** Drops views unused for too long, and the least recently used ones above the limits. */
  async function evictUnused(username: string): Promise<void> {
    const entries = [...cached.values()];
    const own = entries.filter(entry => entry.username === username);
    const old = new Set([
      ...entries.filter(({ usedMs }) => now() - usedMs > LIMITS.reportViews.keptMs),
      ...own.slice(0, Math.max(0, own.length - LIMITS.reportViews.perUser)),
      ...entries.slice(0, Math.max(0, entries.length - LIMITS.reportViews.inAll)),
    ]);
    for (const { view } of old) cached.delete(view.viewId);
    for (const { view } of old) await dropViewRows(engine, view.viewId);
  }

  /** @returns undefined if cached sessions changed meanwhile, which those that are folded now cannot */
  async function makeOnce(criteria: ReportCriteria, clock: ReportClock, signal: AbortSignal, isFolded: boolean) {
    const viewId = randomUUID();
    let view: ReportView | undefined;
    try {
      const planned = await planReport(engine, reportRows(criteria, clock));
      const rows = await freezeDirectory(engine, viewId, isFolded ? { ...planned, ...FOLDED } : planned);
      // An insert is not cancelled while it runs: that would delay the statements waiting for it.
      signal.throwIfAborted();
      await writeViewRows(engine, rows);
      signal.throwIfAborted();
      const totals = await readViewTotals(engine, rows);
      if (totals !== undefined) view = { viewId, asOfMs: clock.nowMs, ...totals };
      return view;
    } finally {
      if (view === undefined) await dropViewRows(engine, viewId);
    }
  }

  return {
    async make(username, criteria, clock, signal) {
      let view: ReportView | undefined;
      for (let tries = 1; view === undefined; tries++) {
        view = await makeOnce(criteria, clock, signal, tries > LIMITS.reportViews.tries);
      }
      use({ view, username, key: keyOf(criteria) });
      await evictUnused(username);
      return view;
    },
    find(viewId, username, criteria) {
      const entry = cached.get(viewId);
      if (entry?.username !== username || entry.key !== keyOf(criteria)) return undefined;
      use(entry);
      return entry.view;
    },
  };
}

const FOLDED = { source: 'fold' } as const;

const keyOf = (criteria: ReportCriteria): string =>
  JSON.stringify({ ...criteria, visibleGroups: [...criteria.visibleGroups] });
