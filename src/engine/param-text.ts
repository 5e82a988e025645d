// Parameters of statements as the text that the engine reads.
import type { Param } from './engine.ts';

/** A parameter as text, escaped as in TabSeparated. */
export function paramText(value: Param, isItem = false): string {
  if (Array.isArray(value)) return `[${value.map(item => paramText(item, true)).join(',')}]`;
  if (typeof value !== 'string') return String(typeof value === 'boolean' ? Number(value) : value);
  const escaped = value.replace(/[\\'\0\t\n\r]/g, char => ESCAPES[char] as string);
  return isItem ? `'${escaped}'` : escaped;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\0': '\\0',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};
