// A file of SQL into a statement: parts of our own stand where the double braces are.
import { readFileSync } from 'node:fs';

/** @param parts texts of the project's own SQL, never values */
export function readSql(file: URL, parts: Readonly<Record<string, string>> = {}): string {
  return fillSql(readFileSync(file, 'utf8').trim(), parts);
}

/** @throws Error when the text asks for a part that is not given */
export function fillSql(text: string, parts: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`the statement has no part «${name}»`);
    return part;
  });
}
