// The choice of measure, points and lines.
import { Select } from '@mantine/core';
import { MEASURE_GROUPS } from './measures.ts';
import { type ChangeTrend, PERIODS, type Period, SPLITS, type Split, type TrendState } from './trend-fields.ts';

const choices = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

const MEASURES = MEASURE_GROUPS.map(({ group, measures }) => ({
  group,
  items: measures.map(({ key, name }) => ({ value: key, label: name })),
}));

interface TrendChoicesProps {
  state: TrendState;
  change: ChangeTrend;
  hasAccounts: boolean;
}

export function TrendChoices({ state, change, hasAccounts }: TrendChoicesProps) {
  const { account, ...withinAccount } = SPLITS;
  return (
    <>
      <Select
        label="Measure"
        w={240}
        searchable
        allowDeselect={false}
        maxDropdownHeight={420}
        data={MEASURES}
        value={state.measure}
        onChange={measure => measure && change({ measure }, true)}
      />
      <Select
        label="Points"
        w={160}
        allowDeselect={false}
        data={choices(PERIODS)}
        value={state.per}
        onChange={per => change({ per: per as Period }, true)}
      />
      <Select
        label="Lines"
        w={150}
        allowDeselect={false}
        data={choices(hasAccounts ? SPLITS : withinAccount)}
        value={state.by}
        onChange={by => change({ by: by as Split }, true)}
      />
    </>
  );
}
