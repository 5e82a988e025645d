// The columns that a report is sorted by, and how a click on a header changes them.
import type { Sort } from '../report-fields.ts';

export const sortDirection = (sort: readonly Sort[], key: string): Sort['direction'] | undefined =>
  sort.find(({ column }) => column === key)?.direction;

/** Cycles through ascending, descending and unsorted; `isAdded` keeps the sort by other columns. */
export function toggledSort(sort: readonly Sort[], key: string, isAdded: boolean): Sort[] {
  const direction = sortDirection(sort, key);
  const others = isAdded ? sort.filter(({ column }) => column !== key) : [];
  if (direction === 'DESC') return others;
  return [...others, { column: key, direction: direction === 'ASC' ? 'DESC' : 'ASC' }];
}
