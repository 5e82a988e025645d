// The choice of days (a preset, two days or a pay period) and of the time zone.
import { Group, Select, TextInput } from '@mantine/core';
import { TIME_ZONES } from '../../format/time-zones.ts';
import type { ChangeSelection, SelectionState } from './selection-fields.ts';
import { PAY_PERIODS, type PayPeriod, PRESETS, type Preset } from './ranges.ts';

const choices = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

interface RangeChoiceProps {
  state: SelectionState;
  change: ChangeSelection;
  /** The account's time zone. */
  timezone: string;
  /** First and last day of the present choice. */
  days: { from: string; to: string };
}

export function RangeChoice({ state, change, timezone, days }: RangeChoiceProps) {
  const isPay = state.range.endsWith('pay-period');
  return (
    <>
      <Select
        label="Days"
        w={{ base: '100%', md: 190 }}
        allowDeselect={false}
        maxDropdownHeight={420}
        data={choices(PRESETS)}
        value={state.range}
        onChange={range => {
          // A custom range starts out as the days shown.
          const ends = range === 'custom' ? days : { from: '', to: '' };
          change({ range: range as Preset, ...ends }, true);
        }}
      />
      {state.range === 'custom' && (
        <Group gap="xs" wrap="nowrap">
          <DayInput label="From" value={days.from} onDay={from => change({ from }, true)} />
          <DayInput label="To" value={days.to} onDay={to => change({ to }, true)} />
        </Group>
      )}
      {isPay && (
        <Group gap="xs" wrap="nowrap">
          <Select
            label="Pay period"
            w={{ base: '100%', md: 150 }}
            allowDeselect={false}
            data={choices(PAY_PERIODS)}
            value={state.payPeriod}
            onChange={payPeriod => change({ payPeriod: payPeriod as PayPeriod }, true)}
          />
          {state.payPeriod !== 'semi-monthly' && (
            <DayInput label="First day of one" value={state.payStart} onDay={payStart => change({ payStart }, true)} />
          )}
        </Group>
      )}
      <Select
        label="Time zone"
        w={{ base: '100%', md: 215 }}
        searchable
        clearable={state.zone !== ''}
        placeholder={timezone}
        limit={60}
        data={TIME_ZONES}
        value={state.zone || null}
        onChange={zone => change({ zone: zone ?? '' }, true)}
        nothingFoundMessage="No matching time zone"
      />
    </>
  );
}

function DayInput({ label, value, onDay }: { label: string; value: string; onDay: (day: string) => void }) {
  return (
    <TextInput
      label={label}
      value={value}
      type="date"
      w={{ base: '100%', md: 150 }}
      onChange={({ currentTarget }) => currentTarget.value !== '' && onDay(currentTarget.value)}
    />
  );
}
