// Reads source files for the tests of the code base: code without comments, and its template literals.
import { readFileSync } from 'node:fs';

/** The code of a file without its comments. */
export function codeOf(path: string): string {
  const text = readFileSync(path, 'utf8');
  return text.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/(^|\s)\/\/ .*$/gm, '');
}

export interface Template {
  /** The code right before the literal. */
  before: string;
  /** The fixed text, with a blank for each inserted expression. */
  text: string;
  inserted: string[];
}

/** All template literals of the code, nested ones included. */
export function templatesOf(code: string): Template[] {
  const templates: Template[] = [];
  for (let at = code.indexOf('`'); at >= 0; at = code.indexOf('`', at)) at = read(at);
  return templates;

  /** Reads the literal that starts at the position; returns the position behind it. */
  function read(start: number): number {
    const template: Template = { before: code.slice(Math.max(0, start - 80), start), text: '', inserted: [] };
    templates.push(template);
    let at = start + 1;
    while (at < code.length && code[at] !== '`') {
      if (code[at] === '\\') at += 2;
      else if (code.startsWith('${', at)) {
        const end = expressionEnd(at + 2);
        template.inserted.push(code.slice(at + 2, end).trim());
        template.text += ' ';
        at = end + 1;
      } else template.text += code[at++];
    }
    return at + 1;
  }

  function expressionEnd(start: number): number {
    let depth = 0;
    for (let at = start; at < code.length; at++) {
      if (code[at] === '`') at = read(at) - 1;
      else if (code[at] === '{') depth++;
      else if (code[at] === '}' && depth-- === 0) return at;
    }
    return code.length;
  }
}
