// Parsing of option values.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proxyNames } from './options.ts';

const PROXIES: [text: string, names: string[] | undefined][] = [
  ['10.0.0.5', ['10.0.0.5']],
  ['10.0.0.0/8,fd00::/8 loopback', ['10.0.0.0/8', 'fd00::/8', 'loopback']],
  ['', []],
  ['proxy.example', undefined],
  ['10.0.0.0/33', undefined],
  ['10.0.0.0/', undefined],
  ['10.0.0.0/8/8', undefined],
  ['fd00::/129', undefined],
  ['true', undefined],
];
for (const [text, names] of PROXIES) {
  test(`'${text}' ${names === undefined ? 'is not a proxy' : 'is a list of proxies'}`, () => {
    if (names === undefined) assert.throws(() => proxyNames(text), /is not an address or a network/);
    else assert.deepEqual(proxyNames(text), names);
  });
}
