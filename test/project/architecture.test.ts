// The rules of the code base as tests: one way of the data, a first line that says what a file does.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { codeOf as readCode, templatesOf } from './source-code.ts';

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

const codeOf = (file: string) => readCode(join(SRC, file));

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

test('api and cli hold no SQL: the folder that owns the data has it', () => {
  const isOuter = (file: string) => /^(api|cli)\//.test(file);
  const calls = /\.(query|command|insert|insertBlock|stream)\s*[<(](.{0,40})/g;
  // A health check asks the engine for nothing but an answer.
  const healthCheck = "'SELECT 1');";
  const wrong = sourceFiles
    .filter(isOuter)
    .flatMap(file =>
      [...codeOf(file).matchAll(calls)]
        .filter(([, , argument]) => argument !== healthCheck)
        .map(([call]) => `${file}: ${call}`),
    );
  assert.deepEqual(wrong, []);
});

/** What may be inserted into SQL everywhere: constants, limits, and calls of functions that return SQL. */
const CONSTANT = /^[A-Z][A-Z0-9_]*(?:\.|$)/;
const SQL_FUNCTION = /^(?:sql|\w+Sql|fromRows|rowsWithAgents|sessionsWithAgents)\(/;

/** What else may be inserted: the first word of the expression, by file. None of it is a value from outside. */
const SQL_PARTS: Readonly<Record<string, { parts: string[]; reason: string }>> = {
  'access/tokens/expired-tokens.ts': { parts: ['condition'], reason: 'one of two constants' },
  'access/tokens/token-table.ts': { parts: ['column'], reason: 'one of four column names, by its type' },
  'engine/embedded/connections.ts': { parts: ['tag'], reason: 'a random id that is made here' },
  'engine/embedded/embedded-engine.ts': {
    parts: ['table', 'sql'],
    reason: 'the engine gets tables and SQL from its callers',
  },
  'engine/embedded/statements.ts': {
    parts: ['table', 'columns', 'quoted', 'format'],
    reason: 'the engine gets tables and columns from its callers; file names are quoted',
  },
  'engine/server/cluster-ddl.ts': {
    parts: ['own', 'cluster', 'like', 'name', 'database', 'local', 'source'],
    reason: 'names from the migrations and from the configuration, which are checked there',
  },
  'engine/server/server-engine.ts': {
    parts: ['cluster', 'table', 'columns', 'format'],
    reason: 'the engine gets tables and columns from its callers; the cluster is configured',
  },
  'engine/server/server-start.ts': { parts: ['database', 'cluster'], reason: 'names from the configuration' },
  'ingest/events/stored-events.ts': { parts: ['condition'], reason: 'constants of the callers' },
  'ingest/lines/line-import.ts': { parts: ['columns'], reason: 'the columns of the table of events' },
  'quality/checks/found.ts': { parts: ['rows', 'isTolerated'], reason: 'constants of the checks' },
  'quality/checks/login-ends.ts': { parts: ['kind', 'detail', 'condition'], reason: 'constants of the checks' },
  'quality/rejects.ts': { parts: ['columns'], reason: 'a function of constants' },
  'report/formats/delimited.ts': { parts: ['cells', 'from'], reason: 'made from the list of columns' },
  'report/formats/markup.ts': {
    parts: ['escapedSql', 'rowStart', 'cells', 'rowEnd'],
    reason: 'constants of the format, and cells made from the list of columns',
  },
  'report/formats/typed.ts': { parts: ['values'], reason: 'made from the list of columns' },
  'report/formats/xlsx-rows.ts': {
    parts: ['cells', 'texts', 'sheetRows'],
    reason: 'made from the list of columns; the number of rows of a sheet',
  },
  'report/query/printed-columns.ts': { parts: ['cells'], reason: 'made from the list of columns' },
  'report/query/rows.ts': {
    parts: ['selected', 'selection', 'isImportedSessions', 'isLimited'],
    reason: 'SQL from report/query/selection.ts, or one of two constants',
  },
  'report/query/selection.ts': {
    parts: ['keys', 'from', 'conditions'],
    reason: 'made from the list of columns; the values of filters are parameters',
  },
  'report/query/sessions-with-agents.ts': { parts: ['restrictions'], reason: 'one of a list of constants each' },
  'report/trends/trends.ts': {
    parts: ['shown', 'everything'],
    reason: 'made from the lists of measures and dimensions',
  },
  'report/views/view-rows.ts': { parts: ['isCached', 'table'], reason: 'one of two constants' },
  'report/views/view-totals.ts': { parts: ['SUMMED'], reason: 'made from the list of columns' },
  'report/why/read-row.ts': { parts: ['values', 'cells', 'from'], reason: 'made from the list of columns' },
  'retention/account-removal.ts': { parts: ['table'], reason: 'one of a list of tables' },
  'retention/old-months.ts': { parts: ['table', 'sql'], reason: 'one of a list of tables or statements' },
  'sessions/session-cache.ts': {
    parts: ['columns', 'version', 'condition', 'folded'],
    reason: 'constants, and one of two of each',
  },
  'sessions/sessions.ts': {
    parts: ['fold', 'columns'],
    reason: 'constants, and expressions of the callers’ constants',
  },
};

const firstWord = (expression: string) => /^[^\w]*(\w+)/.exec(expression)?.[1] ?? expression;

test('values never become SQL text: what is inserted into SQL is built from constants', () => {
  const keywords = /\b(?:SELECT|INSERT INTO|DELETE FROM|ALTER TABLE|CREATE|WHERE|FROM|JOIN|SETTINGS)\b/;
  const call = /\.(?:query|command|stream|insert|insertBlock)(?:<[^()]*>)?\(\s*$/;
  const wrong = sourceFiles.flatMap(file => {
    const { parts = [] } = SQL_PARTS[file] ?? {};
    const found = templatesOf(codeOf(file))
      .filter(({ text, before }) => keywords.test(text) || call.test(before))
      .flatMap(({ inserted }) => inserted)
      .filter(expression => !CONSTANT.test(expression) && !SQL_FUNCTION.test(expression));
    const unknown = found.filter(expression => !parts.includes(firstWord(expression)));
    const unused = parts.filter(part => !found.some(expression => firstWord(expression) === part));
    return [
      ...unknown.map(expression => `${file} inserts ${expression}`),
      ...unused.map(part => `${file} no longer inserts ${part}: remove it from SQL_PARTS`),
    ];
  });
  assert.deepEqual(wrong, []);
});

test('SQL is not put together with +', () => {
  const concatenated = /\.(?:query|command|stream)[^`'"]{0,40}(['"`])[^`]*?\1 *\+ */;
  assert.deepEqual(
    sourceFiles.filter(file => concatenated.test(codeOf(file))),
    [],
  );
});
