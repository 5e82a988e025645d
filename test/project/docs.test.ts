// Documentation that is generated from code is current, and every error code is used and documented.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { ERROR_CODES } from '../../src/errors.ts';
import { codeOf } from './source-code.ts';

const ROOT = join(import.meta.dirname, '../..');

test('docs/report.md, docs/errors.md and docs/api.md are up to date', () => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/generate-docs.ts'), '--check'], { stdio: 'pipe' });
});

test('every error code is used in the code, not only in comments and tests', () => {
  const code = globSync('src/**/*.ts', { cwd: ROOT })
    .filter(file => !file.endsWith('.test.ts'))
    .map(file => codeOf(join(ROOT, file)))
    .join('\n');
  const uses = code.matchAll(/\bnew UserError\(\s*'([A-Z_]+)'|\bERROR_CODES\.([A-Z_]+)/g);
  const used = new Set([...uses].map(([, thrown, named]) => thrown ?? named));
  assert.deepEqual(
    Object.keys(ERROR_CODES).filter(name => !used.has(name)),
    [],
  );
});

test('docs/errors.md has every error code, and no other', () => {
  const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');
  const documented = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
  assert.deepEqual(documented, Object.keys(ERROR_CODES));
});

test('the commands that the README names exist', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name as string);
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  assert.deepEqual(
    named.filter(name => !(name in scripts)),
    [],
  );
});

test('the files and links that documents name exist', () => {
  const wrong = globSync(['*.md', 'docs/**/*.md', 'deploy/**/*.md', '.github/**/*.md'], { cwd: ROOT }).flatMap(page => {
    const text = readFileSync(join(ROOT, page), 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, path]) =>
      join(ROOT, dirname(page), path as string),
    );
    const files = [...text.matchAll(/`((?:src|test|web|scripts|docs|deploy|bench|examples)\/[\w./{},-]+)`/g)].flatMap(
      ([, path]) => alternatives(path as string).map(each => join(ROOT, each)),
    );
    return [...links, ...files].filter(path => !existsSync(path)).map(path => `${page}: ${relative(ROOT, path)}`);
  });
  assert.deepEqual(wrong, []);
});

/** `src/{a,b}/c.ts`: both paths. */
function alternatives(path: string): string[] {
  const [, before, inside, after] = /^(.*?)\{([^}]*)\}(.*)$/.exec(path) ?? [];
  if (inside === undefined) return [path];
  return inside.split(',').flatMap(one => alternatives(`${before}${one}${after}`));
}
