// Columns computed from others: the operands of each.
import type { Column } from '../columns/columns.ts';
import { ALL_COLUMNS } from '../columns/extra-columns.ts';
import type { SessionRow } from './read-row.ts';

export type Sign = '+' | '-' | '/';

/** Unit of an operand without a column. */
type FieldUnit = 'MS' | 'COUNT' | 'INSTANT';

interface Field {
  field: string;
  label: string;
  unit: FieldUnit;
}

interface Term {
  sign: Sign;
  /** Another column, or a field of the fold with a label for people. */
  from: { columnKey: string } | Field;
}

const plus = (columnKey: string): Term => ({ sign: '+', from: { columnKey } });
const minus = (columnKey: string): Term => ({ sign: '-', from: { columnKey } });
const by = (columnKey: string): Term => ({ sign: '/', from: { columnKey } });
const field = (sign: Sign, name: string, label: string, unit: FieldUnit): Term => ({
  sign,
  from: { field: name, label, unit },
});

/** By column key. A sum has any number of terms; a ratio or an average has two, and the second is the divisor. */
const FORMULAS: Readonly<Record<string, readonly Term[]>> = {
  presented: [plus('accepted'), plus('rna'), field('+', 'offers_withdrawn', 'Offers withdrawn before either', 'COUNT')],
  callsXferedPercent: [plus('dispXfers'), by('accepted')],
  talkTime: [plus('engagedTime'), minus('timeOnHold')],
  avgTalkTime: [plus('talkTime'), by('accepted')],
  loginTime: [field('+', 'end_ms', 'End', 'INSTANT'), field('-', 'login_ms', 'Login', 'INSTANT')],
  loginUtilization: [plus('talkTime'), by('loginTime')],
  offHookUtilization: [plus('talkTime'), by('offHookTime')],
  offHookToLogin: [plus('offHookTime'), by('loginTime')],
  workTime: [
    plus('availableTime'),
    plus('ringTime'),
    plus('engagedTime'),
    field('+', 'wrap_ms', 'After-call work', 'MS'),
    field('+', 'monitoring_ms', 'Monitoring', 'MS'),
  ],
  avgPendingDispTime: [plus('pendingDispTime'), by('accepted')],
  unaccountedTime: [
    plus('loginTime'),
    minus('workTime'),
    minus('breakTime'),
    minus('awayTime'),
    minus('lunchTime'),
    minus('trainingTime'),
    minus('rnaTime'),
  ],
};

export interface Operand {
  sign: Sign;
  /** Empty if it is not a column. */
  columnKey: string;
  label: string;
  unit: FieldUnit;
  /** Milliseconds (since 1970, for an instant) or a count. */
  amount: number;
}

/** The column and its operands. */
export function columnsFor(column: Column): Column[] {
  const named = (FORMULAS[column.key] ?? []).flatMap(({ from }) => ('field' in from ? [] : [from.columnKey]));
  return ALL_COLUMNS.filter(({ key }) => key === column.key || named.includes(key));
}

export function operandsOf(key: string, row: SessionRow): Operand[] {
  return (FORMULAS[key] ?? []).map(({ sign, from }) => {
    if ('field' in from) {
      const { label, unit } = from;
      return { sign, columnKey: '', label, unit, amount: row.fields[from.field] ?? 0 };
    }
    const { columnKey } = from;
    const column = ALL_COLUMNS.find(({ key }) => key === columnKey);
    const unit = column?.type === 'count' ? 'COUNT' : 'MS';
    const amount = Number(row.exact[columnKey]);
    return { sign, columnKey, label: column?.header ?? columnKey, unit, amount };
  });
}

/** The result of a sum; for a ratio or an average hundredths, rounded half up, and zero for a division by zero. */
export function resultOf(operands: readonly Operand[], unit: 'PERCENT' | 'MINUTES' | 'SUM'): number {
  if (unit === 'SUM') {
    return operands.reduce((sum, { sign, amount }) => (sign === '-' ? sum - amount : sum + amount), 0);
  }
  const [part, whole] = operands.map(({ amount }) => BigInt(amount)) as [bigint, bigint];
  // A minute has 60,000 ms, so a hundredth of one has 600; a per cent has a hundred hundredths.
  const [above, below] = unit === 'PERCENT' ? [10_000n * part, whole] : [part, 600n * whole];
  return below === 0n ? 0 : Number((2n * above + below) / (2n * below));
}
