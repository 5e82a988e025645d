// The report: which days and agents it is about, its rows as a table, and the same rows as a file.
import { Stack, Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useAccount } from '../../parts/account/account-choice.tsx';
import { sessionAddress } from '../../parts/address/session-address.ts';
import { useUrlState } from '../../parts/address/url-state.ts';
import { PageFrame } from '../../parts/frame/page-frame.tsx';
import { Choices } from '../../parts/selection/choices.tsx';
import { RangeChoice } from '../../parts/selection/range-choice.tsx';
import { daysIn } from '../../parts/selection/selection-fields.ts';
import { WhoChoice } from '../../parts/selection/who-choice.tsx';
import { defaultColumns, useColumns } from './columns/column-info.ts';
import { ColumnsChoice } from './columns/columns-choice.tsx';
import { DownloadMenu } from './downloads/download-menu.tsx';
import { FilterPills } from './filters/filter-pills.tsx';
import { ReportContent } from './report-content.tsx';
import { type ChangeReport, criteriaOf, REPORT_FIELDS, type ReportState } from './report-fields.ts';
import classes from './report-page.module.css';
import { ReportSummary } from './report-summary.tsx';
import { ReportTable } from './table/report-table.tsx';
import { type ReportRow, useReportRows } from './use-report-rows.ts';
import { SavedViewsMenu } from './views/saved-views-menu.tsx';

export default function ReportPage() {
  const account = useAccount();
  const { accountId } = account;
  const columns = useColumns();
  const [state, change] = useUrlState(REPORT_FIELDS) as [ReportState, ChangeReport];
  const [, navigate] = useLocation();
  const [pages, setPages] = useState<readonly number[]>([0]);
  const [openedAtMs] = useState(Date.now);
  const criteria = useMemo(() => criteriaOf(state, account, openedAtMs), [state, account, openedAtMs]);
  const report = useReportRows(accountId, criteria, pages);
  const known = state.columns.filter(key => columns.some(column => column.key === key));
  const shown = known.length > 0 ? known : defaultColumns(columns);

  function open(row: ReportRow, key: string | undefined): void {
    if (row.loginSessionId === '') {
      // The row of an agent leads to the agent's sessions.
      change({ agent: [row.agentId], rollup: false, sort: [], filter: [] }, true);
      return;
    }
    navigate(`${sessionAddress(row)}${key === undefined ? '' : `?why=${key}`}`);
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
        <Choices title="Days, teams and agents" done="Show the report">
          <RangeChoice state={state} change={change} timezone={account.timezone} days={daysIn(criteria)} />
          <WhoChoice accountId={accountId} state={state} change={change} />
          <Switch
            label="One row per agent"
            checked={state.rollup}
            onChange={({ currentTarget }) => change({ rollup: currentTarget.checked }, true)}
            mb={8}
          />
        </Choices>
        <FilterPills columns={columns} change={change} filters={state.filter} />
        <ReportSummary report={report} criteria={criteria} isByAgent={state.rollup} />
        <ReportContent
          report={report}
          isFiltered={isFiltered(state)}
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

const isFiltered = ({ filter, team, group, agent }: ReportState) =>
  [filter, team, group, agent].some(choice => choice.length > 0);
