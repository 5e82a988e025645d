// The report's table, or why there is none: still loading, an error, no rows.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { EmptyState, ErrorState, LoadingState } from '../../parts/frame/states.tsx';
import type { ChangeReport } from './report-fields.ts';
import type { useReportRows } from './use-report-rows.ts';

interface ReportContentProps {
  report: ReturnType<typeof useReportRows>;
  table: ReactNode;
  isFiltered: boolean;
  change: ChangeReport;
}

export function ReportContent({ report, table, isFiltered, change }: ReportContentProps) {
  const { view, error, refresh } = report;
  if (error) return <ErrorState error={error} retry={refresh} />;
  if (view === undefined) return <LoadingState label="Loading the report" />;
  if (view.rowCount > 0) return table;
  if (isFiltered) {
    const clear = () => change({ filter: [], team: [], group: [], agent: [] }, true);
    return (
      <EmptyState
        title="No sessions match the filters"
        text="Clear the filters to see all sessions of these days."
        action={<Button onClick={clear}>Clear the filters</Button>}
      />
    );
  }
  return (
    <EmptyState
      title="No sessions on these days"
      text="Nobody logged in, or the events have not arrived. Choose other days, or check Data quality for missing events."
      action={<Button onClick={() => change({ range: 'this-month' }, true)}>Show this month</Button>}
    />
  );
}
