// Numbers as reports print them and spreadsheets of any country save them, and the same as RingCentral prints them.
import type { Delimiter } from '../tables/delimited.ts';
import { invalid, quote, type Refusal } from '../fields.ts';

export interface PrintedNumber {
  value: number;
  /** As it stood; one with a decimal comma as RingCentral would print it. */
  printed: string;
}

/** `0`, `0.22`, `.22`. */
const PLAIN = /^(?:\d{1,10}|\d{0,10}\.\d\d)$/;
/** Also `1,234.50`. */
const POINT = /^(?:\d{1,3}(?:,\d{3})+|\d{1,10})?(?:\.\d{1,6})?$/;
/** `0,22`, `,22`, `1.234,50`, `1 234,50`; a comma before three digits may be one of thousands. */
const COMMA = /^(?:\d{1,3}(?:[.\s]\d{3})+|\d{1,10})?,(?:\d{1,2}|\d{4,6})$/;
/** Where a semicolon delimits, a comma may be that of decimals, and a point that of thousands. */
const EITHER = /^\d{1,3}[.,]\d{3}$/;
const WHOLE = /^\d{1,10}$/;
const GROUPED = /^\d{1,3}([.,\s])\d{3}(?:\1\d{3})*$/;
const PERCENT_SIGN = /\s*%$/;

/** A number that is not negative; an empty cell is zero, and stays empty. */
export function printedNumber(name: string, cell: string, delimiter: Delimiter): PrintedNumber {
  // Nearly all of a report's numbers.
  if (PLAIN.test(cell)) return { value: Number(cell), printed: cell };
  const text = cell.trim();
  if (delimiter === ';' && EITHER.test(text)) throw eitherWay(name, cell);
  if (POINT.test(text)) return { value: Number(text.replaceAll(',', '')), printed: text && cell };
  if (!COMMA.test(text)) throw invalid(name, `is ${quote(cell)}, expected a number that is not negative`);
  const printed = text.replaceAll(/[.\s]/g, '').replace(',', '.');
  return { value: Number(printed), printed };
}

/** A per cent, with or without its sign. */
export function printedPercent(name: string, cell: string, delimiter: Delimiter): PrintedNumber {
  const text = cell.trim().replace(PERCENT_SIGN, '');
  const { value, printed } = printedNumber(name, text, delimiter);
  return { value, printed: printed === text ? cell : `${printed}%` };
}

/** A count: what groups its digits by three is the sign of thousands, whatever it is. */
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

function eitherWay(name: string, cell: string): Refusal {
  return invalid(name, `is ${quote(cell)}, which may be a thousand times as much, expected two decimals`);
}
