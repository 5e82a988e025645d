// What a replay changes: counts and examples from pairs of stored and newly decoded events.
import type { AgentEvent } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import { differencesOf, type Pair, stateTimes } from './differences.ts';

export interface ChangeExample {
  /** Empty outside of sessions. */
  loginSessionId: string;
  agentId: string;
  /** The first event concerned, UTC milliseconds since 1970. */
  atMs: number;
  events: number;
  durationMs: number;
}

export interface Change {
  /** `UNKNOWN → TRAINING`, `moved by 3 h`, `stateLabel`, … */
  what: string;
  events: number;
  sessions: number;
  /** Duration of the states concerned; 0 if no state changes. */
  durationMs: number;
  examples: ChangeExample[];
}

export interface ChangeTally {
  /** Counts the differences in one session, or in an agent's events outside of sessions; returns whether there are any. */
  compare: (pairs: readonly Pair[]) => boolean;
  /** Inputs that were decoded again; those that the feed refuses now; events without a stored input. */
  inputs: number;
  refused: number;
  withoutInput: number;
  rejectsUsed: number;
  /** Sessions with any change. */
  sessions: number;
  /** Most events first. */
  changes: () => Change[];
}

const OTHER = 'other changes';

export function changeTally(): ChangeTally {
  const byWhat = new Map<string, Change>();
  const change = (what: string): Change => {
    const name = byWhat.has(what) || byWhat.size < LIMITS.qualityKinds ? what : OTHER;
    const known = byWhat.get(name) ?? { what: name, events: 0, sessions: 0, durationMs: 0, examples: [] };
    byWhat.set(name, known);
    return known;
  };
  return {
    inputs: 0,
    refused: 0,
    withoutInput: 0,
    rejectsUsed: 0,
    sessions: 0,
    compare(pairs) {
      const found = examplesOf(pairs);
      for (const [what, example] of found) {
        const total = change(what);
        total.events += example.events;
        total.durationMs += example.durationMs;
        if (example.loginSessionId !== '') total.sessions++;
        if (total.examples.length < LIMITS.qualityExamples) total.examples.push(example);
      }
      const isInSession = [...found.values()].some(({ loginSessionId }) => loginSessionId !== '');
      if (isInSession) this.sessions++;
      return found.size > 0;
    },
    changes: () => [...byWhat.values()].sort((a, b) => b.events - a.events || (a.what < b.what ? -1 : 1)),
  };
}

/** One example for each kind of difference. */
function examplesOf(pairs: readonly Pair[]): Map<string, ChangeExample> {
  const found = new Map<string, ChangeExample>();
  let times: ReadonlyMap<AgentEvent, number> | undefined;
  for (const pair of pairs) {
    for (const { what, isState } of differencesOf(pair)) {
      times ??= stateTimes(pairs.flatMap(([, after]) => (after === undefined ? [] : [after])));
      const [before, after] = pair;
      const event = (before ?? after) as AgentEvent;
      const { loginSessionId, agentId, at } = event;
      const example = found.get(what) ?? { loginSessionId, agentId, atMs: at, events: 0, durationMs: 0 };
      example.events++;
      if (isState && after !== undefined) example.durationMs += times.get(after) ?? 0;
      found.set(what, example);
    }
  }
  return found;
}
