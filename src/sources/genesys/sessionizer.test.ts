// Sessions of Genesys users, event by event.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BaseState } from '../../events/agent-event.ts';
import type { DecodeContext } from '../source.ts';
import { eventsOf } from '../testing/events-of.ts';
import { genesys } from './genesys.ts';
import {
  CONTEXT,
  clock,
  DAY_MS,
  type Interval,
  outline,
  PRESENCE,
  page,
  ROUTING,
  user,
} from './testing/users-details.ts';

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
    name: 'UNKNOWN after the last presence, unless a routing status decides; the next presence continues the session',
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
    name: 'a routing status begins no session, and one from before the login does not count',
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
    name: 'consecutive intervals with the same value, and one of zero length',
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

  it('have the state left and the label', () => {
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

  it('an interval that comes open and closed, in either order, counts as closed', () => {
    const open = page(user([['08:00', null, 'ON_QUEUE']], [['08:01', null, 'INTERACTING']]));
    const closed = page(user([['08:00', '09:00', 'ON_QUEUE']], [['08:01', '08:30', 'INTERACTING']]));
    const events = eventsOf(genesys, CONTEXT, [closed]);
    assert.deepEqual(eventsOf(genesys, CONTEXT, [open, closed]), events);
    assert.deepEqual(eventsOf(genesys, CONTEXT, [closed, open]), events);
    assert.deepEqual(outline(events).at(-1), ['09:00:00', 'STATE', 'UNKNOWN', 1]);
  });
});
