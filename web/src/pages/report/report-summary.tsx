// How many rows the report has, of which days, and as of when.
import { Button, Group, Text, Tooltip } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { formatDay, formatTime } from '../../format/dates.ts';
import { counted, formatCount } from '../../format/numbers.ts';
import { daysIn } from '../../parts/selection/selection-fields.ts';
import type { Criteria } from './report-fields.ts';
import { MOST_ROWS } from './table/report-table.tsx';
import type { useReportRows } from './use-report-rows.ts';

interface ReportSummaryProps {
  report: ReturnType<typeof useReportRows>;
  criteria: Criteria;
  isByAgent: boolean;
}

export function ReportSummary({ report, criteria, isByAgent }: ReportSummaryProps) {
  const { view, isUpdating, refresh } = report;
  const { from, to } = daysIn(criteria);
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" aria-live="polite">
        {view && (
          <>
            <b>{counted(view.rowCount, isByAgent ? 'agent' : 'session')}</b>
            {', '}
          </>
        )}
        {from === to ? formatDay(from) : `${formatDay(from)} – ${formatDay(to)}`}, {criteria.timezoneName}
        {view && view.rowCount > MOST_ROWS && (
          <>. The table shows the first {formatCount(MOST_ROWS)}; totals and downloads include all.</>
        )}
      </Text>
      {view && (
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {isUpdating ? 'Updating…' : `As of ${formatTime(Date.parse(view.asOf), view.timezone)}`}
          </Text>
          <Tooltip label="Load the latest data">
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconRefresh size={14} aria-hidden />}
              loading={isUpdating}
              onClick={refresh}
            >
              Refresh
            </Button>
          </Tooltip>
        </Group>
      )}
    </Group>
  );
}
