// The glossary speaks of code that exists.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');

/** Names in the last column of the glossary's tables. */
function glossaryNames(): string[] {
  const rows = readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8')
    .split('\n')
    .filter(line => line.startsWith('|'));
  return rows.flatMap(row =>
    [...(row.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name as string),
  );
}

test('every name in the glossary is in the code', () => {
  const code = globSync('src/**/*.{ts,sql}', { cwd: ROOT })
    .map(file => readFileSync(join(ROOT, file), 'utf8').replace(/^\s*(?:\/\/|--|\*|\/\*).*$/gm, ''))
    .join('\n');
  const words = new Set(code.match(/\w+/g));
  const names = glossaryNames();
  assert.ok(names.length > 40);
  assert.deepEqual(
    names.filter(name => !words.has(name)),
    [],
  );
});
