// The rows of a report in pages: the first page creates a view on the server, the others load as they scroll into view.
import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answerOf, api } from '../../api/client.ts';
import type { Criteria } from './report-fields.ts';

export const PAGE_ROWS = 100;

export interface ReportRow {
  accountId: string;
  loginSessionId: string;
  agentId: string;
  endReason: string;
  origin: string;
  values: Readonly<Record<string, unknown>>;
}

interface RowsPage {
  viewId: string;
  asOf: string;
  timezone: string;
  rowCount: number;
  totals: Readonly<Record<string, unknown>>;
  rows: readonly ReportRow[];
}

const readPage = (
  accountId: string,
  reportCriteria: Criteria,
  offset: number,
  viewId: string | null,
  signal: AbortSignal,
): Promise<RowsPage> =>
  answerOf(
    api.POST('/api/v1/admin/accounts/{accountId}/reportRows', {
      params: { path: { accountId } },
      body: { reportCriteria, offset, limit: PAGE_ROWS, viewId },
      signal,
    }),
  ) as Promise<RowsPage>;

/** @param pages numbers of the pages in view, from 0 */
export function useReportRows(accountId: string, criteria: Criteria, pages: readonly number[]) {
  const client = useQueryClient();
  const firstKey = ['reportRows', accountId, criteria];
  const first = useQuery({
    queryKey: firstKey,
    queryFn: ({ signal }) => readPage(accountId, criteria, 0, null, signal),
    placeholderData: keepPreviousData,
    // A view does not change while it is read: it reloads on request.
    staleTime: 5 * 60_000,
    gcTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
  const viewId = first.data?.viewId ?? '';
  const others = pages.filter(page => page > 0 && viewId !== '' && !first.isPlaceholderData);
  const results = useQueries({
    queries: others.map(page => ({
      queryKey: ['reportRows', accountId, criteria, viewId, page],
      queryFn: ({ signal }: { signal: AbortSignal }) => readPage(accountId, criteria, page * PAGE_ROWS, viewId, signal),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 60_000,
    })),
  });
  // The server keeps a view for a while only. Once it has created another one, all pages come from that.
  const isNewView = results.some(({ data }) => data !== undefined && data.viewId !== viewId);
  useEffect(() => {
    if (isNewView) client.invalidateQueries({ queryKey: firstKey, exact: true });
  });
  const byPage = new Map<number, readonly ReportRow[]>(
    others.map((page, nth) => [page, results[nth]?.data?.rows ?? []]),
  );
  byPage.set(0, first.data?.rows ?? []);
  return {
    view: first.data,
    error: first.error ?? results.find(({ error }) => error)?.error ?? null,
    isUpdating: first.isFetching,
    refresh: () => client.invalidateQueries({ queryKey: firstKey, exact: true }),
    rowAt: (index: number): ReportRow | undefined => byPage.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS],
  };
}
