import assert from 'node:assert/strict';
import { it } from 'node:test';
import { SOURCES, sourceNamed } from './registry.ts';

it('finds every source by its own name and nothing else', () => {
  for (const [name, source] of Object.entries(SOURCES)) {
    assert.equal(source.name, name);
    assert.equal(sourceNamed(name), source);
  }
  for (const name of ['', 'RINGCX', 'toString', '__proto__'])
    assert.throws(() => sourceNamed(name), { code: 'UNKNOWN_SOURCE' });
});
