// Events are read from every form of file and in pieces of any size; the properties of every feed hold.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LIMITS } from '../../limits.ts';
import type { RawDocument } from '../source.ts';
import { splitText } from '../split/split.ts';
import { eventsOf } from '../testing/events-of.ts';
import { checkAnyOrder, checkFreshStart, checkNeverThrows, checkRereading } from '../testing/laws.ts';
import { freeswitch } from './freeswitch.ts';
import {
  answer,
  CONTEXT,
  end,
  eventsAt,
  fail,
  json,
  LIVE,
  offer,
  plain,
  type Step,
  since,
  state,
  status,
} from './testing/events.ts';

const SAMPLES = readFileSync(new URL('./fixtures/mod_callcenter_documented_events.txt', import.meta.url), 'utf8');

const DAY: Step[] = [
  [0, status('Available')],
  [10, offer('c')],
  [15, answer('c')],
  [75, { ...end('c'), 'CC-Member-CID-Name': 'José Ñ: 100%' }],
];

describe('forms', () => {
  const expected = eventsAt(DAY).map(({ raw: _, ...event }) => event);
  const envelope = (type: string, body: string) =>
    `Content-Length: ${Buffer.byteLength(body)}\nContent-Type: ${type}\n\n${body}`;
  const FORMS: [name: string, text: string][] = [
    [
      'CRLF',
      DAY.map(step => plain(...step))
        .join('')
        .replaceAll('\n', '\r\n'),
    ],
    [
      'no last blank line',
      DAY.map(step => plain(...step))
        .join('')
        .trimEnd(),
    ],
    ['NDJSON', DAY.map(step => json(...step)).join('\n')],
    ['a JSON array', `[${DAY.map(step => json(...step)).join(',\n')}]`],
    [
      'a plain socket’s text',
      `Content-Type: auth/request\n\nContent-Type: command/reply\nReply-Text: +OK accepted\n\n${DAY.map(step =>
        envelope('text/event-plain', plain(...step)),
      ).join('')}`,
    ],
    ['a JSON socket’s text', DAY.map(step => envelope('text/event-json', json(...step))).join('')],
    [
      'events with bodies',
      DAY.map(step => `${plain(...step).trimEnd()}\nContent-Length: 15\n\nCC-Agent: é\n\n`).join(''),
    ],
  ];
  for (const [name, text] of FORMS) {
    it(name, () => {
      const events = eventsOf(freeswitch, CONTEXT, [text]).map(({ raw: _, ...event }) => event);
      assert.deepEqual(events, expected);
    });
    it(`${name}, in any pieces`, () => {
      const whole = splitText(text, freeswitch.splitter());
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 60 }), size => {
          const splitter = freeswitch.splitter();
          const documents: RawDocument[] = [];
          for (let at = 0; at < text.length; at += size) {
            documents.push(...splitter.push(text.slice(at, at + size)));
          }
          assert.deepEqual([...documents, ...splitter.end()], whole);
        }),
      );
    });
  }

  it('any text gives the same documents in any pieces', () => {
    const pieces = fc.array(
      fc.constantFrom('a: b', '\n', '\r', ' ', 'Content-Length: 3', 'é', '😀', '\n\n', 'Content-Type: text/event-json'),
    );
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 7 }), (words, size) => {
        const text = `x${words.join('')}`;
        const splitter = freeswitch.splitter();
        const documents: RawDocument[] = [];
        for (let at = 0; at < text.length; at += size) {
          documents.push(...splitter.push(text.slice(at, at + size)));
        }
        assert.deepEqual([...documents, ...splitter.end()], splitText(text, freeswitch.splitter()));
      }),
    );
  });

  it('cuts a head without end, and continues after it', () => {
    const text = `a: b\n\n${'x'.repeat(5 * LIMITS.documentBytes)}\ny\n\nc: d\n\n`;
    const documents: RawDocument[] = [];
    const splitter = freeswitch.splitter();
    for (let at = 0; at < text.length; at += 65_536) documents.push(...splitter.push(text.slice(at, at + 65_536)));
    documents.push(...splitter.end());
    assert.deepEqual(
      documents.map(({ raw, position }) => [raw.length, position]),
      [
        [4, 1],
        [LIMITS.documentBytes + 1, 3],
        [4, 6],
      ],
    );
  });
});

describe('laws', () => {
  const headers = fc.oneof(
    fc.constantFrom('Available', 'Available (On Demand)', 'On Break', 'Logged Out').map(status),
    fc.constantFrom('Waiting', 'Receiving', 'In a queue call', 'Idle').map(state),
    fc.constantFrom('c', 'd').map(offer),
    fc.constantFrom('e', 'f').map(id => since(5, answer(id))),
    fc.constantFrom('e', 'f').map(id => since(5, end(id))),
    fc.constantFrom('e', 'f').map(id => since(5, fail(id, 'NO_ANSWER'))),
    fc.tuple(fc.constantFrom('c', 'd'), fc.constantFrom('l', 'm')).map(([id, leg]) => answer(id, leg)),
    fc.tuple(fc.constantFrom('c', 'd'), fc.constantFrom('l', 'm')).map(([id, leg]) => end(id, leg)),
    fc
      .tuple(fc.constantFrom('c', 'd'), fc.constantFrom('NO_ANSWER', 'ORIGINATOR_CANCEL'))
      .map(([id, cause]) => fail(id, cause)),
  );
  const second = fc.oneof(
    fc.integer({ min: 0, max: 30 }),
    fc.integer({ min: 0, max: 30 }).map(n => n / 10_000),
    fc.integer({ min: 0, max: 200_000 }),
  );
  const event = fc.tuple(second, headers, fc.constantFrom('1000', '2000')).map(args => plain(...args));
  const untimed = fc.tuple(headers, fc.boolean()).map(([headersGiven, isJson]) => {
    const timeless = { ...headersGiven, 'Event-Date-Timestamp': '' };
    return isJson ? json(0, timeless) : plain(0, timeless).replace('Event-Date-Timestamp: \n', '');
  });
  const texts = fc.uniqueArray(event, { maxLength: 25 });

  it('never throws', () =>
    checkNeverThrows(freeswitch, LIVE, [SAMPLES, DAY.map(step => plain(...step)).join(''), json(...DAY[2]!)]));
  it('the order and repetition of documents do not matter', () => checkAnyOrder(freeswitch, CONTEXT, texts));
  it('a document read again is the same fact', () =>
    checkRereading(freeswitch, CONTEXT, fc.array(fc.oneof(event, untimed), { maxLength: 10 })));
  it('a session depends on its own facts alone', () => checkFreshStart(freeswitch, CONTEXT, texts));
});
