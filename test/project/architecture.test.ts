// The rules of the code base as tests: one way of the data, a first line that says what a file does.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const SRC = join(import.meta.dirname, '../../src');

/**
 * A folder (or file) imports only from itself and from those before it. The list of columns is a contract, like the events:
 * the readers of RingCentral's reports need it, too.
 */
const ORDER = [
  'errors.ts',
  'limits.ts',
  'plain-text.ts',
  'time',
  'events',
  'report/columns',
  'engine',
  'sources',
  'directory',
  'ingest',
  'retention',
  'sessions',
  'report',
  'live',
  'quality',
  'simulate',
  'access',
  'pipeline.ts',
  'jobs',
  'api',
  'cli',
  'main.ts',
];

/** Folders of `sources/` that are not feeds: what several feeds share, and the readers of RingCentral's exports. */
const NOT_FEEDS = ['split', 'tables', 'text', 'testing', 'ringcentral-exports'];

/** A folder that one screen shows. */
const FILES_IN_FOLDER = 16;

const files = globSync('**/*.ts', { cwd: SRC }).sort();
const sourceFiles = files.filter(file => !file.endsWith('.test.ts'));
const feedOf = (file: string) => {
  const [, feed] = /^sources\/([\w-]+)\//.exec(file) ?? [];
  return feed === undefined || NOT_FEEDS.includes(feed) ? undefined : feed;
};

function rank(file: string): number {
  const [top, second] = file.split('/') as [string, string?];
  const nested = ORDER.indexOf(`${top}/${second}`);
  return nested >= 0 ? nested : ORDER.indexOf(top);
}

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

test('no file imports itself through others, types included', () => {
  const circles: string[] = [];
  const done = new Set<string>();
  function visit(file: string, way: readonly string[]): void {
    const begin = way.indexOf(file);
    if (begin >= 0) circles.push([...way.slice(begin), file].join(' → '));
    if (begin >= 0 || done.has(file)) return;
    for (const imported of importsOf(file)) visit(imported, [...way, file]);
    done.add(file);
  }
  for (const file of sourceFiles) visit(file, []);
  assert.deepEqual(circles, []);
});

test(`a folder holds at most ${FILES_IN_FOLDER} files`, () => {
  const counts = Map.groupBy(
    ['src', 'test', 'bench', 'scripts'].flatMap(root =>
      globSync(`${root}/**/*.*`, { cwd: join(SRC, '..') }).filter(file => !/fixtures|golden/.test(file)),
    ),
    file => dirname(file),
  );
  const large = [...counts].filter(([, inside]) => inside.length > FILES_IN_FOLDER).map(([folder]) => folder);
  assert.deepEqual(large, []);
});

test('a feed knows no other feed, and does no I/O', () => {
  const wrong = sourceFiles.filter(file => {
    const feed = feedOf(file);
    if (feed === undefined) return false;
    const other = importsOf(file).some(path => feedOf(path) !== undefined && feedOf(path) !== feed);
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
