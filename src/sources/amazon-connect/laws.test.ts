import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeContext } from '../../../test/support/decode-context.ts';
import { MAX_ORDER } from '../../events/agent-event.ts';
import { isReject } from '../source.ts';
import { agentsOf, eventsOf, eventsOfFacts, readTexts } from '../testing/events-of.ts';
import { amazonConnect } from './amazon-connect.ts';
import { connectEvent, DAY } from './testing/connect-event.ts';
import { runs } from '../../../test/support/property-runs.ts';

const context = decodeContext();
const SAMPLES = [1, 2].map(n =>
  readFileSync(join(import.meta.dirname, `fixtures/determine-acw-time_${n}.json`), 'utf8'),
);

/** Few instants, so that many coincide, and some after the silence that ends a session. */
const ms = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(57_600_000, 57_600_007, 90_000_000));
const contact = fc.record({
  id: fc.constantFrom('A', 'B', 'C'),
  state: fc.constantFrom(
    'INCOMING',
    'CONNECTING',
    'CONNECTED',
    'CONNECTED_ONHOLD',
    'PAUSED',
    'MISSED',
    'ERROR',
    'ENDED',
    'NEW',
  ),
  since: ms,
  connected: fc.option(ms, { nil: undefined }),
  initiation: fc.constantFrom('INBOUND', 'OUTBOUND', 'MONITOR', 'CALLBACK'),
});
const snapshot = fc.record({
  status: fc.constantFrom('Available', 'Break', 'Offline', null),
  statusSince: ms,
  contacts: fc.array(contact, { maxLength: 3 }),
});
const event = fc.record({
  id: fc.uuid(),
  at: ms,
  type: fc.constantFrom('LOGIN', 'LOGOUT', 'HEART_BEAT', 'STATE_CHANGE', 'STATE_CHANGE', 'STATE_CHANGE'),
  now: snapshot,
  before: fc.option(snapshot),
});
const history = fc
  .uniqueArray(event, { maxLength: 14, selector: ({ id }) => id })
  .map(events => events.map(({ now, ...words }) => connectEvent({ ...words, ...now } as never)));

describe('amazon-connect: laws', () => {
  it('never throws on any text', () => {
    const read = amazonConnect.reader(context);
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(fc.constantFrom('{', '}', '"records"', ':', '[', ']')).map(all => all.join('')),
    );
    fc.assert(
      fc.property(texts, raw => assert.ok(read({ raw, position: 1 }).length >= 0)),
      runs(100),
    );
  });

  it('never throws on a sample with bytes changed, removed or repeated, nor on the facts in it', () => {
    const damage = fc.record({
      sample: fc.constantFrom(...SAMPLES),
      start: fc.nat(4_000),
      length: fc.nat(60),
      by: fc.oneof(fc.constant(''), fc.string(), fc.constantFrom('null', '{}', '[]', '7', '""', '\ud83d')),
      repeats: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), damages => {
        const texts = damages.map(({ sample, start, length, by, repeats }) => {
          const cut = sample.slice(start, start + length).repeat(repeats);
          return sample.slice(0, start) + cut + by + sample.slice(start + length);
        });
        const { facts, rejects } = readTexts(amazonConnect, context, texts);
        assert.ok(facts.length + rejects.length > 0);
        eventsOfFacts(amazonConnect, context, facts);
      }),
      runs(500),
    );
  });

  it('never throws whatever the types of the fields are', () => {
    const paths: string[][] = [];
    const walk = (value: unknown, path: string[]): void => {
      if (path.length > 0) paths.push(path);
      if (typeof value === 'object' && value !== null)
        for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name]);
    };
    walk(JSON.parse(SAMPLES[0]!), []);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const fields = JSON.parse(SAMPLES[0]!);
        let inner = fields;
        for (const name of path.slice(0, -1)) inner = inner[name];
        inner[path.at(-1)!] = value;
        eventsOf(amazonConnect, context, [JSON.stringify(fields)]);
      }),
      runs(100),
    );
  });

  it('gives the same events for any order and repetition of the documents', () => {
    const shuffled = history.chain(texts =>
      fc.tuple(fc.constant(texts), fc.shuffledSubarray([...texts, ...texts], { minLength: texts.length * 2 })),
    );
    fc.assert(
      fc.property(shuffled, ([texts, others]) => {
        assert.deepEqual(eventsOf(amazonConnect, context, others), eventsOf(amazonConnect, context, texts));
      }),
      runs(100),
    );
  });

  it('reads the same fact again from its own document', () => {
    fc.assert(
      fc.property(history, texts => {
        const list = JSON.stringify({
          records: texts.map(text => ({ data: Buffer.from(text).toString('base64') })),
        });
        for (const fact of readTexts(amazonConnect, context, [...texts, list]).facts) {
          assert.deepEqual(amazonConnect.reader(context)({ raw: fact.raw, position: 1 }), [fact]);
        }
      }),
      runs(100),
    );
  });

  it('forgets everything when a session begins', () => {
    fc.assert(
      fc.property(history, texts => {
        for (const facts of agentsOf(amazonConnect, readTexts(amazonConnect, context, texts).facts)) {
          const maker = amazonConnect.sessionizer(context);
          const made = facts.map(fact => maker.next(fact));
          let sessionId = '';
          made.forEach((events, i) => {
            const entered = events.find(({ loginSessionId }) => loginSessionId !== '')?.loginSessionId ?? sessionId;
            const begins = entered !== sessionId || events.some(({ kind }) => kind === 'LOGIN');
            sessionId = entered;
            if (!begins) return;
            const fresh = amazonConnect.sessionizer(context);
            assert.deepEqual(
              facts.slice(i).map(fact => fresh.next(fact)),
              made.slice(i),
            );
          });
        }
      }),
      runs(1_000),
    );
  });

  it('gives each fact one event with its document, at its own instant, and none before the session', () => {
    fc.assert(
      fc.property(history, texts => {
        const [facts] = agentsOf(amazonConnect, readTexts(amazonConnect, context, texts).facts);
        const maker = amazonConnect.sessionizer(context);
        const starts = new Map<string, number>();
        const seen = new Set<string>();
        for (const fact of facts ?? []) {
          const events = maker.next(fact);
          assert.ok(!events.some(isReject));
          assert.deepEqual(
            events.filter(({ raw }) => raw !== '').map(({ at, raw }) => [at, raw]),
            [[fact.at, fact.raw]],
          );
          for (const { at, order, eventId, loginSessionId } of events) {
            if (loginSessionId !== '' && !starts.has(loginSessionId)) starts.set(loginSessionId, fact.at);
            assert.ok(at <= fact.at && at >= (starts.get(loginSessionId) ?? DAY));
            assert.ok(order >= 0 && order <= 63);
            assert.ok(!seen.has(eventId));
            seen.add(eventId);
          }
        }
      }),
      runs(1_000),
    );
  });

  it('orders each event after the earlier ones of its session, even within a millisecond', () => {
    fc.assert(
      fc.property(history, texts => {
        let place = -1;
        for (const { at, order, kind, baseState } of eventsOf(amazonConnect, context, texts)) {
          if (kind === 'STATE' && baseState === '') continue;
          if (kind === 'LOGIN') place = -1;
          assert.ok(at * 64 + order > place || order === MAX_ORDER - 1);
          place = kind === 'LOGOUT' ? -1 : at * 64 + order;
        }
      }),
      runs(1_000),
    );
  });

  it('leaves the agent in the state that the last event shows', () => {
    const calm = event.filter(({ now }) => now.status !== null && now.status !== 'Offline');
    fc.assert(
      fc.property(fc.array(calm, { minLength: 1, maxLength: 8 }), calm, (events, last) => {
        const end = { ...last, at: 100, type: 'STATE_CHANGE', before: null };
        const texts = [...events.map(words => ({ ...words, at: Math.min(words.at, 99) })), end].map(
          ({ now, ...words }) => connectEvent({ ...words, ...now, contacts: [] } as never),
        );
        const made = eventsOf(amazonConnect, context, texts).filter(({ baseState }) => baseState !== '');
        const state = made.toSorted((a, b) => a.at - b.at || a.order - b.order).at(-1)!.baseState;
        assert.equal(state, last.now.status === 'Break' ? 'ON_BREAK' : 'AVAILABLE');
      }),
      runs(100),
    );
  });
});
