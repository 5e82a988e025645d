// Checks the sessions of small logs, for the tests of Asterisk's sessionizer.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Figures, figuresOfLines } from '../../../../../test/support/asterisk-lines.ts';

/** A log and the figures of its sessions: seconds and counts, without zeros. */
export interface SessionCase {
  name: string;
  lines: string[];
  sessions: Figures[];
}

export const NORMAL = { end: 'NORMAL', has_login: 1 } as const;
export const ADD = '0 MANAGER sales SIP/1 ADDMEMBER';
export const REMOVE = '1000 MANAGER sales SIP/1 REMOVEMEMBER';

/** The lines of each case give its sessions, also repeated and in reverse order. */
export function checkSessions(title: string, cases: readonly SessionCase[]): void {
  describe(title, () => {
    for (const { name, lines, sessions } of cases) {
      it(name, () => {
        const expected = sessions.toSorted((a, b) => a.login - b.login);
        assert.deepEqual(figuresOfLines(lines), expected);
        assert.deepEqual(figuresOfLines([...lines, ...lines].toReversed()), expected);
      });
    }
  });
}
