// Figures of the report, computed by hand.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { expectedSessions } from '../../../test/sessions/expected-sessions.ts';
import { eventsOf } from '../testing/events-of.ts';
import { genesys } from './genesys.ts';
import { CONTEXT, clock, DAY_MS, PRESENCE, page, ROUTING, user } from './testing/users-details.ts';

const sample = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const BLUEPRINT = sample('blueprint_users_details_primaryPresence.json');
const ANSWER = sample('doc_comment_users_details_response.json');

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
      const sessions = [...expectedSessions(eventsOf(genesys, CONTEXT, [text]), range).values()];
      assert.deepEqual(
        sessions.map(session => session.login_session_id),
        Object.keys(expected),
      );
      for (const session of sessions) {
        assert.deepEqual({ ...session, ...expected[session.login_session_id] }, session);
      }
    });
  }

  it('every fact is stored, even outside sessions', () => {
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
