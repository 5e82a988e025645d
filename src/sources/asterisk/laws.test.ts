import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { context, foldedSessions, START } from '../../../test/support/asterisk-lines.ts';
import { MAX_ORDER } from '../../events/agent-event.ts';
import { sessionIdTimes } from '../agent-source.ts';
import { eventsOf } from '../testing/events-of.ts';
import { checkAnyOrder, checkFreshStart, checkNeverThrows, checkRereading } from '../testing/laws.ts';
import { asterisk } from './asterisk.ts';
import { runs } from '../../../test/support/property-runs.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const SAMPLES = readdirSync(FIXTURES)
  .filter(name => name.endsWith('.txt'))
  .map(name => readFileSync(join(FIXTURES, name), 'utf8'));

/** Few agents, queues, calls and seconds, so that lines interact, and jumps of hours, so that sessions end by silence. */
const call = fc.constantFrom('c1', 'c2', 'c3', 'NONE');
const seconds = fc.integer({ min: 0, max: 40 });
const verbs = fc.oneof(
  fc.constantFrom('ADDMEMBER|', 'ADDMEMBER|PAUSED', 'REMOVEMEMBER|', 'AGENTLOGIN|SIP/1', 'AGENTCALLBACKLOGIN|1@a'),
  fc.constantFrom(
    'PAUSE|lunch',
    'PAUSE|',
    'PAUSEALL|',
    'UNPAUSE|',
    'UNPAUSEALL|',
    'PENALTY|3',
    'OUTDIAL|5',
    'RINGCANCELED|',
    'ADDMEMBER2|SIP/1',
    'PAUSEREASON|lunch',
    'CALLERONHOLD|',
    'CALLSTATUS|SALE',
    'ABANDON|1|1|9',
    'OUTTRANSFER|5|6',
    'OUTANSWER|5',
    'AGENTLOGOFF|SIP/1|30000',
  ),
  seconds.map(time => `AGENTLOGOFF|SIP/1|${time}`),
  seconds.map(time => `AGENTCALLBACKLOGOFF|1@a|${time}|Autologoff`),
  seconds.map(time => `RINGNOANSWER|${time}000`),
  seconds.map(time => `CONNECT|3|x|${time}`),
  seconds.map(time => `COMPLETEAGENT|3|${time}|1`),
  seconds.map(time => `BLINDTRANSFER|8|c|3|${time}|1`),
  seconds.map(time => `OUTANSWER|5|ANSWER|2|${time}`),
  seconds.map(time => `OUTCANCEL|5|CANCEL|${time}|0`),
  seconds.map(time => `OUTCALL|ANSWER|${time}|40`),
  seconds.map(time => `CALLEROFFHOLD|${time}`),
);
const at = fc.oneof(
  seconds,
  fc.integer({ min: 0, max: 30 }).map(hours => hours * 3600),
);
const line = fc
  .tuple(at, call, fc.constantFrom('sales', 'tech', 'NONE'), fc.constantFrom('SIP/1', 'Agent/1', 'SIP/2'), verbs)
  .map(([second, ...fields]) => [START + second, ...fields].join('|'));
const logs = fc.array(line, { minLength: 1, maxLength: 40 });

test('nothing throws, whatever the text', () => checkNeverThrows(asterisk, context(), SAMPLES));
test('any order and repetition gives the same events', () => {
  checkAnyOrder(asterisk, context(), logs);
  checkAnyOrder(
    asterisk,
    context(),
    fc.constantFrom(...SAMPLES).map(text => text.split('\n')),
  );
});
test('a line that is read again gives the same fact', () => checkRereading(asterisk, context(), logs));
test('a session depends on its own lines alone', () => checkFreshStart(asterisk, context(), logs));

test('a session begins with its first line or the time that it reports, or with the login that a logoff states', () => {
  fc.assert(
    fc.property(logs, lines => {
      const events = eventsOf(asterisk, context(), lines);
      for (const [id, own] of Map.groupBy(events, ({ loginSessionId }) => loginSessionId)) {
        if (id === '') continue;
        const [first, ...otherLogins] = own.filter(({ kind }) => kind === 'LOGIN').sort((a, b) => a.at - b.at);
        const startMs = Math.min(...own.map(event => event.at));
        if (first === undefined) assert.equal(startMs, sessionIdTimes(id).startMs);
        else {
          assert.equal(startMs, first.at);
          assert.ok(first.at <= sessionIdTimes(id).startMs && otherLogins.length <= 1);
          assert.ok([first, ...otherLogins].every(({ order }) => order === 0));
        }
        assert.ok(own.every(({ order }) => order >= 0 && order <= MAX_ORDER));
        assert.equal(new Set(own.map(({ eventId }) => eventId)).size, own.length);
      }
      for (const session of foldedSessions(events).values()) assert.equal(session.unaccounted_ms, 0);
    }),
    runs(100),
  );
});

test('no session of an agent begins before the previous one has ended, unless a logoff states so', () => {
  fc.assert(
    fc.property(logs, lines => {
      const unstated = lines.filter(line => !line.includes('LOGOFF'));
      const sessions = [...foldedSessions(eventsOf(asterisk, context(), unstated)).values()];
      for (const own of Map.groupBy(sessions, ({ agent_id }) => agent_id).values()) {
        const inOrder = own.toSorted((a, b) => a.login_ms - b.login_ms);
        const ends = inOrder.map(({ end_ms }) => end_ms);
        assert.ok(inOrder.every(({ login_ms }, i) => i === 0 || ends[i - 1]! <= login_ms));
      }
    }),
    runs(100),
  );
});
