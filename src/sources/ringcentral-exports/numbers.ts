// Reads numbers as reports print them or spreadsheets of any country save them, and prints them as RingCentral does.
import { invalid, quote, type Refusal } from '../fields.ts';
import type { Delimiter } from '../tables/delimited.ts';

export interface PrintedNumber {
  value: number;
  /** The cell's text; if it has a decimal comma, as RingCentral would print the number. */
  printed: string;
}

/** `0`, `0.22`, `.22`. */
const PLAIN = /^(?:\d{1,10}|\d{0,10}\.\d\d)$/;
/** Also `1,234.50`. */
const POINT = /^(?:\d{1,3}(?:,\d{3})+|\d{1,10})?(?:\.\d{1,6})?$/;
/** `0,22`, `,22`, `1.234,50`, `1 234,50`. Not three decimals, since that comma may be a thousands separator. */
const COMMA = /^(?:\d{1,3}(?:[.\s]\d{3})+|\d{1,10})?,(?:\d{1,2}|\d{4,6})$/;
/** `1.234` or `1,234`, ambiguous in a file with semicolons, where a comma may be decimal and a point may separate thousands. */
const AMBIGUOUS = /^\d{1,3}[.,]\d{3}$/;
const WHOLE = /^\d{1,10}$/;
const GROUPED = /^\d{1,3}([.,\s])\d{3}(?:\1\d{3})*$/;
const PERCENT_SIGN = /\s*%$/;

/** A non-negative number. An empty cell has the value zero and is printed empty. */
export function printedNumber(name: string, cell: string, delimiter: Delimiter): PrintedNumber {
  // The fast path for nearly all numbers of a report.
  if (PLAIN.test(cell)) return { value: Number(cell), printed: cell };
  const text = cell.trim();
  if (delimiter === ';' && AMBIGUOUS.test(text)) throw ambiguous(name, cell);
  if (POINT.test(text)) return { value: Number(text.replaceAll(',', '')), printed: text && cell };
  if (!COMMA.test(text)) throw invalid(name, `is ${quote(cell)}, expected a number of 0 or more`);
  const printed = text.replaceAll(/[.\s]/g, '').replace(',', '.');
  return { value: Number(printed), printed };
}

/** A percentage, with or without a percent sign. */
export function printedPercent(name: string, cell: string, delimiter: Delimiter): PrintedNumber {
  const text = cell.trim().replace(PERCENT_SIGN, '');
  const { value, printed } = printedNumber(name, text, delimiter);
  return { value, printed: printed === text ? cell : `${printed}%` };
}

/** A whole number. Any character that groups its digits by three is a thousands separator. */
export function printedCount(name: string, cell: string, delimiter: Delimiter): PrintedNumber {
  if (WHOLE.test(cell)) return { value: Number(cell), printed: cell };
  const text = cell.trim();
  if (GROUPED.test(text)) {
    const digits = text.replaceAll(/\D/g, '');
    return { value: Number(digits), printed: text.includes(',') ? cell : digits };
  }
  const number = printedNumber(name, cell, delimiter);
  if (!Number.isInteger(number.value)) throw invalid(name, `is ${quote(cell)}, expected a whole number`);
  return number;
}

function ambiguous(name: string, cell: string): Refusal {
  return invalid(name, `is ${quote(cell)}, which is ambiguous (thousands or decimals), expected two decimals`);
}
