// The filter of one column: a text, a range of numbers or times, or some end reasons.
import { Button, Checkbox, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { endReasonLook } from '../../../parts/looks/end-reason.tsx';
import type { ColumnInfo } from '../columns/column-info.ts';
import type { ChangeReport, Filter, Operator } from '../report-fields.ts';

interface FilterFormProps {
  info: ColumnInfo;
  filters: readonly Filter[];
  change: ChangeReport;
  close: () => void;
}

const END_REASONS = ['NORMAL', 'OPEN', 'SUPERSEDED', 'STALE'];
const COMPARISONS: { value: Operator; label: string }[] = [
  { value: 'CONTAINS', label: 'contains' },
  { value: 'EQUALS', label: 'is' },
  { value: 'IS_EMPTY', label: 'is empty' },
  { value: 'IS_NOT_EMPTY', label: 'is not empty' },
];

export function FilterForm({ info, filters, change, close }: FilterFormProps) {
  const before = filters.find(({ column }) => column === info.key);
  const [filter, setFilter] = useState<Omit<Filter, 'column'> | undefined>(before);
  const others = filters.filter(({ column }) => column !== info.key);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const isGiven = filter && (filter.operator.startsWith('IS_') || filter.values.some(value => value !== ''));
    change({ filter: isGiven ? [...others, { ...filter, column: info.key }] : others }, true);
    close();
  };
  const clear = () => {
    change({ filter: others }, true);
    close();
  };
  const Fields = info.key === 'endReason' ? EndReasonFields : info.type === 'text' ? TextFields : RangeFields;
  return (
    <form onSubmit={apply}>
      <Stack gap="xs">
        <Fields info={info} filter={filter} setFilter={setFilter} />
        <Group gap="xs" justify="flex-end">
          {before && (
            <Button variant="subtle" size="xs" onClick={clear}>
              Clear
            </Button>
          )}
          <Button type="submit" size="xs">
            Filter
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface FieldsProps {
  info: ColumnInfo;
  filter: Omit<Filter, 'column'> | undefined;
  setFilter: (filter: Omit<Filter, 'column'> | undefined) => void;
}

function TextFields({ info, filter, setFilter }: FieldsProps) {
  const operator = filter?.operator ?? 'CONTAINS';
  const value = filter?.values[0] ?? '';
  const set = (next: Operator, text: string) =>
    setFilter({ operator: next, values: next.startsWith('IS_') ? [] : [text] });
  return (
    <Group gap="xs" wrap="nowrap">
      <Select
        aria-label={`Comparison for ${info.title}`}
        size="xs"
        w={120}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        data={COMPARISONS}
        value={operator}
        onChange={next => set(next as Operator, value)}
      />
      <TextInput
        aria-label={info.title}
        size="xs"
        flex={1}
        data-autofocus
        disabled={operator.startsWith('IS_')}
        value={value}
        onChange={({ currentTarget }) => set(operator, currentTarget.value)}
      />
    </Group>
  );
}

function EndReasonFields({ filter, setFilter }: FieldsProps) {
  return (
    <Checkbox.Group
      label="End reason"
      size="xs"
      value={[...(filter?.values ?? [])]}
      onChange={values => setFilter(values.length === 0 ? undefined : { operator: 'IN', values })}
    >
      <Stack gap={6} mt={6}>
        {END_REASONS.map(reason => (
          <Checkbox key={reason} size="xs" value={reason} label={endReasonLook(reason).label} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

/** From and to, either of which may be empty. */
function RangeFields({ info, filter, setFilter }: FieldsProps) {
  const [from, to] = endsOf(filter);
  const set = (low: string, high: string) => setFilter(rangeFilter(low, high));
  const unit = info.unit === null ? '' : ` (${info.unit})`;
  if (info.type === 'dts') {
    const input = (label: string, value: string, onValue: (text: string) => void) => (
      <TextInput
        label={label}
        value={value}
        type="datetime-local"
        size="xs"
        onChange={({ currentTarget }) => onValue(currentTarget.value)}
      />
    );
    return (
      <Stack gap="xs">
        {input('From', from, text => set(text, to))}
        {input('To', to, text => set(from, text))}
      </Stack>
    );
  }
  const input = (label: string, value: string, onValue: (text: string) => void) => (
    <NumberInput
      label={label + unit}
      value={value}
      size="xs"
      min={0}
      decimalScale={2}
      hideControls
      onChange={number => onValue(String(number))}
    />
  );
  return (
    <Group gap="xs" grow>
      {input('At least', from, text => set(text, to))}
      {input('At most', to, text => set(from, text))}
    </Group>
  );
}

function endsOf(filter: Omit<Filter, 'column'> | undefined): [from: string, to: string] {
  const [first = '', last = first] = filter?.values ?? [];
  if (filter?.operator === 'AT_LEAST') return [first, ''];
  return filter?.operator === 'AT_MOST' ? ['', first] : [first, last];
}

function rangeFilter(from: string, to: string): Omit<Filter, 'column'> | undefined {
  if (from !== '' && to !== '') return { operator: 'BETWEEN', values: [from, to] };
  if (from !== '') return { operator: 'AT_LEAST', values: [from] };
  return to === '' ? undefined : { operator: 'AT_MOST', values: [to] };
}
