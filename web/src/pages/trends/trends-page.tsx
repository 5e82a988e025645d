// Trends: one measure over a range, split by team, agent and more; chart and table link to the sessions.
import { Button, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { formatDay } from '../../format/dates.ts';
import { dayIn } from '../../format/days.ts';
import { useAccount, useAccounts } from '../../parts/account/account-choice.tsx';
import { useUrlState } from '../../parts/address/url-state.ts';
import { PageFrame } from '../../parts/frame/page-frame.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../parts/frame/states.tsx';
import { Choices } from '../../parts/selection/choices.tsx';
import { RangeChoice } from '../../parts/selection/range-choice.tsx';
import { daysIn, type SelectionCriteria, selectionCriteria } from '../../parts/selection/selection-fields.ts';
import { WhoChoice } from '../../parts/selection/who-choice.tsx';
import { reportAddress } from './drill-down.ts';
import { measureNamed } from './measures.ts';
import { periodsOf, type TrendPeriod } from './periods.ts';
import { TrendChart } from './trend-chart.tsx';
import { TrendChoices } from './trend-choices.tsx';
import { type ChangeTrend, TREND_FIELDS, type TrendState } from './trend-fields.ts';
import { TrendTable } from './trend-table.tsx';
import { type TrendLine, useTrends } from './use-trends.ts';

export default function TrendsPage() {
  const account = useAccount();
  const hasAccounts = useAccounts().length > 1;
  const [state, change] = useUrlState(TREND_FIELDS) as [TrendState, ChangeTrend];
  const [openedAtMs] = useState(Date.now);
  const criteria = useMemo(() => selectionCriteria(state, account, openedAtMs), [state, account, openedAtMs]);
  const days = daysIn(criteria);
  const { accountId, timezone } = account;
  return (
    <PageFrame title="Trends">
      <Stack gap="md">
        <Choices title="Measure, days, teams and agents" done="Show the trend">
          <TrendChoices state={state} change={change} hasAccounts={hasAccounts} />
          <RangeChoice state={state} change={change} timezone={timezone} days={days} />
          <WhoChoice accountId={accountId} state={state} change={change} />
        </Choices>
        <Content
          accountId={accountId}
          criteria={criteria}
          state={state}
          days={days}
          change={change}
          openedAtMs={openedAtMs}
        />
      </Stack>
    </PageFrame>
  );
}

interface ContentProps {
  accountId: string;
  criteria: SelectionCriteria;
  state: TrendState;
  days: { from: string; to: string };
  change: ChangeTrend;
  openedAtMs: number;
}

function Content({ accountId, criteria, state, days, change, openedAtMs }: ContentProps) {
  const { per: period, by: split } = state;
  const [search] = useSearchParams();
  const [, go] = useLocation();
  const measure = measureNamed(state.measure);
  const today = dayIn(criteria.timezoneName, openedAtMs);
  const { from, to } = days;
  // Future days have no sessions.
  const last = from <= today && today < to ? today : to;
  const periods = useMemo(() => periodsOf(from, last, period), [from, last, period]);
  const trends = useTrends({ accountId, criteria, measure, period, split, periods });
  const { error, isComplete, hasSessions, lines, all } = trends;
  if (error) return <ErrorState error={error} retry={trends.retry} />;
  if (!isComplete) return <LoadingState label="Loading the trend" />;
  if (!hasSessions) {
    return (
      <EmptyState
        title="No sessions on these days"
        text="Nobody logged in, or none of the chosen teams, groups and agents did. Choose other days or fewer filters."
        action={<Button onClick={() => change({ range: 'this-month' }, true)}>Show this month</Button>}
      />
    );
  }
  const addressOf = (one: TrendPeriod | undefined, line: TrendLine | undefined) =>
    reportAddress(search, split, one, line);
  return (
    <Stack gap="md">
      <Text size="sm">
        <b>{measure.name}</b>, {formatDay(from)}
        {from !== last && ` – ${formatDay(last)}`}, {criteria.timezoneName}. A login counts on the day it starts.
      </Text>
      <TrendChart
        lines={lines}
        periods={periods}
        period={period}
        measure={measure}
        open={(one, line) => go(addressOf(one, line))}
      />
      <TrendTable lines={lines} all={all} periods={periods} period={period} measure={measure} addressOf={addressOf} />
    </Stack>
  );
}
