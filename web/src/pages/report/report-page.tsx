// The report: whom and which days it is about, its rows as a table, and the same rows as a file.
import { Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconRefresh } from '@tabler/icons-react';
import { Suspense, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { formatDate, formatTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { useAccount } from '../../parts/account-choice.tsx';
import { LazySheet } from '../../parts/dialogs.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../parts/states.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { shownByItself, useColumns } from './column-info.ts';
import { ColumnsChoice } from './columns-choice.tsx';
import { DownloadMenu } from './download-menu.tsx';
import { FilterPills } from './filter-pills.tsx';
import { RangeChoice } from './range-choice.tsx';
import { criteriaOf, REPORT_FIELDS, type ReportState } from './report-fields.ts';
import classes from './report-page.module.css';
import { MOST_ROWS, ReportTable } from './report-table.tsx';
import { SavedViewsMenu } from './saved-views-menu.tsx';
import { type ReportRow, useReportRows } from './use-report-rows.ts';
import { WhoChoice } from './who-choice.tsx';

export default function ReportPage() {
  const account = useAccount();
  const { accountId } = account;
  const columns = useColumns();
  const [state, change] = useUrlState(REPORT_FIELDS) as [ReportState, Parameters<typeof RangeChoice>[0]['change']];
  const [, navigate] = useLocation();
  const [pages, setPages] = useState<readonly number[]>([0]);
  const [openedAtMs] = useState(Date.now);
  const criteria = useMemo(() => criteriaOf(state, account, openedAtMs), [state, account, openedAtMs]);
  const report = useReportRows(accountId, criteria, pages);
  const known = state.columns.filter(key => columns.some(column => column.key === key));
  const shown = known.length > 0 ? known : shownByItself(columns);

  function open(row: ReportRow, key: string | undefined): void {
    if (row.loginSessionId === '') {
      // The row of an agent: their sessions.
      change({ agent: [row.agentId], rollup: false, sort: [], filter: [] }, true);
      return;
    }
    const path = [row.accountId, row.loginSessionId].map(encodeURIComponent).join('/');
    navigate(`/session/${path}${key === undefined ? '' : `?why=${key}`}`);
  }

  return (
    <PageFrame
      title="Report"
      actions={
        <>
          <SavedViewsMenu accountId={accountId} />
          <ColumnsChoice columns={columns} shown={shown} change={change} />
          <DownloadMenu accountId={accountId} criteria={criteria} isDisabled={!report.view} />
        </>
      }
    >
      <Stack gap="sm" className={classes.page}>
        <Choices>
          <RangeChoice
            state={state}
            change={change}
            timezone={account.timezone}
            days={{ from: criteria.startTimestamp.slice(0, 10), to: criteria.endTimestamp.slice(0, 10) }}
          />
          <WhoChoice accountId={accountId} state={state} change={change} />
        </Choices>
        <FilterPills columns={columns} change={change} filters={state.filter} />
        <Summary report={report} criteria={criteria} isByAgent={state.rollup} />
        <Content
          report={report}
          isNarrowed={isNarrowed(state)}
          change={change}
          table={
            <ReportTable
              accountId={accountId}
              criteria={criteria}
              columns={columns}
              shown={shown}
              state={state}
              change={change}
              report={report}
              open={open}
              onPages={setPages}
            />
          }
        />
      </Stack>
    </PageFrame>
  );
}

const isNarrowed = ({ filter, team, group, agent }: ReportState) =>
  [filter, team, group, agent].some(choice => choice.length > 0);

/** In a drawer where there is little room. */
function Choices({ children }: { children: React.ReactNode }) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const isNarrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  if (!isNarrow) {
    return (
      <Group gap="sm" align="flex-end">
        {children}
      </Group>
    );
  }
  return (
    <>
      <Button variant="default" onClick={open} leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}>
        Days, teams and agents
      </Button>
      <Suspense>
        <LazySheet title="Days, teams and agents" isOpen={isOpen} close={close}>
          <Stack gap="sm">
            {children}
            <Button onClick={close}>Show the report</Button>
          </Stack>
        </LazySheet>
      </Suspense>
    </>
  );
}

interface SummaryProps {
  report: ReturnType<typeof useReportRows>;
  criteria: ReturnType<typeof criteriaOf>;
  isByAgent: boolean;
}

/** How many rows of which days, and as of when. */
function Summary({ report, criteria, isByAgent }: SummaryProps) {
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

interface ContentProps {
  report: ReturnType<typeof useReportRows>;
  table: React.ReactNode;
  isNarrowed: boolean;
  change: (changes: Partial<ReportState>, isStep?: boolean) => void;
}

function Content({ report, table, isNarrowed: hasFilters, change }: ContentProps) {
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
