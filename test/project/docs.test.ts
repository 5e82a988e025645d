// Documentation that is made from code is current, and error codes are used and documented in both directions.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ERROR_CODES } from '../../src/errors.ts';

const ROOT = join(import.meta.dirname, '../..');

test('docs/report.md and docs/errors.md are what the code says', () => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/generate-docs.ts'), '--check'], { stdio: 'pipe' });
});

test('every error code is used, and no other', () => {
  const code = globSync('src/**/*.ts', { cwd: ROOT })
    .filter(file => !file.endsWith('errors.ts') || file.includes('api'))
    .map(file => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n');
  const unused = Object.keys(ERROR_CODES).filter(name => !new RegExp(`\\b${name}\\b`).test(code));
  assert.deepEqual(unused, []);
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
