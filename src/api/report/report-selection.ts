// The fields `filters` and `sort` of a report request, which Offhook adds to RingCentral's criteria.
import { type Static, Type } from 'typebox';
import { LIMITS } from '../../limits.ts';
import { OPERATORS, type ReportFilter, type ReportSort } from '../../report/query/selection.ts';
import { nullish } from '../schema/schema.ts';

const ColumnName = Type.String({ maxLength: LIMITS.nameChars, description: 'The key or header of a column.' });
const Value = Type.Union([Type.String({ maxLength: LIMITS.viewQueryChars }), Type.Number()]);

const Filter = Type.Object({
  column: ColumnName,
  operator: Type.Enum([...OPERATORS], {
    description:
      'For text: CONTAINS (case-insensitive), EQUALS, IN, IS_EMPTY, IS_NOT_EMPTY. For counts, minutes and percentages: EQUALS, ' +
      'AT_LEAST, AT_MOST, BETWEEN, compared as they are shown. For dates and times: the same, in the report’s time zone, with ends ' +
      'included at the given precision, and IS_EMPTY, IS_NOT_EMPTY.',
  }),
  value: nullish(Type.Union([Value, Type.Array(Value, { maxItems: LIMITS.reportFilterValues })]), {
    description: 'In the column’s unit. A list for IN, and a list of two values for BETWEEN.',
  }),
});
const Sort = Type.Object({
  column: ColumnName,
  direction: nullish(Type.Enum(['ASC', 'DESC']), { description: 'Default: ASC.' }),
});

export const SELECTION = {
  filters: nullish(Type.Array(Filter, { maxItems: LIMITS.reportFilters }), {
    description: 'An extension of Offhook: only rows that match all filters.',
  }),
  sort: nullish(Type.Array(Sort, { maxItems: LIMITS.reportFilters }), {
    description:
      'An extension of Offhook: sorts by the first column, then by the next ones, then by login time. Text is sorted ' +
      'case-insensitively, numbers in text as numbers, and empty values last.',
  }),
};

type Selection = Static<ReturnType<typeof Type.Object<typeof SELECTION>>>;

/** The filters and sort columns; fields that are empty are left out. */
export function parseSelection({ filters, sort }: Selection): { filters?: ReportFilter[]; sort?: ReportSort[] } {
  return {
    ...(filters?.length && {
      filters: filters.map(({ value, ...filter }) => ({ ...filter, value: value ?? undefined })),
    }),
    ...(sort?.length && {
      sort: sort.map(({ column, direction }) => ({ column, direction: direction ?? 'ASC' })),
    }),
  };
}
