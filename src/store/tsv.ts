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
  return NEEDS_ESCAPE.test(text) ? text.replace(/[\\\t\n\r\0\b\f]/g, char => ESCAPES[char] as string) : text;
}

/**
 * An instant in UTC milliseconds, 1970 to 2286, as the decimal seconds that the engine reads for DateTime64(3). Padded to
 * ten digits: it takes fewer for the beginning of a calendar date.
 */
export function tsvInstant(ms: number): string {
  const digits = String(ms).padStart(13, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}

/** One row from texts, numbers and lists of texts. */
export function tsvRow(values: readonly (string | number | readonly string[])[]): string {
  return `${values.map(tsvValue).join('\t')}\n`;
}

function tsvValue(value: string | number | readonly string[]): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return tsvText(value);
  return `[${value.map(item => `'${tsvText(item).replaceAll("'", "\\'")}'`).join(',')}]`;
}
