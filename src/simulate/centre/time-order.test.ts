import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { AgentEvent } from '../../events/agent-event.ts';
import { inTimeOrder } from './time-order.ts';
import { runs } from '../../../test/support/property-runs.ts';

interface Session {
  loginAt: number;
  events: AgentEvent[];
}

const anySessions = fc.array(
  fc.tuple(fc.nat(1e7), fc.array(fc.nat(5e6), { minLength: 1, maxLength: 6 })).map(([loginAt, times]): Session => {
    const events = times.sort((one, other) => one - other).map(ms => ({ at: loginAt + ms }) as AgentEvent);
    return { loginAt: events[0]!.at, events };
  }),
  { maxLength: 8 },
);

test('batches hold every event once, in order of time', () => {
  fc.assert(
    fc.property(anySessions, sessions => {
      sessions.sort((one, other) => one.loginAt - other.loginAt);
      const eventsOf = ({ events }: Session) => events.map(event => [event]).values();
      const batches = [...inTimeOrder(sessions, eventsOf)];
      assert.ok(batches.every(batch => batch.length > 0));
      const events = batches.flat();
      assert.deepEqual(
        events,
        events.toSorted((one, other) => one.at - other.at),
      );
      assert.equal(new Set(events).size, sessions.flatMap(session => session.events).length);
    }),
    runs(100),
  );
});
