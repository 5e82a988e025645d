// Small logs, each with one difficulty, give the figures computed by hand from the documentation of their producers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { context, type Figures, figuresOf, foldedSessions } from '../../../test/support/asterisk-lines.ts';
import { eventsOf, readTexts } from '../testing/events-of.ts';
import { asterisk } from './asterisk.ts';

/** By log and agent; seconds and counts, without those that are zero. `engaged` is talk and hold. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, Partial<Figures>>>>> = {
  queuemetrics_verbs: {
    101: { seconds: 3000, lunch: 1800, engaged: 80, hold: 20, holds: 1, ring: 3, accepted: 1, presented: 1 },
  },
  vicidial_verbs: {
    6001: {
      seconds: 3600,
      lunch: 1800,
      away: 64,
      engaged: 120,
      hold: 30,
      holds: 1,
      accepted: 1,
      presented: 1,
    },
  },
  app_queue_verbs: {
    'Pat Quinn': {
      seconds: 3600,
      away: 60,
      break: 300,
      lunch: 1800,
      engaged: 90,
      ring: 60,
      presented: 2,
      accepted: 1,
      manual_no_connects: 1,
    },
  },
  answer_and_end_in_one_second: {
    8001: { seconds: 3600, ring: 5, available: 3595, accepted: 1, presented: 1 },
    8002: { seconds: 3600, ring: 5, available: 3595, accepted: 1, presented: 1 },
    8003: { seconds: 3600, ring: 5, available: 3595, accepted: 1, presented: 1 },
    8004: { seconds: 3600, ring: 5, engaged: 101, accepted: 2, presented: 2 },
    8005: { seconds: 3600, ring: 5, accepted: 1, presented: 1, transfers: 1 },
  },
  restart_inside_a_session: { 2128: { seconds: 33_074, available: 33_074 } },
  dial_that_fails_at_once: { 7: { seconds: 4795, available: 4795, manual_no_connects: 1 } },
  second_dial_inside_a_call: {
    8: { seconds: 7600, engaged: 571, ring: 6, accepted: 1, presented: 1, manual_no_connects: 1 },
  },
  outbound_transfer: { 9: { seconds: 400, engaged: 40, ring: 1, accepted: 1, presented: 1, transfers: 1 } },
  ring_before_the_first_line: { 400: { seconds: 13, ring: 13, ring_no_answers: 1, presented: 1 } },
  pause_keywords: { 71: { seconds: 3600, lunch: 2400, training: 600, available: 600 } },
};
/** Figures that follow from the others and the length of the session. */
const DETERMINED = ['login', 'logout', 'end', 'has_login', 'off_hook', 'available'];

describe('asterisk: small logs', () => {
  for (const [name, expected] of Object.entries(EXPECTED)) {
    it(name.replaceAll('_', ' '), () => {
      const text = readFileSync(join(import.meta.dirname, `fixtures/${name}.txt`), 'utf8');
      assert.deepEqual(readTexts(asterisk, context(), [text]).rejects, []);
      for (const lines of [text, text.split('\n').toReversed().join('\n')]) {
        const sessions = [...foldedSessions(eventsOf(asterisk, context(), [lines])).values()];
        const shown = sessions.map(session => {
          const figures = figuresOf(session);
          const asked = Object.entries(figures).filter(
            ([figure]) => !DETERMINED.includes(figure) || figure in expected[session.agent_id]!,
          );
          return [session.agent_id, { seconds: figures.logout - figures.login, ...Object.fromEntries(asked) }];
        });
        assert.deepEqual(Object.fromEntries(shown), expected);
        assert.equal(sessions.length, Object.keys(expected).length);
      }
    });
  }
});
