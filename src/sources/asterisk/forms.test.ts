// Every form of queue_log gives the same lines as the file: dumps and exports of databases, and documents of log shippers.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import fc from 'fast-check';
import { context, figuresOf, foldedSessions } from '../../../test/support/asterisk-lines.ts';
import type { AgentFact } from '../agent-source.ts';
import type { RawDocument } from '../source.ts';
import { splitText } from '../split/split.ts';
import { eventsOf, readTexts } from '../testing/events-of.ts';
import { checkNeverThrows, checkRereading } from '../testing/laws.ts';
import { textOf } from '../text/text-encoding.ts';
import { asterisk } from './asterisk.ts';
import { queueLogSplitter } from './forms.ts';
import { runs } from '../../../test/support/property-runs.ts';

const TABLES = join(import.meta.dirname, 'fixtures/tables');
const ZONE = { zoneOf: () => 'US/Arizona' };
const table = (name: string) => textOf(readFileSync(join(TABLES, name))).text;
const linesOf = (facts: readonly AgentFact[]) => [...new Set(facts.map(({ raw }) => raw))];

/** The lines that Asterisk writes to its file for the events in each database. */
const LINES = [
  '1374621559|REALTIME|Billing|SIP/551|ADDMEMBER',
  '1374621586|c1|Billing|SIP/551|CONNECT|6|c2|6',
  '1374621598|c1|Billing|SIP/551|COMPLETEAGENT|6|12|1',
  "1374621600|MANAGER|Billing|Zoë O'Brien|ADDMEMBER",
  `1374621660|NONE|Billing|Zoë O'Brien|PAUSE|it's; (a) "break", \\o/ -- #`,
  "1374621960|NONE|Billing|Zoë O'Brien|UNPAUSE",
  '1374622159|REALTIME|Billing|SIP/551|REMOVEMEMBER',
  "1374622200|MANAGER|Billing|Zoë O'Brien|REMOVEMEMBER",
];
const EXPECTED: Record<string, string[]> = {
  'phpmyadmin.sql': [
    '1374621559|REALTIME|Billing|LOCAL/551@default/n,0,551,hint:5|ADDMEMBER',
    '1374621586|1374576570.0|Billing|SIP/551|CONNECT|6|1374576580.1|6',
    '1374621598|1374576570.0|Billing|SIP/551|COMPLETEAGENT|6|12|1',
    '1374624211|1374579168.5|Billing|SIP/551|CONNECT|12|1374579199.6|11',
    '1374624384|1374579168.5|Billing|SIP/551|COMPLETECALLER|12|173|1',
    '1374624800|1374579772.18|Billing|SIP/551|RINGNOANSWER|15000',
  ],
  'case.csv': LINES.filter(line => line.includes('551')),
  'case.sql': LINES.filter(line => line.includes('551')),
};

describe('a table', () => {
  for (const name of readdirSync(TABLES)) {
    it(`${name} gives the lines of the file`, () => {
      const { facts, rejects } = readTexts(asterisk, context(ZONE), [table(name)]);
      assert.deepEqual(linesOf(facts), EXPECTED[name] ?? LINES);
      assert.deepEqual(rejects, []);
    });
  }

  it('is the same however its text is cut', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...readdirSync(TABLES)),
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1 }),
        (name, sizes) => {
          const text = table(name);
          const splitter = queueLogSplitter();
          const documents: RawDocument[] = [];
          for (let at = 0, i = 0; at < text.length; i++) {
            const size = sizes[i % sizes.length]!;
            documents.push(...splitter.push(text.slice(at, at + size)));
            at += size;
          }
          assert.deepEqual([...documents, ...splitter.end()], splitText(text, queueLogSplitter()));
        },
      ),
      runs(40),
    );
  });

  it('gives the line number of each row', () => {
    const positions = (name: string) => splitText(table(name), queueLogSplitter()).map(({ position }) => position);
    assert.deepEqual(positions('case.csv'), [2, 3, 4, 5, 6]);
    assert.deepEqual(new Set(positions('case.sql')), new Set([16]));
    const dump = table('mysqldump.sql').split('\n');
    for (const { raw, position } of splitText(table('mysqldump.sql'), queueLogSplitter())) {
      assert.ok(dump[position - 1]!.includes(raw.split('|')[4]!), `${position}: ${raw}`);
    }
  });

  it('gives the same figures as the file, computed by hand', () => {
    for (const name of ['case.csv', 'case.sql']) {
      const events = eventsOf(asterisk, context(ZONE), [table(name), LINES.slice(0, 3).join('\n')]);
      const [figures] = [...foldedSessions(events).values()].map(figuresOf);
      assert.deepEqual([figures!.logout - figures!.login, figures!.ring, figures!.engaged], [600, 6, 12]);
      assert.deepEqual([figures!.accepted, figures!.presented, foldedSessions(events).size], [1, 1, 1]);
    }
  });
});

const LINE = LINES[1]!;
const ROW = 'c1|Billing|SIP/551|CONNECT|6|c2|6';
const object = (more: object) => JSON.stringify(more);
const DOCUMENTS: [name: string, document: string][] = [
  ['a line', LINE],
  ['a line with a date', `2013-07-23 16:19:46.939229|${ROW}`],
  ['a date with a zone', `2013-07-23T23:19:46Z|${ROW}`],
  ['a date with an offset', `2013-07-24 01:19:46.9+0200|${ROW}`],
  ['syslog', `Jul 23 16:19:46 pbx asterisk[123]: ${LINE}`],
  ['syslog with priority', `<134>Jul 23 16:19:46 pbx asterisk[123]: ${LINE}`],
  ['RFC 5424', `<134>1 2013-07-23T16:19:46.939-07:00 pbx asterisk 123 - - ${LINE}`],
  ['RFC 5424 with a mark', `<134>1 2013-07-23T16:19:46Z pbx asterisk 123 ID1 [a b="c"] \uFEFF${LINE}`],
  ['syslog of a dated line', `Jul 23 16:19:46 pbx asterisk: 2013-07-23 16:19:46|${ROW}`],
  ['a container’s runtime', `2013-07-23T23:19:46.939229Z stdout F ${LINE}`],
  [
    'Filebeat',
    object({
      '@timestamp': '2013-07-23T23:19:47Z',
      log: { offset: 7, file: { path: 'queue_log' } },
      message: LINE,
    }),
  ],
  ['Fluent Bit', object({ date: 1374621587.1, log: LINE })],
  ['Docker', object({ log: `${LINE}\n`, stream: 'stdout', time: '2013-07-23T23:19:46Z' })],
  [
    'Vector',
    object({
      file: '/q',
      host: 'pbx',
      message: LINE,
      source_type: 'file',
      timestamp: '2013-07-23T23:19:46Z',
    }),
  ],
  ['Loki', object({ labels: { job: 'q' }, line: LINE, timestamp: '2013-07-23T23:19:46Z' })],
  ['journald', object({ __REALTIME_TIMESTAMP: '1374621586939229', SYSLOG_IDENTIFIER: 'asterisk', MESSAGE: LINE })],
  ['journald’s bytes', object({ MESSAGE: [...Buffer.from(LINE)], PRIORITY: '6' })],
  ['syslog in a shipper', object({ message: `Jul 23 16:19:46 pbx asterisk[123]: ${LINE}` })],
  ['Elasticsearch', object({ _index: 'q', _source: { message: LINE } })],
  [
    'QueueMetrics',
    object({
      partition: 'P001',
      time_id: 1374621586,
      call_id: 'c1',
      queue: 'Billing',
      agent: 'SIP/551',
      verb: 'CONNECT',
      data1: '6',
      data2: 'c2',
      data3: '6',
      data4: '',
      data5: null,
      serverid: '',
      unique_row_count: 3,
    }),
  ],
  [
    'data in one column',
    object({
      time: '1374621586',
      callid: 'c1',
      queuename: 'Billing',
      agent: 'SIP/551',
      event: 'CONNECT',
      data: '6|c2|6',
      data1: '',
    }),
  ],
];

test('no text throws, and a row that is read again gives the same fact', () => {
  const texts = [...readdirSync(TABLES).map(table), ...DOCUMENTS.map(([, document]) => document)];
  checkNeverThrows(asterisk, context(ZONE), texts);
  checkRereading(asterisk, context(ZONE), fc.shuffledSubarray(texts, { minLength: 1 }));
});

describe('a document', () => {
  for (const [name, document] of DOCUMENTS) {
    it(`of ${name} gives the line`, () => {
      const { facts, rejects } = readTexts(asterisk, context(ZONE), [document]);
      assert.deepEqual([linesOf(facts), rejects], [[LINE], []]);
      assert.equal(facts[0]!.key, LINE);
    });
  }
});

const HEADED: [name: string, text: string][] = [
  ['QueueMetrics', `time_id,call_id,queue,agent,verb,data1,data2,data3\n1374621586,${ROW.replaceAll('|', ',')}\n`],
  [
    'FreePBX',
    `"id";"time";"callid";"queuename";"serverid";"agent";"event";"data";"data1";"data2";"data3"\r\n` +
      `"1";"2013-07-23 16:19:46";"c1";"Billing";"pbx";"SIP/551";"CONNECT";NULL;"6";"c2";"6"\r\n`,
  ],
  ['other capitals and order', `EVENT,Agent,QueueName,CallID,Time,Data\nCONNECT,SIP/551,Billing,c1,1374621586,6|c2|6`],
  [
    'phpMyAdmin’s JSON',
    '[\n{"type":"header","version":"5.2.1","comment":"Export to JSON plugin for PHPMyAdmin"},\n' +
      '{"type":"database","name":"asterisk"},\n{"type":"table","name":"queue_log","database":"asterisk","data":\n[\n' +
      '{"id":"3","time":"2013-07-23 16:19:46.939229","callid":"c1","queuename":"Billing","agent":"SIP/551",' +
      '"event":"CONNECT","data1":"6","data2":"c2","data3":"6"}\n]\n}\n]\n',
  ],
  [
    'no columns named',
    `INSERT INTO queue_log VALUES (3,'1374621586','c1','Billing','SIP/551','CONNECT','6','c2','6','','');`,
  ],
  [
    'REPLACE and a qualified name',
    'replace into `asterisk`.`queuelog` (time, callid, queuename, agent, event, data1, data2, data3)\n' +
      " values (1374621580, 'c1', 'Billing', 'NONE', 'ENTERQUEUE', NULL, concat('(', 'a'), 1),\n" +
      "(1374621586, 'c1', 'Billing', 'SIP/551', 'CONNECT', 6, 'c2', 6) ON DUPLICATE KEY UPDATE data1 = VALUES(data1);",
  ],
];

test('exports by their header or statement', () => {
  for (const [name, text] of HEADED) {
    const { facts, rejects } = readTexts(asterisk, context(ZONE), [text]);
    assert.deepEqual([linesOf(facts), rejects], [[LINE], []], name);
  }
});

test('a line with a date needs a zone; times with a zone, and TIMESTAMPs of a dump, do not', () => {
  const unknown = context({ zoneOf: () => undefined });
  const [reject] = readTexts(asterisk, unknown, [table('case.csv')]).rejects;
  assert.equal(reject!.reason, 'INVALID_TIME');
  assert.match(reject!.detail, /--timezone/);
  const timestamps = table('mysqldump.sql').replace(/^INSERT INTO `queue_log`/m, 'INSERT INTO `no_log`');
  const { facts, rejects } = readTexts(asterisk, unknown, [timestamps]);
  assert.deepEqual([linesOf(facts), rejects], [LINES, []]);
});

test('a document that is neither line nor row is rejected', () => {
  const refusals: [text: string, reason: string][] = [
    ['{"a":1}', 'MISSING_FIELD'],
    ['{"message":"hello"}', 'MISSING_FIELD'],
    ['{"message":', 'INVALID_JSON'],
    [`2013-02-30 16:19:46|${ROW}`, 'INVALID_TIME'],
    ['id,time\n1,2', 'MISSING_FIELD'],
    ["INSERT INTO queue_log VALUES (1, 'x' 'y')", 'MISSING_FIELD'],
    ["INSERT INTO queue_log VALUES (1, 'x", 'MISSING_FIELD'],
  ];
  for (const [text, reason] of refusals) {
    const { facts, rejects } = readTexts(asterisk, context(ZONE), [text]);
    assert.deepEqual([facts.length, rejects[0]?.reason], [0, reason], text);
  }
});
