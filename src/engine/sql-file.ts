// A file of SQL into a statement: parts of our own stand where the double braces are.
import { readFileSync } from 'node:fs';

/** The file's statement with its double braces open, for those that are filled at each use: the file is read once. */
export function sqlText(file: URL): string {
  return readFileSync(file, 'utf8').trim();
}

/** @param parts texts of the project's own SQL, never values */
export function readSql(file: URL, parts: Readonly<Record<string, string>> = {}): string {
  return fillSql(sqlText(file), parts);
}

/** @throws Error when the text asks for a part that is not given */
export function fillSql(text: string, parts: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`the statement has no part «${name}»`);
    return part;
  });
}
