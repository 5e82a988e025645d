import assert from 'node:assert/strict';
import test from 'node:test';
import { UserError, type ErrorCode } from '../errors.ts';
import { simulateAgents } from './centre/agents.ts';
import { simulateCentre } from './centre/centre.ts';
import { liveEvents } from './live.ts';
import type { CentreOptions } from './options.ts';
import { simulateRingcxNdjson } from './ringcx-lines.ts';

const OPTIONS: CentreOptions = { accountId: '1', agents: 1, days: 1, start: '2026-03-02', seed: 1 };

const WRONG: [part: Partial<CentreOptions>, code: ErrorCode][] = [
  [{ agents: 0 }, 'INVALID_REQUEST'],
  [{ agents: 1.5 }, 'INVALID_REQUEST'],
  [{ days: 0 }, 'INVALID_REQUEST'],
  [{ days: Number.NaN }, 'INVALID_REQUEST'],
  [{ seed: 0.5 }, 'INVALID_REQUEST'],
  [{ start: '2026-2-3' }, 'INVALID_REQUEST'],
  [{ start: '2026-02-30' }, 'INVALID_REQUEST'],
  [{ start: '2026-13-01' }, 'INVALID_REQUEST'],
  [{ timezone: 'Mars/Olympus' }, 'UNKNOWN_TIME_ZONE'],
];
for (const [part, code] of WRONG) {
  test(`${JSON.stringify(part)} is refused before anything is simulated`, () => {
    const options = { ...OPTIONS, ...part };
    const refused = (error: unknown) => error instanceof UserError && error.code === code;
    assert.throws(() => simulateAgents(options), refused);
    assert.throws(() => simulateCentre(options), refused);
    assert.throws(() => simulateRingcxNdjson(options), refused);
    assert.throws(() => liveEvents(options, 0, 1), refused);
  });
}
