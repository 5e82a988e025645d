// The active column filters, each with a remove button.
import { Button, Group, Pill } from '@mantine/core';
import { endReasonLook } from '../../../parts/looks/end-reason.tsx';
import type { ColumnInfo } from '../columns/column-info.ts';
import type { ChangeReport, Filter, Operator } from '../report-fields.ts';

const OPERATOR_TEXTS: Readonly<Record<Operator, string>> = {
  CONTAINS: 'contains',
  EQUALS: 'is',
  IN: 'is',
  AT_LEAST: '≥',
  AT_MOST: '≤',
  BETWEEN: 'between',
  IS_EMPTY: 'is empty',
  IS_NOT_EMPTY: 'is not empty',
};

interface FilterPillsProps {
  columns: readonly ColumnInfo[];
  filters: readonly Filter[];
  change: ChangeReport;
}

export function FilterPills({ columns, filters, change }: FilterPillsProps) {
  if (filters.length === 0) return null;
  return (
    <Group gap="xs" role="group" aria-label="Filters">
      {filters.map((filter, nth) => (
        <Pill
          key={`${filter.column} ${filter.operator}`}
          size="md"
          withRemoveButton
          removeButtonProps={{
            'aria-label': `Remove the filter ${filterText(columns, filter)}`,
            tabIndex: 0,
            'aria-hidden': false,
          }}
          onRemove={() => change({ filter: filters.filter((_, other) => other !== nth) }, true)}
        >
          {filterText(columns, filter)}
        </Pill>
      ))}
      {filters.length > 1 && (
        <Button variant="subtle" size="compact-xs" onClick={() => change({ filter: [] }, true)}>
          Clear all
        </Button>
      )}
    </Group>
  );
}

function filterText(columns: readonly ColumnInfo[], { column, operator, values }: Filter): string {
  const title = columns.find(({ key }) => key === column)?.title ?? column;
  const shown = values.map(value => (column === 'endReason' ? endReasonLook(value).label : value.replace('T', ' ')));
  return [title, OPERATOR_TEXTS[operator], shown.join(operator === 'BETWEEN' ? ' and ' : ' or ')]
    .filter(Boolean)
    .join(' ');
}
