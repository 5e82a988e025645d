// Labels that count as Away by default: the check names them, and is silent once the account has said what they are and replayed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guessedStates } from '../../src/quality/checks/guessed-states.ts';
import { replay } from '../../src/quality/replay/replay.ts';
import { FEEDS } from '../../src/sources/registry.ts';
import { asterisk } from '../../src/sources/asterisk/asterisk.ts';
import { splitText } from '../../src/sources/split/split.ts';
import { changeState, createState } from '../../src/directory/aux-states.ts';
import { decodeContext } from '../support/decode-context.ts';
import { temporaryServer } from '../support/temporary-server.ts';

const { offhook } = await temporaryServer();
const DAY = Date.UTC(2024, 0, 1);
const accountId = "o'hara";
const line = (second: number, verb: string, more = '') => `${DAY / 1000 + second}|NONE|q|SIP/7|${verb}|${more}`;
const LINES = [
  line(0, 'ADDMEMBER'),
  line(600, 'PAUSEALL', 'Lunch'),
  line(1200, 'UNPAUSEALL'),
  line(1800, 'PAUSEALL', 'Código 9'),
  line(2400, 'UNPAUSEALL'),
  line(2500, 'PAUSEALL'),
  line(2600, 'UNPAUSEALL'),
  line(2700, 'PAUSEALL', 'Xq'),
  line(2800, 'UNPAUSEALL'),
  line(3600, 'REMOVEMEMBER'),
];
await offhook.ingest(asterisk, splitText(LINES.join('\n'), asterisk.splitter()), decodeContext({ accountId }));

const find = () =>
  guessedStates.find(offhook.engine, {
    accountIds: [accountId],
    fromMs: DAY,
    toMs: DAY + 86_400_000,
    visibleGroups: new Map(),
    clock: { nowMs: DAY + 2 * 86_400_000, staleAfterMs: 57_600_000 },
    seesUnassigned: true,
  });
const state = (label: string, baseState: 'AWAY' | 'TRAINING') =>
  createState(offhook.engine, accountId, { label, baseState, isActive: true, isAgentSelectable: true }, DAY);

test('labels that no word explains are named, with the commands that say what they are', async () => {
  const { count, durationMs, kinds, summary, commands } = await find();
  assert.deepEqual([count, durationMs], [2, 700_000]);
  assert.deepEqual(
    kinds.map(({ kind, durationMs: ms }) => [kind, ms]),
    [
      ['Código 9', 600_000],
      ['Xq', 100_000],
    ],
  );
  assert.equal(summary, '2 labels count as Away because their base states are not set: «Código 9», «Xq».');
  assert.deepEqual(commands, [
    "./offhook states set --account 'o'\\''hara' --label 'Código 9' --base STATE",
    "./offhook states set --account 'o'\\''hara' --label Xq --base STATE",
    "./offhook replay --account 'o'\\''hara'",
  ]);
});

test('what the account has said is no guess; what is stored waits for a replay', async () => {
  await state('xq', 'AWAY');
  const nine = await state('código 9', 'TRAINING');
  const { count, summary, commands } = await find();
  assert.equal(count, 1);
  assert.match(summary!, /^1 label has another base state by now, but its stored events count as Away until a replay/);
  assert.deepEqual(commands, ["./offhook replay --account 'o'\\''hara'"]);
  const context = { accountId, isAllowed: () => true, receivedAt: DAY, live: false };
  const all = { accountId, source: undefined, fromMs: 0, toMs: DAY * 2, isPreview: false };
  offhook.forgetSettings();
  await replay(offhook, all, await offhook.decodeContext(context));
  assert.equal((await find()).count, 0);
  await changeState(offhook.engine, accountId, nine.stateId, { baseState: 'LUNCH' }, DAY);
  assert.equal((await find()).count, 0, 'it counts as what it was said to be, not as Away');
});

const KNOWN: [feed: string, label: string, isKnown: boolean][] = [
  ['asterisk', 'Coffee', true],
  ['asterisk', 'Zzz', false],
  ['amazon-connect', 'Lunch', true],
  ['amazon-connect', 'Projekt X', false],
  ['freeswitch', 'On Break', true],
  ['freeswitch', 'Errands', false],
  ['genesys', 'MEETING', true],
  ['genesys', 'GARDENING', false],
];
for (const [feed, label, isKnown] of KNOWN) {
  test(`${feed} ${isKnown ? 'knows' : 'guesses'} '${label}'`, () => {
    const source = FEEDS[feed]!;
    assert.ok('guessBaseState' in source && source.guessBaseState);
    assert.equal(source.guessBaseState(label) !== undefined, isKnown);
  });
}
