// How many rows of which days the report has, and as of when.
import { Button, Group, Text, Tooltip } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { formatDate, formatTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
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
  const day = (timestamp: string) => formatDate(Date.parse(`${timestamp.slice(0, 10)}T00:00:00Z`), 'UTC');
  const [from, to] = [day(criteria.startTimestamp), day(criteria.endTimestamp)];
  const thing = isByAgent ? 'agent' : 'session';
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" aria-live="polite">
        {view && (
          <>
            <b>
              {formatCount(view.rowCount)} {view.rowCount === 1 ? thing : `${thing}s`}
            </b>
            {', '}
          </>
        )}
        {from === to ? from : `${from} – ${to}`}, {criteria.timezoneName}
        {view && view.rowCount > MOST_ROWS && (
          <>. The table shows the first {formatCount(MOST_ROWS)}; totals and downloads have all.</>
        )}
      </Text>
      {view && (
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {isUpdating ? 'Updating' : `As of ${formatTime(Date.parse(view.asOf), view.timezone)}`}
          </Text>
          <Tooltip label="Read the report again">
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
