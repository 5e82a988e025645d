// The rules of the code base as tests: one way of the data, a first line that says what a file does.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const SRC = join(import.meta.dirname, '../src');

/** A folder (or file) imports only from itself and from those before it; the first two belong to all. */
const ORDER = [
  'errors.ts',
  'limits.ts',
  'events',
  'sources',
  'engine',
  'store',
  'sessions',
  'report',
  'quality',
  'simulate',
  'access',
  'pipeline.ts',
  'api',
  'cli',
  'main.ts',
];

const files = globSync('**/*.ts', { cwd: SRC }).sort();
const sourceFiles = files.filter(file => !file.endsWith('.test.ts'));
const rank = (file: string) => ORDER.indexOf(file.split('/')[0] as string);

function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(/(?:from |import |import\()'(\.[^']+)'/g)].map(([, path]) =>
    relative(SRC, join(SRC, dirname(file), path as string)),
  );
}

test('every file has its place in the order', () => {
  assert.deepEqual(
    files.filter(file => rank(file) < 0),
    [],
  );
});

test('imports point one way', () => {
  const wrong = sourceFiles.flatMap(file =>
    importsOf(file)
      .filter(imported => rank(imported) > rank(file))
      .map(imported => `${file} imports ${imported}`),
  );
  assert.deepEqual(wrong, []);
});

test('a feed knows no other feed, and does no I/O', () => {
  const wrong = sourceFiles
    .filter(file => /^sources\/\w+\//.test(file))
    .filter(file => {
      const other = importsOf(file).some(path => /^sources\/\w+\//.test(path) && dirname(path) !== dirname(file));
      return other || /from 'node:(fs|net|http|child_process)/.test(readFileSync(join(SRC, file), 'utf8'));
    });
  assert.deepEqual(wrong, []);
});

test('only the engine’s folder knows which engine runs, and only the pipeline asks it to choose', () => {
  const usersOf = (path: RegExp) =>
    sourceFiles.filter(file => !file.startsWith('engine/') && importsOf(file).some(imported => path.test(imported)));
  assert.deepEqual(usersOf(/^engine\/(embedded|server)\//), []);
  assert.deepEqual(usersOf(/^engine\/open-engine/), ['pipeline.ts']);
});

test('a file opens with one line that says what it does', () => {
  const silent = sourceFiles.filter(file => !/^\/\/ \S.{20,}/.test(readFileSync(join(SRC, file), 'utf8')));
  assert.deepEqual(silent, []);
});

test('no list is spread into the arguments of a call: a call takes some 120,000, and lists of data are longer', () => {
  const spread = /\b(?:push|unshift|splice|concat|apply|min|max|fromCharCode|fromCodePoint)\((?:[^()[\]{}]*, )?\.\.\./;
  const wrong = sourceFiles.flatMap(file =>
    readFileSync(join(SRC, file), 'utf8')
      .split('\n')
      .flatMap((line, i) => (spread.test(line) ? [`${file}:${i + 1}`] : [])),
  );
  assert.deepEqual(wrong, []);
});

test('values never become SQL text', () => {
  const wrong = sourceFiles.filter(file => {
    const text = readFileSync(join(SRC, file), 'utf8');
    return /\.(query|command|stream)[^`'"]{0,40}(['"`])[^`]*?\2 *\+ */.test(text);
  });
  assert.deepEqual(wrong, []);
});
