// Changes of the columns that a report is sorted by.
import type { Sort } from '../report-fields.ts';

export const sortDirection = (sort: readonly Sort[], key: string): Sort['direction'] | undefined =>
  sort.find(({ column }) => column === key)?.direction;

/** Ascending, descending, not at all; `isMore` keeps the columns that it is sorted by before. */
export function toggledSort(sort: readonly Sort[], key: string, isMore: boolean): Sort[] {
  const direction = sortDirection(sort, key);
  const others = isMore ? sort.filter(({ column }) => column !== key) : [];
  if (direction === 'DESC') return others;
  return [...others, { column: key, direction: direction === 'ASC' ? 'DESC' : 'ASC' }];
}
