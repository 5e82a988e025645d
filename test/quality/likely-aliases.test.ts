// Names that are likely one agent: found where one only logs in and the other only takes calls, and told apart where several fit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { likelyAliases } from '../../src/quality/checks/likely-aliases.ts';
import { checkQuality } from '../../src/quality/quality.ts';
import { feedNamed } from '../../src/sources/registry.ts';
import { splitText } from '../../src/sources/split/split.ts';
import { importAgents } from '../../src/directory/agents/agents.ts';
import { parseAgentsCsv } from '../../src/directory/agents/agents-file.ts';
import { decodeContext } from '../support/decode-context.ts';
import { temporaryServer } from '../support/temporary-server.ts';

const { offhook } = await temporaryServer();
const DAY = 1_772_524_800;
const HOUR = 3600;

async function ingest(accountId: string, feedName: string, lines: readonly string[]): Promise<void> {
  const feed = feedNamed(feedName);
  const text = lines.map(line => `${line}\n`).join('');
  await offhook.ingest(feed, splitText(text, feed.splitter()), decodeContext({ accountId }));
}

/** A shift by Asterisk's default: the membership under the interface, calls and pauses under the name. */
function shift(from: number, to: number, phone: string, name: string, queue = '9999'): string[] {
  return [
    `${from}|MANAGER|${queue}|SIP/${phone}|ADDMEMBER|`,
    ...[600, 4000].map(after => `${from + after}|${from}.${phone}${after}|${queue}|${name}|CONNECT|10|1.1|8`),
    `${from + 4100}|${from}.${phone}4000|${queue}|${name}|COMPLETECALLER|10|92|1`,
    `${from + 5000}|NONE|${queue}|${name}|PAUSE|LUNCH`,
    `${from + 6000}|NONE|${queue}|${name}|UNPAUSE|LUNCH`,
    `${to}|MANAGER|${queue}|SIP/${phone}|REMOVEMEMBER|`,
  ];
}

const asked = (accountId: string) => ({
  accountIds: [accountId],
  fromMs: (DAY - 24 * HOUR) * 1000,
  toMs: (DAY + 240 * HOUR) * 1000,
  clock: { nowMs: (DAY + 240 * HOUR) * 1000, staleAfterMs: 16 * HOUR * 1000 },
  visibleGroups: new Map(),
  seesUnassigned: true,
});
const pairsOf = async (accountId: string) =>
  (await likelyAliases(offhook.engine, asked(accountId))).map(({ agentId, alias, isLikely, others }) => [
    agentId,
    alias,
    isLikely,
    others,
  ]);

const EARLY = shift(DAY, DAY + 4 * HOUR, '1004', 'DANA REED');

test('one pair in a queue is likely; what the check says joins it, and then finds nothing', async () => {
  await ingest('pair', 'asterisk', EARLY);
  assert.deepEqual(await pairsOf('pair'), [['1004', 'DANA REED', true, []]]);
  const { findings } = await checkQuality(offhook.engine, asked('pair'), 'LIKELY_ALIASES');
  assert.equal(
    findings[0]!.examples[0]!.detail,
    "'DANA REED' is likely agent '1004'. To join them: ./offhook agents alias set --account pair --agent 1004 'DANA REED'",
  );
  await offhook.aliases.add('pair', [{ agentId: '1004', alias: 'DANA REED' }], 0);
  assert.deepEqual(await pairsOf('pair'), []);
});

test('other hours, other queues and other days tell the pairs apart', async () => {
  await ingest('apart', 'asterisk', [
    ...EARLY,
    ...shift(DAY + 5 * HOUR, DAY + 9 * HOUR, '1005', 'BOB'),
    ...shift(DAY, DAY + 4 * HOUR, '1006', 'CY', 'sales'),
    ...shift(DAY + 24 * HOUR, DAY + 28 * HOUR, '1007', 'DI'),
  ]);
  assert.deepEqual(
    (await pairsOf('apart')).sort(),
    [
      ['1004', 'DANA REED'],
      ['1005', 'BOB'],
      ['1006', 'CY'],
      ['1007', 'DI'],
    ].map(pair => [...pair, true, []]),
  );
});

test('two who always work together are possible pairs, until the directory names one', async () => {
  await ingest('together', 'asterisk', [...EARLY, ...shift(DAY, DAY + 4 * HOUR, '1005', 'BOB')]);
  assert.deepEqual(await pairsOf('together'), [
    ['1004', 'BOB', false, ['1005']],
    ['1004', 'DANA REED', false, ['1005']],
  ]);
  const csv = 'agent_id,first_name,last_name\n1005,Bob,\n1004,Dana,Reed\n';
  await importAgents(offhook.engine, 'together', parseAgentsCsv(csv), 0);
  assert.deepEqual(await pairsOf('together'), [
    ['1005', 'BOB', true, []],
    ['1004', 'DANA REED', true, []],
  ]);
});

test('agents who log in and take calls under one name are no pairs', async () => {
  const own = EARLY.map(line => line.replace('DANA REED', 'SIP/1004'));
  await ingest('whole', 'asterisk', [...own, ...EARLY.map(line => line.replaceAll(/1004|DANA REED/g, '1008'))]);
  assert.deepEqual(await pairsOf('whole'), []);
});

test('FreeSWITCH: a status under a name, and calls under an identifier', async () => {
  const event = (second: number, agent: string, action: string, more: object) =>
    JSON.stringify({
      'Event-Subclass': 'callcenter::info',
      'CC-Agent': agent,
      'CC-Action': action,
      'Event-Date-Timestamp': String((DAY + second) * 1_000_000),
      ...more,
    });
  const call = { 'CC-Member-Session-UUID': 'caller-1', 'CC-Queue': 'support', 'CC-Agent-UUID': 'leg-1' };
  await ingest('switch', 'freeswitch', [
    event(0, 'dana@pbx', 'agent-status-change', { 'CC-Agent-Status': 'Available' }),
    event(600, '0b5a7c1e@pbx', 'agent-offering', call),
    event(608, '0b5a7c1e@pbx', 'bridge-agent-start', call),
    event(700, '0b5a7c1e@pbx', 'bridge-agent-end', call),
    event(HOUR, 'dana@pbx', 'agent-status-change', { 'CC-Agent-Status': 'Logged Out' }),
  ]);
  assert.deepEqual(await pairsOf('switch'), [['dana@pbx', '0b5a7c1e@pbx', true, []]]);
});
