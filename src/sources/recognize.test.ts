// Files are recognized by their beginning as those of their feed.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeContext } from '../../test/support/decode-context.ts';
import { FILES_OF_FEEDS, feedsThatRead, tryReading } from './recognize.ts';
import { FEEDS } from './registry.ts';

/** Samples from documentation that have words in place of values. */
const NOT_READABLE = [
  'ringcx/fixtures/05_transition.json',
  'genesys/fixtures/blueprint_users_details_primaryPresence.json',
];
const files = globSync('*/fixtures/*.{txt,json}', { cwd: import.meta.dirname }).filter(
  file => !NOT_READABLE.includes(file),
);

test('every feed has a description of its files', () => {
  assert.deepEqual(Object.keys(FILES_OF_FEEDS), Object.keys(FEEDS));
});

for (const file of files) {
  test(`${file} is recognized`, () => {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8');
    assert.equal(feedsThatRead(text, true, decodeContext())[0], file.split('/')[0]);
  });
}

test('a text that no feed can read is recognized as none', () => {
  for (const text of ['', 'Dear Sir,\nplease find attached', '<html><body>', 'a,b,c\n1,2,3\n', '[]']) {
    assert.deepEqual(feedsThatRead(text, true, decodeContext()), [], text);
  }
});

test('the first reject has its line', () => {
  const { documents, refused, first } = tryReading(
    FEEDS.asterisk!,
    '\nhello\nworld\nunfinished',
    false,
    decodeContext({ accountId: '1' }),
  );
  assert.deepEqual([documents, refused, first?.position], [2, 2, 2]);
});
