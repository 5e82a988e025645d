// Trends: one measure over the days of a range, by team, agent and more, as a chart and as a table that lead to the sessions.
import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { formatDate } from '../../format/dates.ts';
import { useAccount, useAccounts } from '../../parts/account-choice.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../parts/states.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { Sheet } from '../../parts/sheet.tsx';
import { RangeChoice } from '../report/range-choice.tsx';
import { type Criteria, criteriaOf } from '../report/report-fields.ts';
import { todayIn } from '../report/ranges.ts';
import { WhoChoice } from '../report/who-choice.tsx';
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
  const criteria = useMemo(
    () => ({ ...criteriaOf(state, account, openedAtMs), filters: [], sort: [], rollupAgent: false }),
    [state, account, openedAtMs],
  );
  const days = { from: criteria.startTimestamp.slice(0, 10), to: criteria.endTimestamp.slice(0, 10) };
  const { accountId, timezone } = account;
  return (
    <PageFrame title="Trends">
      <Stack gap="md">
        <Choices>
          <TrendChoices state={state} change={change} hasAccounts={hasAccounts} />
          <RangeChoice state={state} change={change} timezone={timezone} days={days} />
          <WhoChoice accountId={accountId} state={state} change={change} hasRollup={false} />
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
  criteria: Criteria;
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
  const today = todayIn(criteria.timezoneName, openedAtMs);
  const { from, to } = days;
  // Days that are still to come have no sessions.
  const last = from <= today && today < to ? today : to;
  const periods = useMemo(() => periodsOf(from, last, period), [from, last, period]);
  const trends = useTrends({ accountId, criteria, measure, period, split, periods });
  const { error, isComplete, hasSessions, lines, all } = trends;
  if (error) return <ErrorState error={error} retry={trends.retry} />;
  if (!isComplete) return <LoadingState label="Adding up the sessions" />;
  if (!hasSessions) {
    return (
      <EmptyState
        title="No session in these days"
        text="Nobody logged in then, or nobody who fits the choice of teams, groups and agents."
        action={<Button onClick={() => change({ range: 'this-month' }, true)}>Show this month</Button>}
      />
    );
  }
  const addressOf = (one: TrendPeriod | undefined, line: TrendLine | undefined) =>
    reportAddress(search, split, one, line);
  return (
    <Stack gap="md">
      <Text size="sm">
        <b>{measure.name}</b>, {dayName(from)}
        {from !== last && ` – ${dayName(last)}`}, {criteria.timezoneName}. A login counts on the day it begins.
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

const dayName = (day: string) => formatDate(Date.parse(`${day}T00:00:00Z`), 'UTC');

/** In a drawer where there is little room. */
function Choices({ children }: { children: ReactNode }) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const isNarrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  if (!isNarrow) {
    return (
      <Group gap="sm" align="flex-end">
        {children}
      </Group>
    );
  }
  const title = 'Measure, days, teams and agents';
  return (
    <>
      <Button variant="default" onClick={open} leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}>
        {title}
      </Button>
      <Sheet title={title} isOpen={isOpen} close={close}>
        <Stack gap="sm">
          {children}
          <Button onClick={close}>Show the trend</Button>
        </Stack>
      </Sheet>
    </>
  );
}
