// The report's table, or why there is none: still loading, an error, no rows.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { EmptyState, ErrorState, LoadingState } from '../../parts/frame/states.tsx';
import type { ChangeReport } from './report-fields.ts';
import type { useReportRows } from './use-report-rows.ts';

interface ReportContentProps {
  report: ReturnType<typeof useReportRows>;
  table: ReactNode;
  isNarrowed: boolean;
  change: ChangeReport;
}

export function ReportContent({ report, table, isNarrowed: hasFilters, change }: ReportContentProps) {
  const { view, error, refresh } = report;
  if (error) return <ErrorState error={error} retry={refresh} />;
  if (view === undefined) return <LoadingState label="Making the report" />;
  if (view.rowCount > 0) return table;
  if (hasFilters) {
    const clear = () => change({ filter: [], team: [], group: [], agent: [] }, true);
    return (
      <EmptyState
        title="No session fits the filters"
        text="There may be some in these days without them."
        action={<Button onClick={clear}>Clear the filters</Button>}
      />
    );
  }
  return (
    <EmptyState
      title="No session in these days"
      text="Nobody has logged in then, or the events have not arrived. Choose other days, or see under Data quality what is missing."
      action={<Button onClick={() => change({ range: 'this-month' }, true)}>Show this month</Button>}
    />
  );
}
