// The layout of the web application as tests: which folder imports from which, no circular imports, small folders.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const SRC = join(import.meta.dirname, '../../web/src');
const MOST_FILES_IN_A_FOLDER = 16;

/** What each folder may import besides itself. A section of the administration counts as a page. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  format: [],
  api: [],
  parts: ['format', 'api'],
  page: ['parts', 'format', 'api'],
  shell: ['parts', 'format', 'api', 'page', 'root'],
  root: ['parts', 'format', 'api', 'page', 'shell'],
};

const files = globSync('**/*.*', { cwd: SRC }).sort();
const sources = files.filter(file => /\.tsx?$/.test(file));
const texts = new Map(sources.map(file => [file, readFileSync(join(SRC, file), 'utf8')]));

/** Relative imports of the file, types, styles and lazy ones included. */
function importsOf(file: string): string[] {
  const found = (texts.get(file) ?? '').matchAll(/(?:\bfrom |\bimport |\bimport\()'(\.{1,2}\/[^']+)'/g);
  return [...found].map(([, path]) => relative(SRC, join(SRC, dirname(file), path as string)));
}

function layerOf(file: string): string {
  const [top = ''] = file.split('/');
  if (top === file) return 'root';
  return top === 'pages' ? 'page' : top;
}

/** `pages/report`, `pages/admin/users`; the files of `pages/admin` itself put its sections together. */
function pageOf(file: string): string {
  const [, page = '', section = ''] = dirname(file).split('/');
  return page === 'admin' && section !== '' ? `pages/admin/${section}` : `pages/${page}`;
}

function isAllowed(file: string, imported: string): boolean {
  const [from, to] = [layerOf(file), layerOf(imported)];
  if (from !== to) return MAY_IMPORT[from]?.includes(to) ?? false;
  if (from !== 'page' || pageOf(file) === pageOf(imported)) return true;
  return pageOf(file) === 'pages/admin' && pageOf(imported).startsWith('pages/admin/');
}

/** The circle that can be reached from a file, if any; files known to be on none are skipped. */
function circleFrom(file: string, path: readonly string[], done: Set<string>): string[] | undefined {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
  if (done.has(file)) return undefined;
  for (const imported of importsOf(file)) {
    const circle = circleFrom(imported, [...path, file], done);
    if (circle !== undefined) return circle;
  }
  done.add(file);
  return undefined;
}

test('every import names a file that exists', () => {
  assert.ok(sources.length > 100, `${sources.length} files`);
  const missing = sources.flatMap(file => importsOf(file).filter(path => !files.includes(path)));
  assert.deepEqual(missing, []);
});

test('pages import parts, formats and calls of the API, never each other', () => {
  const wrong = sources.flatMap(file =>
    importsOf(file)
      .filter(imported => !isAllowed(file, imported))
      .map(imported => `${file} imports ${imported}`),
  );
  assert.deepEqual(wrong, []);
});

test('no imports are circular, types included', () => {
  const done = new Set<string>();
  const circle = sources.map(file => circleFrom(file, [], done)).find(Boolean);
  assert.equal(circle?.join(' → '), undefined);
});

test('no folder is too full to be read at a glance', () => {
  const full = [...Map.groupBy(files, dirname)].filter(([, own]) => own.length > MOST_FILES_IN_A_FOLDER);
  assert.deepEqual(
    full.map(([folder, own]) => `${folder}: ${own.length} files`),
    [],
  );
});

test('numbers, dates and orders of text are written in one place', () => {
  const own = /\bIntl\.|\.toLocale(Date|Time)?String\(|\.padStart\(|\.toISOString\(\)\.slice|\.localeCompare\(/;
  const wrong = sources.filter(file => layerOf(file) !== 'format' && own.test(texts.get(file) ?? ''));
  assert.deepEqual(wrong, []);
});

test('a file opens with one line that says what it does', () => {
  const silent = sources.filter(file => !/^\/\/ \S.{20,}/.test(texts.get(file) ?? '') && !file.endsWith('.d.ts'));
  assert.deepEqual(silent, []);
});
