// Lines of a log, written shortly, to their events and to the figures of the report, for the tests of this feed.
import type { AgentEvent } from '../../src/events/agent-event.ts';
import { asterisk } from '../../src/sources/asterisk/asterisk.ts';
import type { DecodeContext } from '../../src/sources/source.ts';
import { eventsOf } from '../../src/sources/testing/events-of.ts';
import { type FoldedSession, expectedSessions } from '../sessions/expected-sessions.ts';
import { decodeContext } from './decode-context.ts';

/** Where the tests begin: `at` of their lines counts from here, in seconds. */
export const START = 1_700_000_000;
const HOUR_MS = 3_600_000;
const FAR_FUTURE_MS = 4e12;

export function context(more: Partial<DecodeContext> = {}): DecodeContext {
  return decodeContext({ accountId: '1', ...more });
}

/** `60 c1 sales SIP/1 CONNECT 5 c2 5` to a line of the log; `-` is an empty field, `_` a space. */
export function logLine(words: string): string {
  const [at, ...fields] = words.trim().split(/\s+/);
  const shown = fields.map(field => (field === '-' ? '' : field.replaceAll('_', ' ')));
  return [START + Number(at), ...shown].join('|');
}

export function eventsOfLines(lines: readonly string[], more: Partial<DecodeContext> = {}): AgentEvent[] {
  return eventsOf(asterisk, context(more), [lines.map(logLine).join('\n')]);
}

/** Sessions as the report shows them long after, by session id. */
export function foldedSessions(events: readonly AgentEvent[]): Map<string, FoldedSession> {
  const sessions = expectedSessions(events, {
    accountIds: ['1'],
    fromMs: 0,
    toMs: FAR_FUTURE_MS,
    nowMs: FAR_FUTURE_MS,
    staleAfterMs: 16 * HOUR_MS,
  });
  return new Map([...sessions.values()].map(session => [session.login_session_id, session]));
}

/** Figures in seconds, without those that are zero; login and logout count from `START`. */
export interface Figures {
  login: number;
  logout: number;
  end: FoldedSession['end_reason'];
  [figure: string]: number | string;
}

const TIMES = [
  'available',
  'ring',
  'engaged',
  'wrap',
  'break',
  'away',
  'lunch',
  'training',
  'rna',
  'off_hook',
  'hold',
  'unaccounted',
] as const;
const COUNTS = [
  'accepted',
  'ring_no_answers',
  'presented',
  'manual_no_connects',
  'transfers',
  'holds',
  'has_login',
] as const;

export function figuresOf(session: FoldedSession): Figures {
  const figures: Figures = {
    login: session.login_ms / 1000 - START,
    logout: session.end_ms / 1000 - START,
    end: session.end_reason,
  };
  const values = session as unknown as Record<string, number>;
  for (const time of TIMES) if (values[`${time}_ms`] !== 0) figures[time] = values[`${time}_ms`]! / 1000;
  for (const count of COUNTS) if (values[count] !== 0) figures[count] = values[count]!;
  // The line is off hook while engaged where nothing else is seen of it.
  if (figures.off_hook === figures.engaged) delete figures.off_hook;
  return figures;
}

export function figuresOfLines(lines: readonly string[], more: Partial<DecodeContext> = {}): Figures[] {
  return [...foldedSessions(eventsOfLines(lines, more)).values()].map(figuresOf).sort((a, b) => a.login - b.login);
}
