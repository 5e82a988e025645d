// Property checks that every feed without login sessions must pass, on texts that the feed's own test generates.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AgentFact, AgentSource } from '../agent-source.ts';
import { type DecodeContext, isReject } from '../source.ts';
import { splitText } from '../split/split.ts';
import { agentsOf, eventsOf, eventsOfFacts, readTexts } from './events-of.ts';
import { runs } from '../../../test/support/property-runs.ts';

/** Any text, and any of the texts with a piece changed, removed or repeated. */
function spoiled(texts: readonly string[]): fc.Arbitrary<string> {
  const changed = fc
    .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat({ max: 40 }), fc.string(), fc.boolean())
    .map(([text, at, length, put, repeats]) => {
      const start = at % (text.length + 1);
      const piece = text.slice(start, start + length);
      return text.slice(0, start) + (repeats ? piece + piece + put : put) + text.slice(start + length);
    });
  return fc.oneof(fc.string(), changed);
}

/** Law 1: no text throws, whether it is cut into documents or not. */
export function checkNeverThrows<Body>(
  source: AgentSource<Body>,
  context: DecodeContext,
  texts: readonly string[],
): void {
  const read = source.reader(context);
  fc.assert(
    fc.property(spoiled(texts), text => {
      for (const document of [{ raw: text, position: 1 }, ...splitText(text, source.splitter())]) {
        const items = read(document);
        for (const item of items) assert.ok(isReject(item) ? item.reason : item.key);
        eventsOfFacts(source, context, factsAmong(items));
      }
    }),
    runs(500),
  );
}

/** Law 2: any order and repetition of the documents gives the same events. */
export function checkAnyOrder<Body>(
  source: AgentSource<Body>,
  context: DecodeContext,
  texts: fc.Arbitrary<string[]>,
): void {
  const arrivals = texts.chain(list =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length })),
  );
  fc.assert(
    fc.property(arrivals, ([list, arrived]) => {
      const events = eventsOf(source, context, list);
      assert.deepEqual(eventsOf(source, context, [...arrived, ...list]), events);
      assert.deepEqual(eventsOf(source, context, list.toReversed()), events);
    }),
    runs(100),
  );
}

/** Law 3: a fact's own document gives that fact and no other, whenever it is read, and no other fact has its key. */
export function checkRereading<Body>(
  source: AgentSource<Body>,
  context: DecodeContext,
  texts: fc.Arbitrary<string[]>,
): void {
  fc.assert(
    fc.property(texts, fc.boolean(), (list, live) => {
      const { facts } = readTexts(source, { ...context, live }, list);
      for (const same of Map.groupBy(facts, ({ agentId, key }) => JSON.stringify([agentId, key])).values()) {
        for (const { at, order, body } of same) {
          assert.deepEqual({ at, order, body }, { at: same[0]?.at, order: same[0]?.order, body: same[0]?.body });
        }
      }
      for (const fact of facts) {
        const read = source.reader({ ...context, live: false, receivedAt: fact.receivedAt });
        assert.deepEqual(read({ raw: fact.raw, position: 1 }), [fact]);
      }
    }),
    runs(100),
  );
}

/** Law 4: a session's events depend on its own facts alone, and every fact gives at least one event. */
export function checkFreshStart<Body>(
  source: AgentSource<Body>,
  context: DecodeContext,
  texts: fc.Arbitrary<string[]>,
): void {
  fc.assert(
    fc.property(texts, list => {
      for (const facts of agentsOf(source, readTexts(source, context, list).facts)) {
        const sessionizer = source.sessionizer(context);
        const made = facts.map(fact => sessionizer.next(fact));
        assert.ok(made.every(events => events.length > 0 && events[0]!.raw !== ''));
        made.forEach((events, i) => {
          const session = events[0]!.loginSessionId;
          if (session === '' || made.findIndex(([first]) => first!.loginSessionId === session) < i) return;
          assert.deepEqual(eventsOfFacts(source, context, facts.slice(i)), made.slice(i).flat());
        });
      }
    }),
    // A few hundred runs missed errors that a thousand found.
    runs(1_000),
  );
}

function factsAmong<Body>(items: readonly (AgentFact<Body> | object)[]): AgentFact<Body>[] {
  return items.filter((item): item is AgentFact<Body> => !isReject(item));
}
