// Reports that people page through: each is made once, stays as it was, and is forgotten when nobody reads it.
import { randomUUID } from 'node:crypto';
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import { planReport, type ReportClock, type ReportCriteria, reportRows } from '../query/criteria.ts';
import { dropViewRows, readViewTotals, type ViewTotals, writeViewRows } from './view-rows.ts';

export interface ReportView extends ViewTotals {
  viewId: string;
  /** When it was made, UTC milliseconds: open sessions are counted up to here. */
  asOfMs: number;
}

export interface ReportViews {
  /**
   * A new view. Aborting `signal` gives it up, at the latest when its rows are written.
   * @throws UserError UNKNOWN_TIME_ZONE, INVALID_REQUEST, START_AFTER_END
   */
  make: (username: string, criteria: ReportCriteria, clock: ReportClock, signal: AbortSignal) => Promise<ReportView>;
  /** The view, if it is still there, is the user's and was made by the same criteria. */
  find: (viewId: string, username: string, criteria: ReportCriteria) => ReportView | undefined;
}

interface Kept {
  view: ReportView;
  username: string;
  /** The criteria and rights that it was made by. */
  key: string;
}

export function openReportViews(engine: Engine, now: () => number): ReportViews {
  /** In the order of their last use, which it is kept by for some time. */
  const kept = new Map<string, Kept & { usedMs: number }>();

  function use(entry: Kept): void {
    kept.delete(entry.view.viewId);
    kept.set(entry.view.viewId, { ...entry, usedMs: now() });
  }

  /** Those that nobody has read for long, and the longest unread ones above the limits. */
  async function forgetOld(username: string): Promise<void> {
    const entries = [...kept.values()];
    const own = entries.filter(entry => entry.username === username);
    const old = new Set([
      ...entries.filter(({ usedMs }) => now() - usedMs > LIMITS.reportViews.keptMs),
      ...own.slice(0, Math.max(0, own.length - LIMITS.reportViews.perUser)),
      ...entries.slice(0, Math.max(0, entries.length - LIMITS.reportViews.inAll)),
    ]);
    for (const { view } of old) kept.delete(view.viewId);
    for (const { view } of old) await dropViewRows(engine, view.viewId);
  }

  return {
    async make(username, criteria, clock, signal) {
      const viewId = randomUUID();
      const rows = await planReport(engine, reportRows(criteria, clock));
      try {
        // Stopping an insert in the middle would hold up those that wait for their turn.
        signal.throwIfAborted();
        await writeViewRows(engine, viewId, rows);
        signal.throwIfAborted();
        const view = { viewId, asOfMs: clock.nowMs, ...(await readViewTotals(engine, viewId)) };
        use({ view, username, key: keyOf(criteria) });
        await forgetOld(username);
        return view;
      } catch (error) {
        await dropViewRows(engine, viewId);
        throw error;
      }
    },
    find(viewId, username, criteria) {
      const entry = kept.get(viewId);
      if (entry?.username !== username || entry.key !== keyOf(criteria)) return undefined;
      use(entry);
      return entry.view;
    },
  };
}

const keyOf = (criteria: ReportCriteria): string =>
  JSON.stringify({ ...criteria, visibleGroups: [...criteria.visibleGroups] });
