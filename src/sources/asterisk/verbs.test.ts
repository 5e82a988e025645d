// Every verb is in the table of docs/sources/asterisk.md and is treated as the table says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { context, START } from '../../../test/support/asterisk-lines.ts';
import { eventsOf, readTexts } from '../testing/events-of.ts';
import { asterisk } from './asterisk.ts';
import { CALL_VERBS } from './sessions/calls.ts';
import { AGENT_VERBS, isAgentVerb, treatmentOf } from './verbs.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/sources/asterisk.md'), 'utf8');
const ROWS = PAGE.split('\n')
  .map(line => line.split('|').map(cell => cell.trim()))
  .filter(cells => /^`[A-Z_0-9]+`$/.test(cells[1] ?? '') && cells.length === 7)
  .map(([, event, , meaning, treatment]) => ({ verb: event!.slice(1, -1), meaning: meaning!, treatment }));

const factsOf = (line: string) => readTexts(asterisk, context(), [line]);
const LINES = [`${START}|l|NONE|SIP/1|AGENTLOGIN|SIP/1`, `${START + 10}|c1|sales|SIP/1|CONNECT|1|x|1`];
const lineOf = (agent: string, verb: string) => `${START + 20}|c9|sales|${agent}|${verb}|7|8|9`;

describe('asterisk: the table of events', () => {
  it('lists every known verb once', () => {
    assert.deepEqual(ROWS.map(({ verb }) => verb).sort(), [...AGENT_VERBS].sort());
  });

  for (const { verb, meaning, treatment } of ROWS) {
    it(`${verb} is treated as it says: ${treatment}`, () => {
      assert.ok(isAgentVerb(verb));
      assert.equal(treatmentOf(verb), treatment);
      assert.equal(verb in CALL_VERBS, treatment === 'call');
      const named = factsOf(lineOf('SIP/1', verb));
      assert.deepEqual([named.facts.length, named.rejects.length], [1, 0]);
      const unnamed = factsOf(lineOf('NONE', verb));
      assert.deepEqual([unnamed.facts.length, unnamed.rejects.length], [0, 0]);
      const log = [...LINES, lineOf('SIP/1', verb)].join('\n');
      const event = eventsOf(asterisk, context(), [log]).at(-1)!;
      const isWithoutEffect = event.kind === 'STATE' && event.baseState === '';
      if (treatment === 'nothing') assert.ok(isWithoutEffect);
      else assert.equal(/kept/i.test(meaning), false);
    });
  }
});
