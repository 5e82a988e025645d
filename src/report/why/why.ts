// Why a column of a session has its value: formula, operands, and the parts that add up to it.
import type { Engine } from '../../engine/engine.ts';
import { type Part, totalOf } from '../../sessions/explain/parts.ts';
import type { SessionFacts } from '../../sessions/explain/session-facts.ts';
import { EXPLAINED, type ExplainedField, explainField } from '../../sessions/explain/values.ts';
import { readHistory, type StoredEntry } from '../../directory/agents/agent-entries.ts';
import type { Column } from '../columns/columns.ts';
import { type Operand, operandsOf, resultOf } from './operands.ts';
import { ALL_COLUMNS } from '../columns/extra-columns.ts';
import type { Exact, SessionRow } from './read-row.ts';
import { boundParts, textParts } from './texts.ts';

/** Unit of amounts, value and total; hundredths of a minute or of a per cent for quotients. */
export const UNITS = ['MS', 'COUNT', 'MINUTE_HUNDREDTHS', 'PERCENT_HUNDREDTHS', 'TEXT', 'INSTANT', 'LABELS'] as const;
export type Unit = (typeof UNITS)[number];

export interface Why {
  column: Column;
  /** As the report prints it. */
  printed: string;
  /** The fold's exact value. */
  value: Exact;
  unit: Unit;
  operands: Operand[];
  parts: Part[];
  /** The sum of the parts, or the quotient of the operands. */
  total: Exact;
  /** Whether the total equals the value. */
  isExact: boolean;
}

export const columnNamed = (key: string): Column | undefined => ALL_COLUMNS.find(column => column.key === key);

export function unitOf({ type, per }: Column): Unit {
  if (type === 'percent') return 'PERCENT_HUNDREDTHS';
  if (type === 'minutes') return per === undefined ? 'MS' : 'MINUTE_HUNDREDTHS';
  return ({ text: 'TEXT', dts: 'INSTANT', count: 'COUNT', labels: 'LABELS' } as const)[type];
}

/** @param session undefined if the session is imported */
export async function whyColumn(
  engine: Engine,
  column: Column,
  row: SessionRow,
  session: SessionFacts | undefined,
): Promise<Why> {
  const value = row.exact[column.key] ?? null;
  const base = { column, printed: row.printed[column.key] ?? '', value, unit: unitOf(column) };
  if (row.isImported || session === undefined) {
    return { ...base, operands: [], parts: [exportPart(base.printed, value)], total: value, isExact: true };
  }
  const history = column.type === 'text' ? await readHistory(engine, session.accountId, row.agentId) : [];
  return { ...base, ...explanation(column, row, session, history) };
}

/** Computes the value again from the session's events, and compares it with the fold's. */
export function explanation(
  column: Column,
  row: SessionRow,
  session: SessionFacts,
  history: readonly StoredEntry[],
): Pick<Why, 'operands' | 'parts' | 'total' | 'isExact'> {
  const value = row.exact[column.key] ?? null;
  const operands = operandsOf(column.key, row);
  if (column.per !== undefined) {
    const total = resultOf(operands, column.type === 'percent' ? 'PERCENT' : 'MINUTES');
    return { operands, parts: [], total, isExact: total === value };
  }
  const parts = partsOf(column, session, history);
  const total = totalIn(unitOf(column), parts);
  const isSum = operands.length === 0 || resultOf(operands, 'SUM') === value;
  return { operands, parts, total, isExact: isSum && isSame(total, value) };
}

function partsOf({ key, sql }: Column, session: SessionFacts, history: readonly StoredEntry[]): Part[] {
  return (
    textParts(key, session, history) ??
    boundParts(key, session) ??
    (sql in EXPLAINED ? explainField(session, sql as ExplainedField) : [])
  );
}

function totalIn(unit: Unit, parts: readonly Part[]): Exact {
  if (unit === 'TEXT') return parts[0]?.text ?? '';
  if (unit === 'INSTANT') return parts[0]?.fromMs ?? null;
  if (unit !== 'LABELS') return totalOf(parts);
  const byLabel = Map.groupBy(parts, ({ label }) => label);
  return Object.fromEntries([...byLabel].map(([label, own]) => [label, totalOf(own)]));
}

function isSame(total: Exact, value: Exact): boolean {
  if (typeof total !== 'object' || total === null || typeof value !== 'object' || value === null) {
    return total === value;
  }
  const labels = new Set([...Object.keys(total), ...Object.keys(value)]);
  return [...labels].every(label => total[label] === value[label]);
}

function exportPart(printed: string, value: Exact): Part {
  return {
    kind: 'EXPORT',
    amount: typeof value === 'number' ? value : null,
    text: printed,
    fromMs: null,
    toMs: null,
    label: '',
    baseState: '',
    callId: '',
    openedBy: '',
    closedBy: '',
    note: 'As in the imported export; there are no events to compute it from.',
  };
}
