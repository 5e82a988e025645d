import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { context, figuresOf, foldedSessions, logLine } from '../../../test/support/asterisk-lines.ts';
import { LIMITS } from '../../limits.ts';
import { isReject, type RejectReason } from '../source.ts';
import { eventsOf, readTexts } from '../testing/events-of.ts';
import { agentNaming } from './agent-rule.ts';
import { asterisk } from './asterisk.ts';
import { pauseState } from './pause-states.ts';
import { statedDuration } from './stated-durations.ts';

const sample = (name: string) => readFileSync(join(import.meta.dirname, `fixtures/${name}_queue_log.txt`), 'utf8');

interface SampleReport {
  /** The number of lines about an agent, and the lines that are rejected. */
  facts: number;
  rejectedLines: number[];
  /** By session id, the figures of the report, by hand: seconds, and counts that are not zero. */
  sessions: Record<string, Record<string, number | string>>;
}

export const EXPECTED_REPORT: Record<string, SampleReport> = {
  asterisk_agentmapper_javadoc: {
    // A pause and its end open no session; the membership was renewed within a second.
    facts: 4,
    rejectedLines: [],
    sessions: { '7010@1203350550': { end: 'STALE', has_login: 1, seconds: 0 } },
  },
  asterisk_book_3rd_ed: {
    facts: 11,
    // The lines that the book's page break cut.
    rejectedLines: [4, 14],
    sessions: {
      // 1292281048 answered, 1292284121 completed (3073 s, as the log says), 1292284222 removed.
      '9990@1292281048': {
        end: 'NORMAL',
        seconds: 3174,
        engaged: 3073,
        available: 101,
        accepted: 1,
        presented: 1,
      },
      // 1292284491 added, 1292284521 answered, 1292284552 removed in the call.
      '9990@1292284491': {
        end: 'NORMAL',
        has_login: 1,
        seconds: 61,
        engaged: 31,
        available: 30,
        accepted: 1,
        presented: 1,
      },
      '9996@1292281046': { end: 'STALE', seconds: 3473, available: 3473, ring_no_answers: 2, presented: 2 },
    },
  },
  asterisk_issue_759: {
    facts: 4,
    rejectedLines: [],
    sessions: {
      // The transfer names the call to the second queue, and ends the call of the first.
      '7009@1717397260+11': {
        end: 'STALE',
        seconds: 131,
        ring: 11,
        engaged: 120,
        accepted: 1,
        presented: 1,
        transfers: 1,
      },
      '7051@1717397391+6': {
        end: 'STALE',
        seconds: 179,
        ring: 6,
        engaged: 173,
        accepted: 1,
        presented: 1,
      },
    },
  },
  asterisk_readme_tail: {
    facts: 1,
    rejectedLines: [],
    sessions: { '0004f2040001@1596510480': { end: 'STALE', has_login: 1, seconds: 0 } },
  },
  logchart_tests: {
    facts: 10,
    rejectedLines: [],
    sessions: {
      '2001@1266833911': { end: 'STALE', seconds: 449, available: 449, ring_no_answers: 3, presented: 3 },
      // The second call is never completed, and the session ends with its answer.
      '2004@1266833933': {
        end: 'STALE',
        seconds: 105,
        engaged: 4,
        available: 101,
        accepted: 2,
        presented: 2,
      },
      '2005@1266833931+2': { end: 'STALE', seconds: 2, ring: 2, ring_no_answers: 1, presented: 1 },
      '2007@1266834002+3': { end: 'STALE', seconds: 3, ring: 3, ring_no_answers: 1, presented: 1 },
      '2008@1266833931+1': { end: 'STALE', seconds: 1, ring: 1, ring_no_answers: 1, presented: 1 },
      '2010@1266833931+1': { end: 'STALE', seconds: 1, ring: 1, ring_no_answers: 1, presented: 1 },
    },
  },
};

describe('asterisk: the samples', () => {
  for (const [name, expected] of Object.entries(EXPECTED_REPORT)) {
    it(name, () => {
      const { facts, rejects } = readTexts(asterisk, context(), [sample(name)]);
      assert.equal(facts.length, expected.facts);
      assert.deepEqual(
        rejects.map(({ position }) => position),
        expected.rejectedLines,
      );
      const sessions = foldedSessions(eventsOf(asterisk, context(), [sample(name)]));
      const shown = [...sessions].map(([id, session]) => {
        const { login, logout, ...figures } = figuresOf(session);
        return [id, { ...figures, seconds: logout - login }];
      });
      assert.deepEqual(Object.fromEntries(shown), expected.sessions);
    });
  }

  it('issue 759 event by event', () => {
    const events = eventsOf(asterisk, context(), [sample('asterisk_issue_759')]);
    const call = '1717397243.239826';
    assert.deepEqual(
      events.map(({ agentId, at, order, kind, baseState, callId }) => [
        agentId,
        at / 1000,
        order,
        kind,
        baseState,
        callId,
      ]),
      [
        // The first line reports the ring before it.
        ['7009', 1717397260, 62, 'OFFER', 'TRANSITION', call],
        ['7009', 1717397271, 1, 'ANSWER', 'ENGAGED', call],
        ['7009', 1717397391, 1, 'TRANSFER', '', call],
        ['7009', 1717397391, 2, 'CALL_END', 'AVAILABLE', call],
        ['7051', 1717397391, 62, 'OFFER', 'TRANSITION', call],
        ['7051', 1717397397, 1, 'ANSWER', 'ENGAGED', call],
        ['7051', 1717397570, 1, 'CALL_END', 'AVAILABLE', call],
      ],
    );
  });
});

const GOOD = '1700000000|c1|sales|SIP/1|CONNECT|5|c2|3';

describe('asterisk: rejects', () => {
  const rejected: [string, string, RejectReason, RegExp][] = [
    ['too few fields', '1700000000|c1|sales|SIP/1', 'MISSING_FIELD', /too few fields \(4\), expected at least 5/],
    ['no bars', 'hello', 'MISSING_FIELD', /too few fields \(1\), expected at least 5/],
    ['no time', '|c1|sales|SIP/1|CONNECT', 'INVALID_TIME', /seconds since 1970/],
    ['a date', '1/1/2024 00:00:00|c1|sales|NONE|ENTERQUEUE', 'INVALID_TIME', /seconds since 1970/],
    ['an unknown event', '1700000000|c1|sales|SIP/1|COFFEE|x', 'UNKNOWN_EVENT', /COFFEE/],
    ['a long name', `1700000000|c1|sales|SIP/${'1'.repeat(300)}|CONNECT`, 'INVALID_VALUE', /longer than 256/],
    ['a control character', '1700000000|c1|sales|SIP/\u00011|CONNECT', 'INVALID_VALUE', /control/],
    ['many fields', GOOD + '|x'.repeat(40), 'INVALID_VALUE', /more than 32/],
    ['a document too long', 'x'.repeat(LIMITS.documentBytes + 1), 'TOO_LARGE', /longer/],
  ];
  for (const [name, raw, reason, detail] of rejected) {
    it(name, () => {
      const [item] = asterisk.reader(context())({ raw, position: 7 });
      assert.ok(item !== undefined && isReject(item));
      assert.match(item.detail, detail);
      const { reason: given, position, accountId } = item;
      assert.deepEqual([given, position, accountId, item.raw], [reason, 7, '1', raw]);
    });
  }

  it('a line without an account says how to name one', () => {
    const [item] = asterisk.reader(context({ accountId: '' }))({ raw: GOOD, position: 1 });
    assert.partialDeepStrictEqual(item, { reason: 'MISSING_FIELD' });
    assert.match(JSON.stringify(item), /--account/);
  });

  it('a sender may only write to its own account', () => {
    const [item] = asterisk.reader(context({ isAllowed: () => false }))({ raw: GOOD, position: 1 });
    assert.partialDeepStrictEqual(item, { reason: 'WRONG_ACCOUNT' });
  });

  for (const line of ['QUEUESTART', 'CONFIGRELOAD', 'ENTERQUEUE||555|1', 'ABANDON|1|1|9', 'DID|555', 'EXITEMPTY']) {
    it(`${line.split('|')[0]} is about no agent and gives nothing`, () => {
      assert.deepEqual(asterisk.reader(context())({ raw: `1700000000|c1|sales|NONE|${line}`, position: 1 }), []);
    });
  }
});

it('other line ends, spaces and empty fields do not change a line', () => {
  const lines = ['5|c1|q|SIP/1|PAUSE|', '5|c1|q|SIP/1|PAUSE', '5|c1|q|SIP/1|PAUSE||\r', '5 | c1 | q | SIP/1 | PAUSE |'];
  const { facts } = readTexts(asterisk, context(), [lines.join('\n')]);
  assert.equal(new Set(facts.map(({ key }) => key)).size, 1);
  assert.equal(facts.length, 4);
});

describe('asterisk: agents', () => {
  const names: [string, string][] = [
    ['Agent/1127', '1127'],
    ['Local/1127@callback-agent', '1127'],
    ['Local/1127@callback-agent/n', '1127'],
    ['Local / 2001@from -internal/n', '2001'],
    ['SIP/1127', '1127'],
    ['SIP/1127/n', '1127'],
    ['PJSIP/1127-0000aBcD', '1127'],
    ['SIP/0004f2040001', '0004f2040001'],
    ['SIP/trunk/5551212', 'trunk/5551212'],
    ['1127', '1127'],
    ['Ada Park', 'Ada Park'],
    ['ada@example.com', 'ada@example.com'],
    ['SIP/', 'SIP/'],
  ];
  for (const [name, agentId] of names) {
    it(`${name} is ${agentId}`, () => assert.equal(agentNaming()(name), agentId));
  }

  it('by the account’s rule', () => {
    const read = asterisk.reader(context({ agentRuleOf: id => (id === '1' ? /^SIP\/(\w)/ : undefined) }));
    const idOf = (name: string) => read({ raw: `5|c|q|${name}|CONNECT`, position: 1 });
    assert.partialDeepStrictEqual(idOf('SIP/1127'), [{ agentId: '1' }]);
    assert.partialDeepStrictEqual(idOf('Agent/1127'), [{ agentId: 'Agent/1127' }]);
  });
});

describe('asterisk: pauses', () => {
  it('map by keywords in the reason, else to AWAY', () => {
    const reasons = ['Coffee Break', 'Almoço', '', 'xyz', 'Auto-Pause'];
    const states = ['ON_BREAK', 'LUNCH', 'AWAY', 'AWAY', 'RNA'];
    assert.deepEqual(
      reasons.map(reason => pauseState(reason, new Map())),
      states,
    );
  });

  it('map as the account has configured', () => {
    const custom = new Map([['lunch', 'TRAINING'] as const, ['', 'ON_BREAK'] as const]);
    assert.deepEqual(
      [' Lunch ', '', 'lunch 2'].map(reason => pauseState(reason, custom)),
      ['TRAINING', 'ON_BREAK', 'LUNCH'],
    );
  });
});

describe('asterisk: stated durations', () => {
  const stated: [string, object | undefined][] = [
    ['9 NONE NONE Agent/1 AGENTLOGOFF SIP/1 3600', { measure: 'LOGIN_TIME', statedMs: 3_600_000, callId: '' }],
    ['9 NONE NONE Agent/1 AGENTCALLBACKLOGOFF 1@a 60 Autologoff', { measure: 'LOGIN_TIME', statedMs: 60_000 }],
    ['9 c1 q SIP/1 COMPLETEAGENT 5 30 1', { measure: 'TALK_TIME', statedMs: 30_000, callId: 'c1' }],
    ['9 c1 q SIP/1 COMPLETECALLER 5 0 1', { measure: 'TALK_TIME', statedMs: 0 }],
    ['9 c1 q SIP/1 BLINDTRANSFER 88 ctx 5 31 1', { measure: 'TALK_TIME', statedMs: 31_000 }],
    ['9 c1 q SIP/1 TRANSFER 88 ctx 5 32', { measure: 'TALK_TIME', statedMs: 32_000 }],
    ['9 c1 q SIP/1 ATTENDEDTRANSFER APP Queue 12 120 1', { measure: 'TALK_TIME', statedMs: 120_000 }],
    ['9 c1 q SIP/1 ATTENDEDTRANSFER LINK SIP/2 SIP/3 12 121 1', { measure: 'TALK_TIME', statedMs: 121_000 }],
    ['9 d1 NONE SIP/1 OUTANSWER 5551 ANSWER 10 60', { measure: 'TALK_TIME', statedMs: 60_000 }],
    ['9 d1 NONE SIP/1 OUTANSWER 5551 10 61', { measure: 'TALK_TIME', statedMs: 61_000 }],
    ['9 d1 NONE SIP/1 OUTANSWER 5551 TRANSFER 10 62', { measure: 'TALK_TIME', statedMs: 62_000 }],
    ['9 d1 q SIP/1 OUTCALL ANSWER 63 70', { measure: 'TALK_TIME', statedMs: 63_000 }],
    ['9 d1 q SIP/1 OUTCALL BUSY 0 7', undefined],
    ['9 NONE NONE Agent/1 AGENTLOGOFF SIP/1', undefined],
    ['9 c1 q SIP/1 COMPLETEAGENT 5 soon', undefined],
    ['9 c1 q SIP/1 CONNECT 5 c2 3', undefined],
  ];
  for (const [line, expected] of stated) {
    it(line, () => {
      const { facts } = readTexts(asterisk, context(), [logLine(line)]);
      assert.equal(facts.length, 1);
      const given = statedDuration(facts[0]!);
      if (expected === undefined) assert.equal(given, undefined);
      else
        assert.partialDeepStrictEqual(given, {
          accountId: '1',
          agentId: '1',
          endMs: 1_700_000_009_000,
          ...expected,
        });
    });
  }
});
