// Labels, the account's own states, and the fields of calls in the events of sessions.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventsOfLines, figuresOfLines } from '../../../../test/support/asterisk-lines.ts';
import { ADD, REMOVE } from './testing/session-cases.ts';

describe('asterisk sessions: events', () => {
  it('labels pauses with their reason, and a forced logoff with its cause', () => {
    const events = eventsOfLines([
      '0 l NONE Agent/1 AGENTCALLBACKLOGIN 1001@agents',
      '10 NONE sales Agent/1 PAUSE Team_talk',
      '20 NONE NONE Agent/1 AGENTCALLBACKLOGOFF 1001@agents 20 Chanunavail',
    ]);
    assert.deepEqual(
      events.map(({ kind, baseState, stateLabel, phone }) => [kind, baseState, stateLabel, phone]),
      [
        ['LOGIN', 'AVAILABLE', '', '1001@agents'],
        ['STATE', 'AWAY', 'Team talk', ''],
        ['LOGOUT', '', 'Chanunavail', ''],
      ],
    );
  });

  it('prefers the account’s own mapping of states', () => {
    const lines = [ADD, '100 NONE sales SIP/1 PAUSE Lunch', '150 NONE sales SIP/1 PAUSE _QA_', REMOVE];
    const statesOf = () => new Map([['lunch', 'ON_BREAK'] as const, ['qa', 'WORKING'] as const]);
    const [session] = figuresOfLines(lines, { statesOf });
    assert.partialDeepStrictEqual(session, { available: 100, break: 50, wrap: 850 });
  });

  it('names the queue and direction of calls', () => {
    const events = eventsOfLines([ADD, '9 c1 sales SIP/1 CONNECT 9 c2 4', '20 d1 NONE SIP/1 OUTDIAL 5551']);
    assert.deepEqual(
      events.map(({ kind, callId, callDirection, queueId }) => [kind, callId, callDirection, queueId]),
      [
        ['LOGIN', '', '', ''],
        ['OFFER', 'c1', 'INBOUND', 'sales'],
        ['ANSWER', 'c1', 'INBOUND', 'sales'],
        ['MANUAL_DIAL', 'd1', 'OUTBOUND', ''],
      ],
    );
  });
});
