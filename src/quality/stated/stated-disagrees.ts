// Check: times that a source states itself, against those between its events.
import { LIMITS } from '../../limits.ts';
import type { Check, Found } from '../checks/check.ts';
import type { StatedTimes } from './stated-times.ts';
import { statedAsterisk } from './stated-asterisk.ts';
import { statedRingcx } from './stated-ringcx.ts';

/** A feed whose documents state times has its place here. */
const STATED: readonly StatedTimes[] = [statedRingcx, statedAsterisk];

export const statedDisagrees: Check = {
  key: 'STATED_DISAGREES',
  title: 'Disagreements with the source',
  meaning:
    'The source states how long something took (RingCX: the seconds in the state left; Asterisk: of a call, and of a login), and the time between its events differs ' +
    'by more than a second. Reports count the time between events. The duration is the difference.',
  remedy:
    "Look for lost events (rejects, gaps) around the instants named and send them again with './offhook import'; if only whole " +
    "hours differ, set the zone with './offhook accounts set --feed-timezone' and run './offhook replay --account ID'.",
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
