import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { naiveFold } from '../../../test/sessions/naive-fold.ts';
import { decodeContext } from '../../../test/support/decode-context.ts';
import type { AgentEvent, BaseState } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import type { DecodeContext, RawDocument } from '../source.ts';
import { splitText } from '../split/split.ts';
import { eventsOf, readTexts } from '../testing/events-of.ts';
import { checkAnyOrder, checkFreshStart, checkNeverThrows, checkRereading } from '../testing/laws.ts';
import { genesys } from './genesys.ts';
import { runs } from '../../../test/support/property-runs.ts';

const sample = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const BLUEPRINT = sample('blueprint_users_details_primaryPresence.json');
const ANSWER = sample('doc_comment_users_details_response.json');
const CONTEXT = decodeContext({ accountId: '7', receivedAt: Date.parse('2026-03-03T00:00:00Z') });
const DAY_MS = Date.parse('2026-03-02T00:00:00Z');

/** Seconds of a time of day. */
const clock = (time: string) => Date.parse(`1970-01-01T${time.padEnd(8, ':00')}Z`) / 1000;
const iso = (second: number) => new Date(DAY_MS + second * 1000).toISOString();

type Interval = [start: string | number, end: string | number | null, value: string, presenceId?: string | undefined];
const seconds = (time: string | number) => (typeof time === 'string' ? clock(time) : time);

function interval(name: string, [start, end, value, presenceId]: Interval) {
  return {
    startTime: iso(seconds(start)),
    ...(end === null ? {} : { endTime: iso(seconds(end)) }),
    [name]: value,
    ...(presenceId === undefined ? {} : { organizationPresenceId: presenceId }),
  };
}

function user(presence: Interval[], routing: Interval[] = [], userId = 'u') {
  return {
    userId,
    primaryPresence: presence.map(each => interval('systemPresence', each)),
    routingStatus: routing.map(each => interval('routingStatus', each)),
  };
}

const page = (...users: object[]) => JSON.stringify({ userDetails: users, totalHits: users.length });

/** Time of day, kind and base state of the events that say anything, with the number of the session. */
function outline(events: readonly AgentEvent[]) {
  const sessions = [...new Set(events.map(event => event.loginSessionId).filter(id => id !== ''))];
  return events
    .filter(({ kind, baseState }) => kind !== 'STATE' || baseState !== '')
    .map(({ at, kind, baseState, loginSessionId }) => [
      new Date(at).toISOString().slice(11, 19),
      kind,
      baseState,
      sessions.indexOf(loginSessionId) + 1,
    ]);
}

const PRESENCE: Interval[] = [
  ['00:00', '08:00', 'OFFLINE'],
  ['08:00', '08:01', 'AVAILABLE'],
  ['08:01', '12:00', 'ON_QUEUE'],
  ['12:00', '12:30', 'MEAL'],
  ['12:30', '16:00', 'ON_QUEUE'],
  ['16:00', null, 'OFFLINE'],
];
/** The routing status is seconds late. */
const ROUTING: Interval[] = [
  ['00:00:01', '08:01:02', 'OFF_QUEUE'],
  ['08:01:02', '09:00', 'IDLE'],
  ['09:00', '09:10', 'INTERACTING'],
  ['09:10', '10:00', 'IDLE'],
  ['10:00', '10:01', 'NOT_RESPONDING'],
  ['10:01', '11:00', 'IDLE'],
  ['11:00', '11:05', 'COMMUNICATING'],
  ['11:05', '12:00:03', 'IDLE'],
  ['12:00:03', '12:30:02', 'OFF_QUEUE'],
  ['12:30:02', '16:00:04', 'IDLE'],
  ['16:00:04', null, 'OFF_QUEUE'],
];

interface Case {
  name: string;
  presence: Interval[];
  routing?: Interval[];
  statesOf?: DecodeContext['statesOf'];
  events: [string, string, string, number][];
}

const CASES: Case[] = [
  {
    name: 'a day',
    presence: PRESENCE,
    routing: ROUTING,
    events: [
      ['08:00:00', 'LOGIN', 'AVAILABLE', 1],
      ['09:00:00', 'ANSWER', 'ENGAGED', 1],
      ['09:10:00', 'STATE', 'AVAILABLE', 1],
      ['10:00:00', 'RING_NO_ANSWER', 'RNA', 1],
      ['10:01:00', 'STATE', 'AVAILABLE', 1],
      ['11:00:00', 'STATE', 'ENGAGED', 1],
      ['11:05:00', 'STATE', 'AVAILABLE', 1],
      ['12:00:03', 'STATE', 'LUNCH', 1],
      ['12:30:00', 'STATE', 'AVAILABLE', 1],
      ['16:00:00', 'LOGOUT', '', 1],
    ],
  },
  {
    name: 'every presence off queue',
    presence: [
      ['08:00', '08:01', 'Available'],
      ['08:01', '08:02', 'BREAK'],
      ['08:02', '08:03', 'MEAL'],
      ['08:03', '08:04', 'TRAINING'],
      ['08:04', '08:05', 'MEETING'],
      ['08:05', '08:06', 'On Queue'],
      ['08:06', '08:07', 'BUSY'],
      ['08:07', '08:08', 'ON_QUEUE'],
      ['08:08', '08:09', 'AWAY'],
      ['08:09', '08:10', 'ON_QUEUE'],
      ['08:10', '08:11', 'IDLE'],
      ['08:11', '08:12', 'ON_QUEUE'],
      ['08:12', '08:13', 'SOMETHING_NEW'],
      ['08:13', '08:14', 'OFFLINE'],
    ],
    events: [
      ['08:00:00', 'LOGIN', 'AVAILABLE', 1],
      ['08:01:00', 'STATE', 'ON_BREAK', 1],
      ['08:02:00', 'STATE', 'LUNCH', 1],
      ['08:03:00', 'STATE', 'TRAINING', 1],
      ['08:04:00', 'STATE', 'AWAY', 1],
      ['08:05:00', 'STATE', 'AVAILABLE', 1],
      ['08:06:00', 'STATE', 'AWAY', 1],
      ['08:07:00', 'STATE', 'AVAILABLE', 1],
      ['08:08:00', 'STATE', 'AWAY', 1],
      ['08:09:00', 'STATE', 'AVAILABLE', 1],
      ['08:10:00', 'STATE', 'AWAY', 1],
      ['08:11:00', 'STATE', 'AVAILABLE', 1],
      ['08:12:00', 'STATE', 'AWAY', 1],
      ['08:13:00', 'LOGOUT', '', 1],
    ],
  },
  {
    name: 'states that the account maps: by the organization’s presence, by presence, by routing status',
    statesOf: () =>
      new Map<string, BaseState>([
        ['11-22', 'TRAINING'],
        ['busy', 'WORKING'],
        ['communicating', 'AWAY'],
        ['idle', 'LUNCH'],
      ]),
    presence: [
      ['08:00', '08:01', 'BUSY', '11-22'],
      ['08:01', '08:02', 'BUSY', '33-44'],
      ['08:02', '08:10', 'IDLE'],
      ['08:10', '09:00', 'ON_QUEUE'],
    ],
    routing: [
      ['08:00', '08:04', 'OFF_QUEUE'],
      ['08:04', '08:05', 'COMMUNICATING'],
      ['08:05', '09:00', 'IDLE'],
    ],
    events: [
      ['08:00:00', 'LOGIN', 'TRAINING', 1],
      ['08:01:00', 'STATE', 'WORKING', 1],
      ['08:02:00', 'STATE', 'LUNCH', 1],
      ['08:04:00', 'STATE', 'AWAY', 1],
      ['08:05:00', 'STATE', 'AVAILABLE', 1],
      ['09:00:00', 'STATE', 'UNKNOWN', 1],
    ],
  },
  {
    name: 'nothing is known after the last presence; a routing status still tells, and the next presence goes on',
    presence: [
      ['08:00', '09:00', 'ON_QUEUE'],
      ['10:00', '10:30', 'BREAK'],
      ['10:30', '11:00', 'OFFLINE'],
    ],
    routing: [['08:50', '09:10', 'INTERACTING']],
    events: [
      ['08:00:00', 'LOGIN', 'AVAILABLE', 1],
      ['08:50:00', 'ANSWER', 'ENGAGED', 1],
      ['09:10:00', 'STATE', 'UNKNOWN', 1],
      ['10:00:00', 'STATE', 'ON_BREAK', 1],
      ['10:30:00', 'LOGOUT', '', 1],
    ],
  },
  {
    name: 'more than 16 hours without a known presence: a new session, and no logout of the old one',
    presence: [
      ['01:00', '02:00', 'AVAILABLE'],
      [clock('02:00') + 16 * 3600 + 1, null, 'BREAK'],
    ],
    events: [
      ['01:00:00', 'LOGIN', 'AVAILABLE', 1],
      ['02:00:00', 'STATE', 'UNKNOWN', 1],
      ['18:00:01', 'LOGIN', 'ON_BREAK', 2],
    ],
  },
  {
    name: 'a presence without end lasts until the next one',
    presence: [
      ['01:00', null, 'AVAILABLE'],
      ['18:00', null, 'BREAK'],
      ['19:00', null, 'OFFLINE'],
    ],
    events: [
      ['01:00:00', 'LOGIN', 'AVAILABLE', 1],
      ['18:00:00', 'STATE', 'ON_BREAK', 1],
      ['19:00:00', 'LOGOUT', '', 1],
    ],
  },
  {
    name: 'no routing status begins a session, and none from before the login counts in it',
    presence: [
      ['08:00', '09:00', 'BREAK'],
      ['09:00', '10:00', 'OFFLINE'],
    ],
    routing: [
      ['07:00', '08:30', 'INTERACTING'],
      ['08:30', '11:00', 'OFF_QUEUE'],
    ],
    events: [
      ['08:00:00', 'LOGIN', 'ON_BREAK', 1],
      ['09:00:00', 'LOGOUT', '', 1],
    ],
  },
  {
    name: 'the end of an interval that overlaps the next one ends nothing',
    presence: [
      ['08:00', '08:02', 'BREAK'],
      ['08:01', '08:03', 'MEAL'],
      ['08:03', null, 'OFFLINE'],
    ],
    events: [
      ['08:00:00', 'LOGIN', 'ON_BREAK', 1],
      ['08:01:00', 'STATE', 'LUNCH', 1],
      ['08:03:00', 'LOGOUT', '', 1],
    ],
  },
  {
    name: 'intervals that follow each other in the same value, and one of no length',
    presence: [
      ['08:00', '08:10', 'ON_QUEUE'],
      ['08:10', '08:10', 'BREAK'],
      ['08:10', '08:20', 'ON_QUEUE'],
    ],
    routing: [
      ['08:00', '08:05', 'OFF_QUEUE'],
      ['08:05', '08:08', 'COMMUNICATING'],
      ['08:08', '08:15', 'INTERACTING'],
      ['08:15', '08:18', 'INTERACTING'],
    ],
    events: [
      ['08:00:00', 'LOGIN', 'AVAILABLE', 1],
      ['08:05:00', 'STATE', 'ENGAGED', 1],
      ['08:08:00', 'ANSWER', 'ENGAGED', 1],
      ['08:15:00', 'ANSWER', '', 1],
      ['08:18:00', 'STATE', 'AVAILABLE', 1],
      ['08:20:00', 'STATE', 'UNKNOWN', 1],
    ],
  },
];

describe('sessions', () => {
  for (const { name, presence, routing, statesOf, events } of CASES) {
    it(name, () => {
      const context = { ...CONTEXT, ...(statesOf ? { statesOf } : {}) };
      assert.deepEqual(outline(eventsOf(genesys, context, [page(user(presence, routing))])), events);
    });
  }

  it('say what they left and under which label', () => {
    const [login, , engaged] = eventsOf(genesys, CONTEXT, [
      page(
        user(
          [['08:00', null, 'MEETING']],
          [
            ['08:01', null, 'OFF_QUEUE'],
            ['09:00', null, 'COMMUNICATING'],
          ],
        ),
      ),
    ]);
    assert.equal(login!.loginSessionId, `u@${DAY_MS / 1000 + clock('08:00')}`);
    assert.deepEqual([login!.stateLabel, login!.prevBaseState, login!.order], ['MEETING', '', 0]);
    assert.deepEqual([engaged!.stateLabel, engaged!.prevBaseState], ['COMMUNICATING', 'AWAY']);
  });

  it('an interval that comes open and later closed, in either order, is the closed one', () => {
    const open = page(user([['08:00', null, 'ON_QUEUE']], [['08:01', null, 'INTERACTING']]));
    const closed = page(user([['08:00', '09:00', 'ON_QUEUE']], [['08:01', '08:30', 'INTERACTING']]));
    const events = eventsOf(genesys, CONTEXT, [closed]);
    assert.deepEqual(eventsOf(genesys, CONTEXT, [open, closed]), events);
    assert.deepEqual(eventsOf(genesys, CONTEXT, [closed, open]), events);
    assert.deepEqual(outline(events).at(-1), ['09:00:00', 'STATE', 'UNKNOWN', 1]);
  });
});

/** Figures by hand of the sessions that begin with each key: times in milliseconds. */
const EXPECTED_REPORT: [name: string, text: string, sessions: Record<string, Record<string, number | string>>][] = [
  [
    'the blueprint’s user',
    BLUEPRINT.replace('{', '{"userId":"u",'),
    {
      // 15:55:52.163 to 16:26:20.851 and 20:37:00.083 to 21:36:53.702.
      'u@1619452552.163': {
        login_time_ms: 1_828_688,
        available_ms: 1_828_688,
        work_ms: 1_828_688,
        end_reason: 'NORMAL',
      },
      'u@1619469420.083': {
        login_time_ms: 3_593_619,
        available_ms: 3_593_619,
        work_ms: 3_593_619,
        end_reason: 'NORMAL',
      },
    },
  ],
  ['the forum’s answer: the user was offline', ANSWER, {}],
  [
    'a day',
    page(user(PRESENCE, ROUTING)),
    {
      [`u@${DAY_MS / 1000 + clock('08:00')}`]: {
        login_time_ms: 28_800_000,
        available_ms: 26_043_000,
        engaged_ms: 900_000,
        talk_ms: 900_000,
        off_hook_ms: 900_000,
        ring_ms: 0,
        rna_ms: 60_000,
        lunch_ms: 1_797_000,
        unaccounted_ms: 0,
        presented: 2,
        accepted: 1,
        ring_no_answers: 1,
        end_reason: 'NORMAL',
      },
    },
  ],
];

describe('the figures of a report', () => {
  for (const [name, text, expected] of EXPECTED_REPORT) {
    it(name, () => {
      const range = {
        accountIds: ['7'],
        fromMs: 0,
        toMs: CONTEXT.receivedAt,
        nowMs: CONTEXT.receivedAt,
        staleAfterMs: 57_600_000,
      };
      const sessions = [...naiveFold(eventsOf(genesys, CONTEXT, [text]), range).values()];
      assert.deepEqual(
        sessions.map(session => session.login_session_id),
        Object.keys(expected),
      );
      for (const session of sessions) {
        assert.deepEqual({ ...session, ...expected[session.login_session_id] }, session);
      }
    });
  }

  it('every fact is kept, also those of no session', () => {
    const events = eventsOf(genesys, CONTEXT, [ANSWER]);
    assert.deepEqual(
      events.map(({ at, kind, loginSessionId }) => [new Date(at).toISOString(), kind, loginSessionId]),
      [
        '2025-08-16T00:05:00.604Z',
        '2025-08-16T00:05:01.528Z',
        '2025-08-18T15:58:06.305Z',
        '2025-08-18T16:01:01.450Z',
      ].map(at => [at, 'STATE', '']),
    );
    assert.ok(events.every(event => event.raw !== ''));
  });
});

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

  it('one interval is kept alone and can be sent again', () => {
    const bad = interval('systemPresence', ['08:00', '07:00', 'BUSY']);
    const text = page({
      userId: 'u',
      primaryPresence: [bad, interval('systemPresence', ['09:00', '10:00', 'AWAY'])],
    });
    const { facts, rejects } = readTexts(genesys, CONTEXT, [text]);
    assert.equal(facts.length, 2);
    assert.deepEqual(JSON.parse(rejects[0]!.raw), { userDetails: [{ userId: 'u', primaryPresence: [bad] }] });
  });

  it('answers of the Python SDK say the same as those of the API', () => {
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

  it('an answer that found nobody is no fault', () => {
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

  it('an answer is read whole as well', () => {
    const read = genesys.reader(CONTEXT);
    const facts = readTexts(genesys, CONTEXT, [page(...users)]).facts;
    assert.deepEqual(read({ raw: page(...users), position: 1 }), facts);
  });

  it('any text gives the same documents however it is cut', () => {
    const pieces = fc.array(
      fc.constantFrom('{', '}', '[', ']', '"', ',', '\n', ' ', '"userDetails":', '"userDetails" : [', '1'),
    );
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 9 }), (words, size) => {
        const text = words.join('');
        assert.deepEqual(inPieces(text, size), splitText(text, genesys.splitter()));
      }),
      runs(100),
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
