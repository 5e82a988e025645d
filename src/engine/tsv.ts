// Values into TabSeparated text, the form in which every row reaches the engine.

const NEEDS_ESCAPE = /[\\\t\n\r\0\b\f]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
  '\b': '\\b',
  '\f': '\\f',
};

/** One text field, escaped as the engine reads it. */
export function tsvText(text: string): string {
  return text !== '' && NEEDS_ESCAPE.test(text)
    ? text.replace(/[\\\t\n\r\0\b\f]/g, char => ESCAPES[char] as string)
    : text;
}

/**
 * An instant in UTC milliseconds, 1970 to 2286, as the decimal seconds that the engine reads for DateTime64(3). Padded to
 * ten digits: it takes fewer for the beginning of a calendar date.
 */
export function tsvInstant(ms: number): string {
  const digits = String(ms).padStart(13, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}

/** A value of a row; nested lists and tuples are written as the engine reads them inside a field. */
export type TsvValue = string | number | readonly TsvValue[] | { tuple: readonly TsvValue[] };

/** One row from texts, numbers, lists and tuples; null is a field without a value. */
export function tsvRow(values: readonly (TsvValue | null)[]): string {
  return `${values.map(field).join('\t')}\n`;
}

function field(value: TsvValue | null): string {
  if (value === null) return '\\N';
  return typeof value === 'string' ? tsvText(value) : nested(value);
}

function nested(value: TsvValue): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return `'${tsvText(value).replaceAll("'", "\\'")}'`;
  if ('tuple' in value) return `(${value.tuple.map(nested).join(',')})`;
  return `[${value.map(nested).join(',')}]`;
}
