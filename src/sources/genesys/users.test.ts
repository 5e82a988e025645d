// Answers are read user by user, with their rejects; the properties of every feed hold.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LIMITS } from '../../limits.ts';
import type { RawDocument } from '../source.ts';
import { splitText } from '../split/split.ts';
import { readTexts } from '../testing/events-of.ts';
import { checkAnyOrder, checkFreshStart, checkNeverThrows, checkRereading } from '../testing/laws.ts';
import { genesys } from './genesys.ts';
import { CONTEXT, type Interval, interval, PRESENCE, page, ROUTING, user } from './testing/users-details.ts';

const sample = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const BLUEPRINT = sample('blueprint_users_details_primaryPresence.json');
const ANSWER = sample('doc_comment_users_details_response.json');

const start = '2026-03-02T08:00:00Z';
const oneInterval = (fields: object) => ({ userId: 'u', primaryPresence: [fields] });
const REJECTED: [what: object | string, reason: string, facts?: number][] = [
  [BLUEPRINT, 'MISSING_FIELD'],
  [{ userDetails: { userId: 'u' } }, 'INVALID_VALUE'],
  [{ some: 'object' }, 'MISSING_FIELD'],
  [{ userDetails: [7, user([['08:00', null, 'BUSY']])] }, 'NOT_AN_OBJECT', 1],
  [{ userId: 'u', primaryPresence: 'none' }, 'INVALID_VALUE'],
  [{ userId: 'u', primaryPresence: [null, interval('systemPresence', ['08:00', null, 'BUSY'])] }, 'NOT_AN_OBJECT', 1],
  [oneInterval({ startTime: start }), 'MISSING_FIELD'],
  [oneInterval({ systemPresence: 'BUSY' }), 'MISSING_FIELD'],
  [oneInterval({ startTime: 'today', systemPresence: 'BUSY' }), 'INVALID_TIME'],
  [oneInterval({ startTime: '2026-03-02T08:00:00', systemPresence: 'BUSY' }), 'INVALID_TIME'],
  [oneInterval({ startTime: start, endTime: '2026-03-02T07:00:00Z', systemPresence: 'BUSY' }), 'INVALID_TIME'],
  [{ userId: 'u', routingStatus: [{ startTime: start, routingStatus: 'DANCING' }] }, 'INVALID_VALUE'],
  ['{"userDetails": nothing', 'INVALID_JSON'],
  [`{"userId":"${'u'.repeat(LIMITS.documentBytes)}"}`, 'TOO_LARGE'],
];

describe('rejects', () => {
  for (const [what, reason, known = 0] of REJECTED) {
    const text = typeof what === 'string' ? what : JSON.stringify(what);
    it(`${reason} for ${text.slice(0, 90)}`, () => {
      const { facts, rejects } = readTexts(genesys, CONTEXT, [text]);
      assert.deepEqual([rejects.map(reject => reject.reason), facts.length], [[reason], known]);
    });
  }

  it('a rejected interval is stored alone and can be sent again', () => {
    const bad = interval('systemPresence', ['08:00', '07:00', 'BUSY']);
    const text = page({
      userId: 'u',
      primaryPresence: [bad, interval('systemPresence', ['09:00', '10:00', 'AWAY'])],
    });
    const { facts, rejects } = readTexts(genesys, CONTEXT, [text]);
    assert.equal(facts.length, 2);
    assert.deepEqual(JSON.parse(rejects[0]!.raw), { userDetails: [{ userId: 'u', primaryPresence: [bad] }] });
  });

  it('answers of the Python SDK give the same facts as those of the API', () => {
    for (const answer of [ANSWER, page(user(PRESENCE, ROUTING))]) {
      const python = answer
        .replace(
          /"([A-Za-z]+)":/g,
          (_, name: string) => `"${name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}":`,
        )
        .replace(/"([\d-]{10})T([\d:]{8})\.(\d{3})Z"/g, '"$1 $2.$3000+00:00"');
      assert.match(python, /"user_details":[\s\S]*"start_time": ?"[\d-]+ [\d:.]+\+00:00"/);
      const { facts, rejects } = readTexts(genesys, CONTEXT, [python, '{}']);
      assert.deepEqual([facts, rejects], [readTexts(genesys, CONTEXT, [answer]).facts, []]);
      assert.deepEqual(readTexts(genesys, CONTEXT, [JSON.stringify([JSON.parse(python), {}], null, 4)]).facts, facts);
    }
  });

  it('an empty answer is not an error', () => {
    const none = '{"aggregations": null, "total_hits": null, "user_details": null}';
    for (const text of ['{"userDetails":[],"totalHits":0}', '{"totalHits":0}', '{"aggregations":[]}', '{}', none]) {
      assert.deepEqual(readTexts(genesys, CONTEXT, [text]), { facts: [], rejects: [] });
    }
  });
});

describe('documents', () => {
  const users = ['a', 'b', 'c'].map(id => user([['08:00', '09:00', 'ON_QUEUE']], [['08:00', null, 'IDLE']], id));
  const [a, b, c] = users as [object, object, object];
  const pretty = (value: object) => JSON.stringify(value, null, 2);
  const FORMS: [name: string, text: string][] = [
    ['an answer', page(...users)],
    [
      'a pretty answer after a byte order mark',
      `\uFEFF${pretty({ totalHits: 3, aggregations: [{ x: [1] }], userDetails: users })}`,
    ],
    ['answers, one a line', `${page(a)}\n${page(b, c)}\n`],
    [
      'pretty answers',
      `${pretty({ userDetails: [a, b], aggregations: [{ x: [{}] }], end: {} })}\n${pretty({ userDetails: [c] })}`,
    ],
    ['an array of answers', JSON.stringify([{ userDetails: [a, b], totalHits: 2 }, { userDetails: [c] }])],
    ['users, one a line', users.map(each => JSON.stringify(each)).join('\n')],
    ['an array of users', pretty(users)],
    ['an answer that is cut off in what follows', `${page(...users).slice(0, -3)}\n`],
  ];
  for (const [name, text] of FORMS) {
    it(name, () => {
      const documents = splitText(text, genesys.splitter());
      assert.deepEqual(
        documents.map(({ raw }) => JSON.parse(raw)),
        users,
      );
      for (const size of [1, 7, 50]) assert.deepEqual(inPieces(text, size), documents);
    });
  }

  it('an answer with a broken user, then a good one', () => {
    const text = `${page(a).slice(0, -30)}\n${page(b)}`;
    const documents = splitText(text, genesys.splitter());
    assert.deepEqual(JSON.parse(documents.at(-1)!.raw), b);
  });

  it('a whole answer can be read as one document, too', () => {
    const read = genesys.reader(CONTEXT);
    const facts = readTexts(genesys, CONTEXT, [page(...users)]).facts;
    assert.deepEqual(read({ raw: page(...users), position: 1 }), facts);
  });

  it('any text gives the same documents in any pieces', () => {
    const pieces = fc.array(
      fc.constantFrom('{', '}', '[', ']', '"', ',', '\n', ' ', '"userDetails":', '"userDetails" : [', '1'),
    );
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 9 }), (words, size) => {
        const text = words.join('');
        assert.deepEqual(inPieces(text, size), splitText(text, genesys.splitter()));
      }),
    );
  });
});

function inPieces(text: string, size: number): RawDocument[] {
  const splitter = genesys.splitter();
  const documents: RawDocument[] = [];
  for (let at = 0; at < text.length; at += size) documents.push(...splitter.push(text.slice(at, at + size)));
  return [...documents, ...splitter.end()];
}

describe('laws', () => {
  const presences = fc.constantFrom('AVAILABLE', 'ON_QUEUE', 'MEAL', 'BUSY', 'OFFLINE');
  const statuses = fc.constantFrom('OFF_QUEUE', 'IDLE', 'INTERACTING', 'NOT_RESPONDING', 'COMMUNICATING');
  const second = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 200_000 }));
  const intervals = (values: fc.Arbitrary<string>) =>
    fc.array(
      fc
        .tuple(second, fc.option(fc.integer({ min: 0, max: 6 })), values, fc.constantFrom(undefined, 'x'))
        .map(([from, length, value, id]): Interval => [from, length === null ? null : from + length, value, id]),
      { maxLength: 6 },
    );
  const text = fc
    .tuple(intervals(presences), intervals(statuses), fc.constantFrom('u', 'v'))
    .map(([presence, routing, id]) => page(user(presence, routing, id)));
  const texts = fc.array(text, { maxLength: 5 });

  it('never throws', () => checkNeverThrows(genesys, CONTEXT, [ANSWER, BLUEPRINT, page(user(PRESENCE, ROUTING))]));
  it('the order and repetition of documents do not matter', () => checkAnyOrder(genesys, CONTEXT, texts));
  it('a document read again is the same fact', () => checkRereading(genesys, CONTEXT, texts));
  it('a session depends on its own facts alone', () => checkFreshStart(genesys, CONTEXT, texts));
});
