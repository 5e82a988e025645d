// Check: durations that a source states, compared with the times between its events.
import { LIMITS } from '../../limits.ts';
import type { Check, Found } from '../checks/check.ts';
import type { StatedTimes } from './stated-times.ts';
import { statedAsterisk } from './stated-asterisk.ts';
import { statedRingcx } from './stated-ringcx.ts';

/** Feeds that state durations. */
const STATED: readonly StatedTimes[] = [statedRingcx, statedAsterisk];

export const statedDisagrees: Check = {
  key: 'STATED_DISAGREES',
  title: 'Disagreements with the source',
  meaning:
    'The source states how long something took (RingCX: a state; Asterisk: a call or a login), and the time between its events ' +
    'differs by more than a second. Reports use the time between events. The duration of a finding is the difference.',
  remedy:
    "Look for lost events (rejects, gaps) around these times and send them again with './offhook import'. If times differ by whole " +
    "hours, set the zone with './offhook accounts set --feed-timezone', then run './offhook replay --account ID'.",
  async find(engine, asked) {
    const all: Found[] = [];
    for (const { find } of STATED) all.push(await find(engine, asked));
    return {
      count: all.reduce((sum, { count }) => sum + count, 0),
      durationMs: all.reduce((sum, { durationMs }) => sum + durationMs, 0),
      toleratedMs: 0,
      kinds: all.flatMap(({ kinds }) => kinds),
      examples: all.flatMap(({ examples }) => examples).slice(0, LIMITS.qualityExamples),
    };
  },
};
