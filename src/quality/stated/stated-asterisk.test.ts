// Lines that state another time than the one between them are found, and no others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeContext } from '../../../test/support/decode-context.ts';
import { temporaryServer } from '../../../test/support/temporary-server.ts';
import { asterisk } from '../../sources/asterisk/asterisk.ts';
import { splitText } from '../../sources/split/split.ts';
import { statedAsterisk } from './stated-asterisk.ts';

const { offhook } = await temporaryServer();
const DAY = Date.UTC(2023, 10, 14);
const at = (second: number) => DAY / 1000 + second;
const LINES = [
  `${at(0)}|NONE|NONE|SIP/7|AGENTCALLBACKLOGIN|7@x`,
  `${at(100)}|c1|q|SIP/7|CONNECT|5|c1|3`,
  `${at(160)}|c1|q|SIP/7|COMPLETECALLER|5|60|1`,
  `${at(200)}|c2|q|SIP/7|CONNECT|5|c2|3`,
  `${at(260)}|c2|q|SIP/7|COMPLETEAGENT|5|90|1`,
  `${at(300)}|c3|q|SIP/7|CONNECT|5|c3|3`,
  `${at(401)}|c3|q|SIP/7|ATTENDEDTRANSFER|LINK|SIP/8|SIP/9|5|100|1`,
  `${at(500)}|NONE|NONE|SIP/7|AGENTCALLBACKLOGOFF|7@x|470|`,
  // Of another agent all is as the log states it, though some beginnings are missing, and one call lies in a second.
  `${at(100)}|d1|q|SIP/8|CONNECT|5|d1|3`,
  `${at(130)}|d1|q|SIP/8|CALLEROFFHOLD|10`,
  `${at(160)}|d1|q|SIP/8|COMPLETECALLER|5|60|1`,
  `${at(200)}|d2|q|SIP/8|CONNECT|5|d2|0`,
  `${at(200)}|d2|q|SIP/8|COMPLETEAGENT|5|0|1`,
  `${at(300)}|d3|q|SIP/8|OUTCALL|ANSWER|40|60`,
  `${at(310)}|d4|q|SIP/8|OUTDIAL|555`,
  `${at(320)}|d5|q|SIP/8|OUTDIAL|556`,
  `${at(325)}|d5|q|SIP/8|OUTCANCEL|556|5`,
  `${at(400)}|d4|q|SIP/8|OUTANSWER|555|TRANSFER|5|85`,
  `${at(500)}|NONE|NONE|SIP/8|AGENTLOGOFF|8@x|480|`,
];

test('a call and a login that the log counts otherwise', async () => {
  await offhook.ingest(asterisk, splitText(LINES.join('\n'), asterisk.splitter()), decodeContext({ accountId: 'a' }));
  const found = await statedAsterisk.find(offhook.engine, {
    accountIds: ['a'],
    fromMs: DAY,
    toMs: DAY + 86_400_000,
    visibleGroups: new Map(),
    seesUnassigned: true,
    clock: { nowMs: DAY + 2 * 86_400_000, staleAfterMs: 57_600_000 },
  });
  assert.equal(found.count, 2);
  assert.deepEqual(found.kinds, [
    { kind: 'asterisk TALK_TIME', count: 1, durationMs: 30_000 },
    { kind: 'asterisk LOGIN_TIME', count: 1, durationMs: 30_000 },
  ]);
  assert.match(
    found.examples.find(({ kind }) => kind.endsWith('TALK_TIME'))!.detail,
    /90 s for the call c2, but its lines are 60 s apart/,
  );
});
