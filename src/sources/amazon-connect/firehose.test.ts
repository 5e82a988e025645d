import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeContext } from '../../../test/support/decode-context.ts';
import { Refusal } from '../fields.ts';
import { readTexts } from '../testing/events-of.ts';
import { amazonConnect } from './amazon-connect.ts';
import { deliveryAnswer, readDelivery } from './firehose.ts';
import { connectEvent } from './testing/connect-event.ts';
import { runs } from '../../../test/support/property-runs.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const EVENTS = [1, 2, 3].map(n => connectEvent({ id: `e${n}`, at: n }));
const [one, two, three] = EVENTS as [string, string, string];

describe('amazon-connect: Firehose', () => {
  it('finds the events of a delivery, even several in one record', () => {
    const body = JSON.stringify({
      requestId: 'ed4acda5',
      timestamp: 1_578_090_901_599,
      records: [{ data: base64(one + two) }, { data: '' }, { data: base64(`${three}\n`) }],
    });
    assert.deepEqual(readDelivery(body), {
      requestId: 'ed4acda5',
      documents: [
        { raw: one, position: 1 },
        { raw: two, position: 1 },
        { raw: three, position: 3 },
      ],
    });
  });

  it('refuses a body that is not a JSON object, and finds nothing in one without records', () => {
    assert.throws(
      () => readDelivery('[1'),
      (error: unknown) => error instanceof Refusal && error.reason === 'INVALID_JSON',
    );
    assert.deepEqual(readDelivery('{}'), { requestId: '', documents: [] });
  });

  it('keeps records without data for the reader to reject', () => {
    const body = JSON.stringify({ requestId: 'r', records: [{ data: { a: 1 } }, 7] });
    const raws = readDelivery(body).documents.map(({ raw }) => raw);
    assert.deepEqual(raws, ['{"data":{"a":1}}', '7']);
  });

  it('answers with the id, the time and the error', () => {
    assert.deepEqual(deliveryAnswer('r', 5), { requestId: 'r', timestamp: 5 });
    const failed = deliveryAnswer('r', 5, 'é'.repeat(9_000));
    assert.deepEqual([failed.requestId, failed.errorMessage?.length], ['r', 8_192]);
  });

  const LISTS: [string, object][] = [
    ['a delivery', { requestId: 'r', records: EVENTS.map(event => ({ data: base64(event) })) }],
    ['a read from Kinesis', { Records: EVENTS.map(event => ({ SequenceNumber: '1', Data: base64(event) })) }],
    ['an event of a function', { Records: EVENTS.map(event => ({ kinesis: { data: base64(event) } })) }],
  ];
  for (const [name, list] of LISTS) {
    it(`reads the events of ${name} as if each came alone`, () => {
      const { facts, rejects } = readTexts(amazonConnect, decodeContext(), [JSON.stringify(list)]);
      assert.deepEqual(rejects, []);
      assert.deepEqual(facts, readTexts(amazonConnect, decodeContext(), EVENTS).facts);
    });
  }

  it('throws nothing but refusals', () => {
    const record = fc.record({ data: fc.oneof(fc.string(), fc.base64String(), fc.jsonValue()) });
    fc.assert(
      fc.property(fc.array(fc.oneof(record, fc.jsonValue())), records => {
        readDelivery(JSON.stringify({ records }));
      }),
      runs(100),
    );
  });
});

describe('amazon-connect: files', () => {
  const pretty = (text: string) => JSON.stringify(JSON.parse(text), null, 2);
  const FORMS: [string, string][] = [
    ['NDJSON', `${EVENTS.join('\n')}\n`],
    ['objects with nothing between them', EVENTS.join('')],
    ['objects with nothing between them after a byte order mark', `\uFEFF${EVENTS.join('')}`],
    ['objects on a line and more after it', `${one}${two}\n${three}`],
    ['an array', `[${EVENTS.join(',')}]`],
    ['pretty objects', EVENTS.map(pretty).join('\n')],
  ];
  for (const [name, text] of FORMS) {
    it(`reads ${name}`, () => {
      for (const size of [7, 100_000]) {
        const splitter = amazonConnect.splitter();
        const documents = [];
        for (let i = 0; i < text.length; i += size) documents.push(...splitter.push(text.slice(i, i + size)));
        documents.push(...splitter.end());
        assert.deepEqual(
          documents.map(({ raw }) => JSON.parse(raw).EventId),
          ['e1', 'e2', 'e3'],
        );
      }
    });
  }
});
