// The statements for one table are read from dumps, whatever is before, between and in them, in pieces of any size.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { LIMITS } from '../../limits.ts';
import { tableReader } from './table-forms.ts';
import type { TableRow } from './table-rows.ts';
import { runs } from '../../../test/support/property-runs.ts';

const TABLES = join(import.meta.dirname, '../asterisk/fixtures/tables');

/** The rows of table t, and of exports without a table name. */
function rowsOf(text: string, size = text.length, wanted = 't'): TableRow[] {
  const reader = tableReader(text.split('\n')[0]!, name => name === wanted || name === '')!;
  const rows: TableRow[] = [];
  for (let at = 0; at < text.length; at += size) rows.push(...reader.push(text.slice(at, at + size)));
  return [...rows, ...reader.end()];
}

const DUMPS: [name: string, text: string, values: string[][]][] = [
  [
    'escapes of MySQL',
    String.raw`INSERT INTO t VALUES ('a\'b''c\\','\n\t\0\Z\%',"x",'')`,
    [[`a'b'c\\`, '\n\t\0\x1a%', '"x"', '']],
  ],
  [
    'a backslash in standard SQL',
    `PRAGMA foreign_keys=OFF;\nINSERT INTO t VALUES('a\\','b');INSERT INTO t VALUES('c')`,
    [['a\\', 'b'], ['c']],
  ],
  [
    'escapes of PostgreSQL',
    String.raw`SET standard_conforming_strings = on;
CREATE FUNCTION f() AS $body$ it's; $body$;
INSERT INTO public.t VALUES (E'a\'b\\', 'c\', 'd'::character varying(3), 1::bigint);`,
    [["a'b\\", 'c\\', 'd', '1::bigint']],
  ],
  [
    'NULL, numbers, hexadecimals and calls',
    `INSERT INTO t VALUES (NULL, -1.5e3, 0x41, now(), x'41', _utf8mb4'é', timestamp '2020-01-01')`,
    [['', '-1.5e3', '0x41', 'now()', '41', 'é', '2020-01-01']],
  ],
  [
    'comments, other statements, other tables',
    `-- it's; a comment
# and; one's more
/* and 'one */ DROP TABLE IF EXISTS t; CREATE TABLE o (a text DEFAULT ';)');
INSERT INTO o VALUES ('INSERT INTO t VALUES (1);', "; -- ", \`;\`); /*!40000 ALTER TABLE 't;' */;
INSERT IGNORE INTO \`s\`.\`T\` (\`a\`) VALUES (1) , (2);`,
    [['1'], ['2']],
  ],
  [
    'COPY of PostgreSQL',
    'COPY o (a) FROM stdin;\n1\n\\.\nCOPY public.t (a, b) FROM stdin;\n1\\t\\\\\t\\N\r\nx\ty\n\\.\n\nINSERT INTO t VALUES (3);',
    [['1\t\\', ''], ['x', 'y'], ['3']],
  ],
  [
    'a tuple that cannot be read, then another statement',
    "INSERT INTO t VALUES (1, 'a' 'b'), (2);\nINSERT INTO t VALUES (3)",
    [["(1, 'a' 'b'), (2);\nINSERT INTO t VALUES (3)\n"], ['3']],
  ],
  ['CSV', 'a,"b;c"\n1,"x, ""y"""\n\n"2\n3",\\N\r\n"open, 4', [['1', 'x, "y"'], ['2\n3', ''], ['open, 4\n']]],
  ['tabs with escapes', 'a\tb\nx\\ty\t"z\n', [['x\ty', '"z']]],
];

for (const [name, text, values] of DUMPS) {
  test(name, () => {
    const rows = rowsOf(text);
    assert.deepEqual(
      rows.map(row => row.values),
      values,
    );
    for (const size of [1, 2, 3, 5, 17]) assert.deepEqual(rowsOf(text, size), rows, `cut into ${size}`);
  });
}

test('columns are those of the statement, else those of the CREATE TABLE', () => {
  const made =
    'CREATE TABLE IF NOT EXISTS "s"."t" ("A" decimal(3,2) DEFAULT \'),\', b text, KEY b (b), PRIMARY KEY (a)) COMMENT=\'(x)\';\n';
  const columns = (text: string) => rowsOf(made + text).map(row => row.columns);
  assert.deepEqual(columns('INSERT INTO t VALUES (1, 2); INSERT INTO t (`b`, a) VALUES (2, 1);'), [
    ['a', 'b'],
    ['b', 'a'],
  ]);
});

test('rows of other tables, by their columns', () => {
  for (const name of ['mysqldump.sql']) {
    const [row] = rowsOf(readFileSync(join(TABLES, name), 'latin1'), 1000, 'queue_members');
    assert.deepEqual(row!.columns, ['membername', 'queue_name', 'interface', 'paused']);
    assert.deepEqual(row!.values.slice(1), ['Billing', 'SIP/552', '0']);
  }
});

test('any text written by MySQL or standard SQL is read unchanged', () => {
  const cells = fc.array(
    fc.array(fc.string({ unit: fc.constantFrom("'", '\\', '"', ';', '\n', ',', ')', 'é', '-') }), {
      minLength: 1,
      maxLength: 3,
    }),
    { minLength: 1 },
  );
  const mysql = (text: string) => `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
  const standard = (text: string) => `'${text.replaceAll("'", "''")}'`;
  fc.assert(
    fc.property(cells, fc.boolean(), fc.integer({ min: 1, max: 40 }), (rows, isStandard, size) => {
      const head = isStandard ? 'PRAGMA x;\n' : '/* MySQL */\n';
      const tuples = rows.map(row => `(${row.map(isStandard ? standard : mysql).join(',')})`);
      const text = `${head}INSERT INTO other VALUES ${tuples.join(',')};\nINSERT INTO t VALUES ${tuples.join(',\n')};`;
      assert.deepEqual(
        rowsOf(text, size).map(({ values }) => values),
        rows,
      );
    }),
    runs(100),
  );
});

test('a very long statement is skipped piece by piece, in constant memory', () => {
  const reader = tableReader('-- a dump', name => name === 't')!;
  const held = reader as unknown as { text: string; at: number };
  reader.push('INSERT INTO other VALUES (');
  const piece = "'a\\'b;', ".repeat(10_000);
  for (let bytes = 0; bytes < 5 * LIMITS.documentBytes; bytes += piece.length) {
    assert.deepEqual(reader.push(piece), []);
    assert.ok(held.text.length - held.at < 1000);
  }
  const rows = [...reader.push("1);\nINSERT INTO t VALUES ('x');"), ...reader.end()];
  assert.deepEqual(
    rows.map(({ values }) => values),
    [['x']],
  );
});
