import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { context, foldedSessions, START } from '../../../test/support/asterisk-lines.ts';
import { MAX_ORDER } from '../../events/agent-event.ts';
import { eventsOf } from '../testing/events-of.ts';
import { checkAnyOrder, checkFreshStart, checkNeverThrows, checkRereading } from '../testing/laws.ts';
import { asterisk } from './asterisk.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const SAMPLES = readdirSync(FIXTURES)
  .filter(name => name.endsWith('.txt'))
  .map(name => readFileSync(join(FIXTURES, name), 'utf8'));

/** Few agents, queues, calls and seconds, so that lines meet each other; jumps of hours, so that sessions end by silence. */
const call = fc.constantFrom('c1', 'c2', 'c3', 'NONE');
const seconds = fc.integer({ min: 0, max: 40 });
const verbs = fc.oneof(
  fc.constantFrom(
    'ADDMEMBER|',
    'ADDMEMBER|PAUSED',
    'REMOVEMEMBER|',
    'AGENTLOGIN|SIP/1',
    'AGENTCALLBACKLOGIN|1@a',
  ),
  fc.constantFrom(
    'PAUSE|lunch',
    'PAUSE|',
    'PAUSEALL|',
    'UNPAUSE|',
    'UNPAUSEALL|',
    'PENALTY|3',
    'OUTDIAL|5',
    'RINGCANCELED|',
  ),
  seconds.map(time => `AGENTLOGOFF|SIP/1|${time}`),
  seconds.map(time => `AGENTCALLBACKLOGOFF|1@a|${time}|Autologoff`),
  seconds.map(time => `RINGNOANSWER|${time}000`),
  seconds.map(time => `CONNECT|3|x|${time}`),
  seconds.map(time => `COMPLETEAGENT|3|${time}|1`),
  seconds.map(time => `BLINDTRANSFER|8|c|3|${time}|1`),
  seconds.map(time => `OUTANSWER|5|ANSWER|2|${time}`),
  seconds.map(time => `OUTCANCEL|5|CANCEL|${time}|0`),
);
const at = fc.oneof(
  seconds,
  fc.integer({ min: 0, max: 30 }).map(hours => hours * 3600),
);
const line = fc
  .tuple(
    at,
    call,
    fc.constantFrom('sales', 'tech', 'NONE'),
    fc.constantFrom('SIP/1', 'Agent/1', 'SIP/2'),
    verbs,
  )
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

test('a session has one login at most, which opens it, and nothing before it; the states account for its time', () => {
  fc.assert(
    fc.property(logs, lines => {
      const events = eventsOf(asterisk, context(), lines);
      for (const [id, own] of Map.groupBy(events, ({ loginSessionId }) => loginSessionId)) {
        if (id === '') continue;
        const logins = own.filter(({ kind }) => kind === 'LOGIN');
        assert.ok(logins.length <= 1 && own.filter(({ kind }) => kind === 'LOGOUT').length <= 1);
        assert.equal(Math.min(...own.map(event => event.at)), Number(id.split('@')[1]) * 1000);
        assert.ok(logins.every(login => login === own[0] && login.order === 0));
        assert.ok(own.every(({ order }) => order >= 0 && order <= MAX_ORDER));
        assert.equal(new Set(own.map(({ eventId }) => eventId)).size, own.length);
      }
      for (const session of foldedSessions(events).values()) assert.equal(session.unaccounted_ms, 0);
    }),
  );
});

test('no session of an agent begins before the one before it has ended', () => {
  fc.assert(
    fc.property(logs, lines => {
      const sessions = [...foldedSessions(eventsOf(asterisk, context(), lines)).values()];
      for (const own of Map.groupBy(sessions, ({ agent_id }) => agent_id).values()) {
        const inOrder = own.toSorted((a, b) => a.login_ms - b.login_ms);
        const ends = inOrder.map(({ end_ms }) => end_ms);
        assert.ok(inOrder.every(({ login_ms }, i) => i === 0 || ends[i - 1]! <= login_ms));
      }
    }),
  );
});
