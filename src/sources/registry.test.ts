import assert from 'node:assert/strict';
import { it } from 'node:test';
import { FEEDS, feedNamed } from './registry.ts';

it('finds every source by its own name and nothing else', () => {
  for (const [name, source] of Object.entries(FEEDS)) {
    assert.equal(source.name, name);
    assert.equal(feedNamed(name), source);
  }
  for (const name of ['', 'RINGCX', 'toString', '__proto__'])
    assert.throws(() => feedNamed(name), { code: 'UNKNOWN_SOURCE' });
});
