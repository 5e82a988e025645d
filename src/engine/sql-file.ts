// Statements in SQL files, with parts filled in where they have double braces.
import { readFileSync } from 'node:fs';

/** The file's statement with its double braces, to be filled at each use. */
export function sqlText(file: URL): string {
  return readFileSync(file, 'utf8').trim();
}

/** @param parts SQL of the project itself, never values */
export function readSql(file: URL, parts: Readonly<Record<string, string>> = {}): string {
  return fillSql(sqlText(file), parts);
}

/** @throws Error for a part that is not given */
export function fillSql(text: string, parts: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`the statement has no part «${name}»`);
    return part;
  });
}
