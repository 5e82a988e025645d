// Messages for files that do not fit the chosen feed: what the file looks like and how to import it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeContext } from '../../../test/support/decode-context.ts';
import type { UserError } from '../../errors.ts';
import { COLUMNS } from '../../report/columns/columns.ts';
import { refuseWrongFile } from './wrong-file.ts';

const fixture = (path: string) => readFileSync(join(import.meta.dirname, '../../sources', path), 'utf8');
const QUEUE_LOG = fixture('asterisk/fixtures/logchart_tests_queue_log.txt');
const HEADER = `${COLUMNS.map(({ header }) => header).join(',')}\n`;

type Case = readonly [name: string, source: string, text: string, expected: RegExp | undefined];
const FILES: readonly Case[] = [
  ['its own file', 'asterisk', QUEUE_LOG, undefined],
  ['an empty file', 'asterisk', '', undefined],
  [
    'a picture',
    'asterisk',
    '\x89PNG\r\n\x1a\n\0\0',
    /^f is a picture \(PNG\)\. Nothing was stored\. Choose a text file,/,
  ],
  [
    'a workbook',
    'agent-session-report',
    'PK\x03\x04xl/workbook.xml',
    /^f is an Excel workbook \(\.xlsx\)\. Nothing was stored\. .*save it as CSV/,
  ],
  [
    'another feed',
    'asterisk',
    fixture('ringcx/fixtures/01_login.json'),
    /^f is not an Asterisk queue_log: (?:its only input was|\d+ of its first \d+ inputs were) rejected, the first at line 1: .* It looks like a file of RingCX agent events\. Use --source ringcx\./,
  ],
  [
    'a queue_log',
    'ringcx',
    QUEUE_LOG,
    /^f is not a file of RingCX agent events: .* It looks like an Asterisk queue_log\. Use --source asterisk\.$/,
  ],
  [
    'a report',
    'asterisk',
    `${HEADER}1,2\n`,
    /It looks like an Agent Session Report\. Import it with --source agent-session-report\.$/,
  ],
  [
    'an agents file',
    'ringcx',
    'agent_id,first_name\n1,Ada\n',
    /It looks like an agents file\. Import it with: \.\/offhook agents import/,
  ],
  ['a web page', 'genesys', '<!DOCTYPE html><html>', /It looks like an HTML or XML page/],
  ['a letter', 'offhook', 'Dear Sir,\n', /Check that you chose the right file and the right --source\.$/],
];

for (const [name, source, text, expected] of FILES) {
  test(name, () => {
    const bytes = Buffer.from(text, text.includes('\0') || text.startsWith('PK') ? 'latin1' : 'utf8');
    const refuse = () => refuseWrongFile('f', source, { bytes, isWhole: true }, decodeContext({ accountId: '1' }));
    if (expected === undefined) return refuse();
    assert.throws(
      refuse,
      ({ message, remedy }: UserError) => expected.test(`${message} ${remedy}`) || assert.fail(`${message} ${remedy}`),
    );
  });
}

test('a file of another account is still recognized by its format', () => {
  const bytes = readFileSync(join(import.meta.dirname, '../../../examples/events.ndjson'));
  const context = decodeContext({ accountId: '1', isAllowed: id => id === '1' });
  assert.throws(() => refuseWrongFile('f', 'asterisk', { bytes, isWhole: true }, context), {
    code: 'WRONG_FILE',
    remedy: 'It looks like a file of RingCX agent events. Use --source ringcx.',
  });
});

test('a file that only lacks the account is not a wrong file', () => {
  const bytes = Buffer.from(QUEUE_LOG);
  assert.throws(() => refuseWrongFile('f', 'asterisk', { bytes, isWhole: true }, decodeContext()), {
    code: 'INVALID_REQUEST',
    remedy: 'Add the account with --account ID.',
  });
});

test('the error of the JSON parser ends with a full stop', () => {
  const bytes = Buffer.from(QUEUE_LOG);
  const refuse = () => refuseWrongFile('f', 'ringcx', { bytes, isWhole: true }, decodeContext({ accountId: '1' }));
  assert.throws(refuse, ({ message }: UserError) => /[^.]\. Nothing was stored\.$/.test(message));
});

test('one valid line is enough for the right file', () => {
  const bytes = Buffer.from(`rubbish\n${QUEUE_LOG}`);
  refuseWrongFile('f', 'asterisk', { bytes, isWhole: true }, decodeContext({ accountId: '1' }));
});
