// The engine reads plain lines exactly as the decoder does, and leaves all others to it.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeContext } from '../../../test/support/decode-context.ts';
import { temporaryEngine } from '../../../test/support/temporary-engine.ts';
import { readSql } from '../../engine/sql-file.ts';
import { ringcx } from '../../sources/ringcx/ringcx.ts';
import { isReject, type RawDocument } from '../../sources/source.ts';
import { splitText } from '../../sources/split/split.ts';
import { EVENT_COLUMNS, eventBlock } from '../events/event-block.ts';
import { openEventWriter } from '../events/event-writer.ts';
import { hasPlainLines, importLines, LINE_COLUMNS, LINE_SETTINGS, readsLines } from './line-import.ts';
import { type LinePiece, linePieces } from './line-pieces.ts';
import { runs } from '../../../test/support/property-runs.ts';

const { engine } = await temporaryEngine();
const skip = !readsLines(engine) && 'this engine reads no lines';
const RECEIVED_MS = Date.parse('2020-12-01T00:00:00Z');
const CONTEXT = decodeContext({ receivedAt: RECEIVED_MS });

const CALL = {
  event_type: 'ACD-CALL',
  account_id: '15300002',
  call_id: '202006302136360132130000036446',
  agent_id: '1369310',
  call_start: '2020-06-30 21:36:36',
  call_duration: '19',
  queue_duration: '3',
  call_state: 'ANSWERED',
  gate_id: '72992',
  gate_name: 'My Queue',
  username: 'a@example.com',
  external_agent_id: null,
  ani: '5105550104',
};
const STATE = {
  event_type: 'AVAILABLE',
  account_id: '15300002',
  agent_login_id: '612829048',
  date_time: '2020-06-30 19:44:30',
  agent_id: '1369310',
  username: 'rc.guest+1@gmail.com',
  agent_phone: '16505550100*1212@RC_SOFTPHONE',
  external_agent_id: null,
  event_aux_type: 'Available',
  prev_state: 'WORKING',
  prev_aux_state: '',
  duration: '17',
  pending_disp: '0',
  call_id: '',
  call_source_id: '',
  call_source_name: '',
  call_type: '',
  source_ip: '192.168.1.1',
};
const BASES: Record<string, unknown>[] = [
  STATE,
  { ...STATE, event_type: 'LOGIN', prev_state: '', duration: '' },
  { ...STATE, event_type: 'LOGOUT', prev_state: 'AVAILABLE' },
  { ...STATE, prev_state: 'LOGIN', duration: '0' },
  { ...STATE, event_type: 'TRANSITION', prev_state: 'AVAILABLE', duration: '0' },
  {
    ...STATE,
    event_type: 'ENGAGED',
    prev_state: 'TRANSITION',
    call_id: "'2020",
    call_source_id: '72992',
    call_type: 'ACD',
  },
  {
    ...STATE,
    event_type: 'ENGAGED',
    prev_state: 'ENGAGED',
    call_id: '',
    call_type: 'VPD',
    pending_disp: 'true',
  },
  { ...STATE, event_type: 'RNA-STATE', prev_state: 'RNA-STATE', external_agent_id: 'null' },
  { ...STATE, event_type: 'ON BREAK', prev_state: 'BREAK-AFTER-CALL', event_aux_type: 'Café – Pause' },
  CALL,
  { ...CALL, event_type: 'VPD-CALL', call_duration: '', queue_duration: '', agent_id: undefined },
];

const VALUES: unknown[] = [
  '',
  ' ',
  ' x',
  'x ',
  '0',
  '00',
  '1',
  '1.5',
  '-1',
  '+1',
  '1e3',
  '0x10',
  '0.0',
  'null',
  'true',
  "'",
  "''1",
  'é',
  ' ',
  'a\u00a0',
  '\u007f',
  '\u0085',
  '\u2003x',
  '\ud83d',
  '😀',
  'a"b',
  'a\\b',
  'a/b',
  'a\tb',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '":"',
  'x'.repeat(256),
  'é'.repeat(200),
  'x'.repeat(257),
  'LOGIN',
  'login',
  'Login ',
  'LOGOFF',
  'ENGAGED',
  'engaged',
  'ON_BREAK',
  'ON  BREAK',
  'CUSTOM',
  'RNA',
  'TRANSITION',
  'AUX-UNAVAIL_OFFHOOK',
  'ACD-CALL',
  'ACD_CALL',
  'VPD CALL',
  'X-CALL',
  'ACD',
  'VPD',
  'acd',
  '15300002',
  '15300003',
  '2020-06-30T19:44:30',
  '2020-06-30 19:44:30.5',
  '2020-06-30 19:44:30Z',
  '2020-06-30 19:44:30-04:00',
  '2020-02-30 00:00:00',
  '2020-06-30 24:00:00',
  '2020-06-30 19:44:60',
  '2020-6-30 19:44:30',
  '0000-00-00 00:00:00',
  '1970-01-01 00:00:00',
  '1989-12-31 23:00:00',
  '1990-01-01 00:00:00',
  '2120-01-01 00:00:00',
  '2020-07-01 00:00:00',
  '2020-06-30 19:44:3',
  '4294967295',
  '4294967296',
  '99999999999',
  '999999999',
  '1000000000',
  '0010',
  null,
  true,
  false,
  0,
  1,
  1.5,
  -0,
  1e21,
  123456789012345680000,
  612829048,
  {},
  { a: 'b' },
  [],
  ['x'],
  [1],
];
const NAMES = [...new Set([...Object.keys(STATE), ...Object.keys(CALL), 'unknown'])];
const field = fc.constantFrom(...NAMES);
const value = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...VALUES) }, { weight: 1, arbitrary: fc.jsonValue() });

const changed = fc
  .tuple(fc.constantFrom(...BASES), fc.array(fc.tuple(field, fc.option(value, { nil: undefined })), { maxLength: 3 }))
  .map(([base, changes]) => ({ ...base, ...Object.fromEntries(changes) }));
/** A document in one of the forms in which it may be written on one line. */
const written = fc.tuple(changed, fc.nat(9), field, fc.constantFrom(...VALUES)).map(([document, form, name, other]) => {
  const text = JSON.stringify(document);
  if (form === 0) return JSON.stringify(document, null, 1).replaceAll('\n', '');
  if (form === 1) return ` ${text}\t`;
  if (form === 2) return `${text}\r`;
  if (form === 3) return text.replace('{', `{${JSON.stringify(name)}:${JSON.stringify(other) ?? 'null'},`);
  if (form === 4) return text.replace(/\}$/, `,${JSON.stringify(name)}:${JSON.stringify(other) ?? 'null'}}`);
  return text;
});
const ODD = [
  '',
  '{}',
  'x',
  '{',
  '"',
  '\ufeff{}',
  '[]',
  'null',
  '{"a":1}{"b":2}',
  '{"a":"b"} x',
  '{"a":"b",}',
  '\u0000',
  ',',
  ':',
  '":',
  ' "',
];
const damaged = fc
  .tuple(
    written,
    fc.nat(600),
    fc.nat(4),
    fc.oneof(fc.constantFrom(...ODD, '\ufffd', '\u2028'), fc.string({ maxLength: 3 })),
  )
  .map(([text, at, removed, added]) => (text.slice(0, at) + added + text.slice(at + removed)).replaceAll('\n', ' '));
const line = fc.oneof(written, { weight: 1, arbitrary: damaged }, { weight: 1, arbitrary: fc.constantFrom(...ODD) });

const COLUMNS = [...EVENT_COLUMNS, 'event_id'].join(', ');
const LIKE = {
  accounts: ['15300002'],
  fromMs: Date.parse('2020-06-29T00:00:00Z'),
  toMs: Date.parse('2020-07-02T00:00:00Z'),
};
if (!skip) {
  await engine.command('CREATE TABLE by_engine AS events ENGINE = Memory');
  await engine.command('ALTER TABLE by_engine ADD COLUMN is_sure UInt8, ADD COLUMN row_number UInt64');
  await engine.command('CREATE TABLE by_decoder AS events ENGINE = Memory');
}

async function pieceOf(directory: string, text: Buffer): Promise<LinePiece> {
  async function* chunks() {
    yield text;
  }
  const [piece] = await Array.fromAsync(linePieces(chunks(), directory));
  return piece!;
}

/** How many of the lines the engine is sure of; fails where one of them is not what the decoder makes of it. */
async function sureOf(lines: readonly string[]): Promise<number> {
  assert.ok(readsLines(engine) && hasPlainLines(ringcx));
  await engine.command('TRUNCATE TABLE by_engine');
  await engine.command('TRUNCATE TABLE by_decoder');
  const columns = LINE_COLUMNS.join(', ');
  const sql = `INSERT INTO by_engine (${columns}) SELECT ${columns} FROM (${readSql(ringcx.plainLines.sql)}) ${LINE_SETTINGS}`;
  const piece = await pieceOf(engine.lines.directory, Buffer.from(`${lines.join('\n')}\n`));
  await engine.lines.insert(sql, ringcx.plainLines.params(LIKE, CONTEXT), piece.file);
  rmSync(piece.file);
  const sure = await engine.query<{ row: number }>('SELECT row_number AS row FROM by_engine WHERE is_sure');
  const decode = ringcx.decoder(CONTEXT);
  const events = sure.map(({ row }) => {
    const [document] = splitText(`${lines[row]}\n`, ringcx.splitter());
    const decoded = decode(document as RawDocument);
    assert.ok(!isReject(decoded), `${lines[row]}: ${JSON.stringify(decoded)}`);
    return decoded;
  });
  if (events.length > 0) await engine.insertBlock('by_decoder', eventBlock(events));
  const different = await engine.query(
    `SELECT ${COLUMNS}, count() FROM by_engine WHERE is_sure GROUP BY ${COLUMNS}
     EXCEPT SELECT ${COLUMNS}, count() FROM by_decoder GROUP BY ${COLUMNS}`,
  );
  assert.deepEqual(different, []);
  return sure.length;
}

test('what the engine is sure of is what the decoder makes of the line', { skip }, async () => {
  let lines = 0;
  let sure = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1000, maxLength: 1000 }), async generated => {
      lines += generated.length;
      sure += await sureOf(generated);
    }),
    { ...runs(8), endOnFailure: true },
  );
  assert.ok(sure > lines / 10 && sure < (lines * 9) / 10, `${sure} of ${lines}`);
});

test('the engine is sure of every usual line', { skip }, async () => {
  assert.equal(await sureOf(BASES.map(base => JSON.stringify(base))), BASES.length);
});

test('a file of all kinds of lines is stored as by the decoder alone', { skip }, async () => {
  assert.ok(readsLines(engine) && hasPlainLines(ringcx));
  const generated = fc.sample(line, { numRuns: 3000, seed: 7 });
  // Both passes of a repeated hour, whose lines are left to the decoder, in the order of the file.
  const repeated = ['00:59:00', '01:10:00', '01:50:00', '01:05:00', '01:55:00', '02:00:00'].map(time =>
    JSON.stringify({ ...STATE, agent_login_id: 'dst', date_time: `2020-11-01 ${time}` }),
  );
  // Of events with the same key one is kept, whichever: here each has its own.
  const seen = new Set<string>();
  const decodeAlone = ringcx.decoder(CONTEXT);
  const isNew = (one: string) => {
    const decoded = decodeAlone({ raw: one.trim(), position: 1 });
    const key = JSON.stringify({ ...decoded, ...(!isReject(decoded) && { raw: '' }) });
    return !seen.has(key) && seen.add(key);
  };
  const lines = [...BASES.map(base => JSON.stringify(base)), ...generated].filter(isNew);
  const text = Buffer.from([...lines, ...repeated].join('\n'));
  const stored = async () => [
    await engine.query(`SELECT ${COLUMNS} FROM events FINAL ORDER BY ALL`),
    await engine.query('SELECT * FROM rejects FINAL ORDER BY ALL'),
    await engine.query('SELECT * FROM login_sessions FINAL ORDER BY ALL'),
  ];
  const writer = openEventWriter(engine);
  const cuts = [0, 20_000, 20_001, 300_000, text.length].map(at =>
    at === text.length ? at : text.lastIndexOf('\n', at) + 1,
  );
  const { directory } = engine.lines;
  async function* pieces() {
    for (const [nth, at] of cuts.slice(1).entries())
      if (at > cuts[nth]!) yield await pieceOf(directory, text.subarray(cuts[nth], at));
  }
  let total = { stored: 0, rejected: 0, bytes: 0 };
  for await (total of importLines(engine, writer, ringcx, pieces(), { context: CONTEXT, firstLine: 1 }));
  const byEngine = await stored();

  for (const table of ['events', 'rejects', 'login_sessions']) await engine.command(`TRUNCATE TABLE ${table}`);
  const decode = ringcx.decoder(CONTEXT);
  const written = await writer.write(splitText(text.toString('utf8'), ringcx.splitter()).map(decode));
  // The last piece ends within a repeated hour, of which the decoder remembers its sessions: nothing goes on behind it.
  assert.deepEqual(total, { ...written, bytes: cuts.at(-2) });
  assert.deepEqual(byEngine, await stored());
});
