// The guard against formulas in CSV: an apostrophe before each text that a spreadsheet would run, and its removal.

/** A text that a spreadsheet would run as a formula. Phone numbers such as +1 (650) 555 are none. */
const FORMULA = String.raw`^(?:[=@\t\r]|[+-][0-9 ().*#xX/-]*[^0-9 ().*#xX/-])`;
const FORMULA_TEXT = new RegExp(FORMULA);

const literal = FORMULA.replaceAll('\\', '\\\\');

/** An SQL expression of the guarded text. A guarded text stays as it is: imported reports have cells that are guarded already. */
export const guardedSql = (text: string) => `replaceRegexpOne(${text}, '${literal}', '\\'\\\\0')`;

/** The same in TypeScript. */
export const guarded = (text: string): string => (FORMULA_TEXT.test(text) ? `'${text}` : text);

/** The text before it was guarded; a text that had the apostrophe of its own loses it. */
export const unguarded = (text: string): string =>
  text.startsWith("'") && FORMULA_TEXT.test(text.slice(1)) ? text.slice(1) : text;
