// Filters and sort columns of a report's request, as Offhook's own fields of its criteria.
import { type Static, Type } from 'typebox';
import { LIMITS } from '../../limits.ts';
import { OPERATORS, type ReportFilter, type ReportSort } from '../../report/query/selection.ts';
import { absent } from '../schema/schema.ts';

const ColumnName = Type.String({ maxLength: LIMITS.nameChars, description: 'Key or header of a column.' });
const Value = Type.Union([Type.String({ maxLength: LIMITS.viewQueryChars }), Type.Number()]);

const Filter = Type.Object({
  column: ColumnName,
  operator: Type.Enum([...OPERATORS], {
    description:
      'Texts: CONTAINS (whatever the case), EQUALS, IN, IS_EMPTY, IS_NOT_EMPTY. Counts, minutes and per cents: EQUALS, AT_LEAST, ' +
      'AT_MOST, BETWEEN, as they are shown. Dates and times: the same, in the report’s time zone, ends included at the precision ' +
      'given; and IS_EMPTY, IS_NOT_EMPTY.',
  }),
  value: absent(Type.Union([Value, Type.Array(Value, { maxItems: LIMITS.reportFilterValues })]), {
    description: 'In the column’s unit; a list for IN, and of two for BETWEEN.',
  }),
});
const Sort = Type.Object({
  column: ColumnName,
  direction: absent(Type.Enum(['ASC', 'DESC']), { description: 'ASC if absent.' }),
});

export const SELECTION = {
  filters: absent(Type.Array(Filter, { maxItems: LIMITS.reportFilters }), {
    description: 'Offhook’s own: only rows for which each filter holds.',
  }),
  sort: absent(Type.Array(Sort, { maxItems: LIMITS.reportFilters }), {
    description:
      'Offhook’s own: the first column decides before the next, and all before the time of login. Texts without regard to case, ' +
      'numbers in texts as numbers, nothing last.',
  }),
};

type Asked = Static<ReturnType<typeof Type.Object<typeof SELECTION>>>;

/** What is asked for; nothing where there is none. */
export function selectionAsked({ filters, sort }: Asked): { filters?: ReportFilter[]; sort?: ReportSort[] } {
  return {
    ...(filters?.length && {
      filters: filters.map(({ value, ...filter }) => ({ ...filter, value: value ?? undefined })),
    }),
    ...(sort?.length && {
      sort: sort.map(({ column, direction }) => ({ column, direction: direction ?? 'ASC' })),
    }),
  };
}
