import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventSocketClient } from './event-socket.ts';

const EVENT = 'Event-Name: CUSTOM\nEvent-Subclass: callcenter%3A%3Ainfo\nCC-Action: agent-state-change';
const JSON_EVENT = '{"CC-Action":"agent-state-change","CC-Agent":"José"}';
const AUTH = 'Content-Type: auth/request\n\n';
const SUBSCRIBE = 'event plain CUSTOM callcenter::info\n\n';

const reply = (text: string) => `Content-Type: command/reply\nReply-Text: ${text}\n\n`;
const framed = (type: string, body: string) =>
  `Content-Length: ${Buffer.byteLength(body)}\nContent-Type: ${type}\n\n${body}`;

/** The texts of the switch with the client's commands, up to the failure if there is one. */
const TALKS: [name: string, talk: [says: string, sends: string[], failure?: RegExp, refused?: boolean][]][] = [
  [
    'a good connection',
    [
      [AUTH, ['auth secret\n\n']],
      [reply('+OK accepted'), [SUBSCRIBE]],
      [reply('+OK event listener enabled plain'), []],
    ],
  ],
  ['several frames at once', [[AUTH + reply('+OK accepted'), ['auth secret\n\n', SUBSCRIBE]]]],
  [
    'a wrong password',
    [
      [AUTH, ['auth secret\n\n']],
      [reply('-ERR invalid'), [], /password: -ERR invalid/, true],
      [AUTH, [], /password/, true],
    ],
  ],
  [
    'a refused subscription',
    [
      [AUTH, ['auth secret\n\n']],
      [reply('+OK accepted'), [SUBSCRIBE]],
      [reply('-ERR no keywords supplied'), [], /refused to send events: -ERR no keywords/, true],
    ],
  ],
  ['an address that may not connect', [[framed('text/rude-rejection', 'Access Denied, go away.\n'), [], /acl/, true]]],
  [
    'a switch that goes down',
    [
      [AUTH + reply('+OK accepted') + reply('+OK'), ['auth secret\n\n', SUBSCRIBE]],
      [framed('text/disconnect-notice', 'Disconnected, goodbye.\n\n'), [], /closed the connection/, false],
    ],
  ],
];

describe('eventSocketClient', () => {
  for (const [name, talk] of TALKS) {
    it(name, () => {
      const client = eventSocketClient('secret');
      for (const [says, sends, failure = /^$/, refused = false] of talk) {
        const step = client.push(says);
        assert.deepEqual([step.send, step.documents, step.refused], [sends, [], refused]);
        assert.match(step.failure, failure);
      }
    });

    it(`${name}, one character at a time`, () => {
      const client = eventSocketClient('secret');
      const steps = talk.flatMap(([says]) => [...says].map(character => client.push(character)));
      assert.deepEqual(
        steps.flatMap(({ send }) => send),
        talk.flatMap(([, sends]) => sends),
      );
      assert.match(steps.at(-1)!.failure, talk.at(-1)![2] ?? /^$/);
    });
  }

  it('returns events, plain or JSON, once it is listening', () => {
    const client = eventSocketClient('secret');
    assert.equal(client.push(AUTH + reply('+OK accepted')).listening, false);
    assert.equal(client.push(reply('+OK event listener enabled plain')).listening, true);
    const text = framed('text/event-plain', `${EVENT}\n\n`) + framed('text/event-json', JSON_EVENT);
    const { send, documents, failure } = client.push(text.repeat(2));
    assert.deepEqual(
      documents.map(({ raw }) => raw),
      [EVENT, JSON_EVENT, EVENT, JSON_EVENT],
    );
    assert.deepEqual([send, failure], [[], '']);
  });

  it('refuses a password that would contain another command', () => {
    assert.throws(() => eventSocketClient('x\n\nexit'), /line end/);
  });
});
