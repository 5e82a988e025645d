// Inputs of feeds as the data-quality page shows them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prettyInput } from '../../web/src/format/pretty-input.ts';

for (const [name, raw, shown] of [
  ['JSON', '{"a":1,"b":["\\u00fc",null]}', '{\n  "a": 1,\n  "b": [\n    "ü",\n    null\n  ]\n}'],
  ['a number that JavaScript cannot hold', '{"id":12345678901234567890}', '{\n  "id": 12345678901234567890\n}'],
  ['a number’s own spelling', '1.50', '1.50'],
  ['the URL-encoded form', 'agent_id=1&state=ON%20BREAK&empty=', 'agent_id = 1\nstate = ON BREAK\nempty = '],
  ['broken JSON', '{"a":', '{"a":'],
  ['a line of a log', '1591056000|x=y|PAUSE|a b', '1591056000|x=y|PAUSE|a b'],
  ['nothing', '', ''],
] as const) {
  test(`${name} is shown`, () => assert.equal(prettyInput(raw), shown));
}
