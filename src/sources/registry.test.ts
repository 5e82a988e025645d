import assert from 'node:assert/strict';
import { it } from 'node:test';
import { decodeContext } from '../../test/support/decode-context.ts';
import { readDelivery } from './amazon-connect/firehose.ts';
import { FEEDS, feedNamed } from './registry.ts';
import { splitText } from './split/split.ts';

it('finds every source by its own name and nothing else', () => {
  for (const [name, source] of Object.entries(FEEDS)) {
    assert.equal(source.name, name);
    assert.equal(feedNamed(name), source);
  }
  for (const name of ['', 'RINGCX', 'toString', '__proto__'])
    assert.throws(() => feedNamed(name), { code: 'UNKNOWN_SOURCE' });
});

const NESTED = ['['.repeat(30_000) + ']'.repeat(30_000), `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`];

for (const [name, feed] of Object.entries(FEEDS)) {
  it(`a document of ${name} that is nested too deeply for the stack is read or rejected, never an error`, () => {
    const context = decodeContext({ accountId: 'a' });
    const read = 'decoder' in feed ? feed.decoder(context) : feed.reader(context);
    for (const nested of NESTED) {
      for (const text of [
        nested,
        `{"accountId":"a","account_id":"a","AWSAccountId":"a","kind":${nested},"event_type":${nested},"EventType":${nested}}`,
        `{"userId":${nested},"CC-Action":${nested}}`,
        `{"userDetails":[{"userId":"1","primaryPresence":[${nested}]},{"userId":${nested}}]}`,
        `{"userDetails":[{"userId":"1","primaryPresence":[${nested}]}]}`,
      ]) {
        for (const document of splitText(text, feed.splitter())) assert.ok(read(document));
      }
    }
  });
}

it('a delivery with a record that is nested so deeply is one document', () => {
  for (const nested of NESTED) {
    assert.equal(readDelivery(`{"requestId":"1","records":[${nested}]}`).documents.length, 1);
  }
});
