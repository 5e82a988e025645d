// What the page shows: as fields of its address, and as criteria of the API.
import { type UrlField, urlFlag } from '../../parts/address/url-state.ts';
import { SELECTION_FIELDS, type StateOf, selectionCriteria } from '../../parts/selection/selection-fields.ts';

const OPERATORS = ['CONTAINS', 'EQUALS', 'IN', 'AT_LEAST', 'AT_MOST', 'BETWEEN', 'IS_EMPTY', 'IS_NOT_EMPTY'] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Filter {
  column: string;
  operator: Operator;
  values: readonly string[];
}

export interface Sort {
  column: string;
  direction: 'ASC' | 'DESC';
}

/** `talkTime.AT_LEAST.20`; values are separated by commas and escaped. */
const urlFilters: UrlField<readonly Filter[]> = {
  read: texts =>
    texts.flatMap(text => {
      const [column = '', name, ...rest] = text.split('.');
      const operator = OPERATORS.find(known => known === name);
      const values = rest.join('.');
      if (operator === undefined) return [];
      return [{ column, operator, values: values === '' ? [] : values.split(',').map(decoded) }];
    }),
  write: filters =>
    filters.map(({ column, operator, values }) =>
      [column, operator, values.map(value => encodeURIComponent(value)).join(',')].join('.'),
    ),
};

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `loginUtilization.desc` */
const urlSort: UrlField<readonly Sort[]> = {
  read: texts =>
    texts.map(text => {
      const [column = '', direction] = text.split('.');
      return { column, direction: direction === 'desc' ? 'DESC' : 'ASC' };
    }),
  write: sort => sort.map(({ column, direction }) => (direction === 'ASC' ? column : `${column}.desc`)),
};

/** Keys in their order, separated by dots; absent: the default columns. */
const urlColumns: UrlField<readonly string[]> = {
  read: ([text]) => (text ? text.split('.') : []),
  write: keys => (keys.length === 0 ? [] : [keys.join('.')]),
};

/** Widths in CSS pixels by column: `team.200`. */
const urlWidths: UrlField<Readonly<Record<string, number>>> = {
  read: texts =>
    Object.fromEntries(
      texts.flatMap(text => {
        const [key = '', width] = text.split('.');
        return Number(width) > 0 ? [[key, Number(width)]] : [];
      }),
    ),
  write: widths => Object.entries(widths).map(([key, width]) => `${key}.${Math.round(width)}`),
};

export const REPORT_FIELDS = {
  ...SELECTION_FIELDS,
  /** One row per agent. */
  rollup: urlFlag(),
  sort: urlSort,
  filter: urlFilters,
  columns: urlColumns,
  width: urlWidths,
};

export type ReportState = StateOf<typeof REPORT_FIELDS>;
export type ChangeReport = (changes: Partial<ReportState>, isStep?: boolean) => void;

/** Criteria of `reportRows` and `reportsStreaming`. */
export type Criteria = ReturnType<typeof criteriaOf>;

export function criteriaOf(state: ReportState, account: { accountId: string; timezone: string }, nowMs: number) {
  return {
    ...selectionCriteria(state, account, nowMs),
    rollupAgent: state.rollup,
    filters: state.filter.map(({ column, operator, values }) => ({
      column,
      operator,
      value: operator === 'IN' || operator === 'BETWEEN' ? [...values] : (values[0] ?? null),
    })),
    sort: [...state.sort],
  };
}
