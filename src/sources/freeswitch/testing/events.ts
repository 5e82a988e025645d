// Builds events of mod_callcenter for the tests of the feed.
import { decodeContext } from '../../../../test/support/decode-context.ts';
import type { AgentEvent } from '../../../events/agent-event.ts';
import type { DecodeContext } from '../../source.ts';
import { eventsOf } from '../../testing/events-of.ts';
import { freeswitch } from '../freeswitch.ts';

export const CONTEXT = decodeContext({ accountId: '7', receivedAt: Date.parse('2026-03-02T12:00:00Z') });
export const LIVE: DecodeContext = { ...CONTEXT, live: true };
export const START_MS = Date.parse('2026-03-02T09:00:00Z');
export const AGENT = '1000@default';

export type Headers = Record<string, string | number>;

export const status = (value: string): Headers => ({
  'CC-Action': 'agent-status-change',
  'CC-Agent-Status': value,
});
export const state = (value: string): Headers => ({ 'CC-Action': 'agent-state-change', 'CC-Agent-State': value });
export const call = (action: string, callId: string, more: Headers = {}): Headers => ({
  'CC-Queue': 'support@default',
  'CC-Action': action,
  'CC-Member-UUID': `member ${callId}`,
  'CC-Member-Session-UUID': callId,
  ...more,
});
export const offer = (callId: string) => call('agent-offering', callId);
export const answer = (callId: string, leg = 'leg') => call('bridge-agent-start', callId, { 'CC-Agent-UUID': leg });
export const end = (callId: string, leg = 'leg') => call('bridge-agent-end', callId, { 'CC-Agent-UUID': leg });
export const fail = (callId: string, cause: string) => call('bridge-agent-fail', callId, { 'CC-Hangup-Cause': cause });

export function fields(second: number, headers: Headers, agent = AGENT): Headers {
  return {
    'Event-Name': 'CUSTOM',
    'Event-Subclass': 'callcenter::info',
    'Event-Date-Timestamp': Math.round((START_MS + second * 1000) * 1000),
    'CC-Agent': agent,
    ...headers,
  };
}

/** The event as a plain socket writes it. */
export function plain(second: number, headers: Headers, agent = AGENT): string {
  const lines = Object.entries(fields(second, headers, agent)).map(
    ([name, value]) => `${name}: ${encodeURIComponent(value)}\n`,
  );
  return `${lines.join('')}\n`;
}

export function json(second: number, headers: Headers): string {
  const texts = Object.entries(fields(second, headers)).map(([name, value]) => [name, String(value)]);
  return JSON.stringify(Object.fromEntries(texts));
}

/** The same event with the time when the ring or connection that it ends began. */
export const since = (second: number, headers: Headers): Headers => ({
  ...headers,
  [headers['CC-Action'] === 'bridge-agent-end' ? 'CC-Agent-Answered-Time' : 'CC-Agent-Called-Time']:
    START_MS / 1000 + second,
});

export type Step = [second: number, headers: Headers];
export const eventsAt = (steps: Step[], context = CONTEXT) =>
  eventsOf(freeswitch, context, [steps.map(([second, headers]) => plain(second, headers)).join('')]);

/** Second, kind, base state and call, with the number of the session. */
export function outline(events: readonly AgentEvent[]) {
  const sessions = [...new Set(events.map(event => event.loginSessionId).filter(id => id !== ''))];
  return events.map(({ at, kind, baseState, callId, loginSessionId }) => [
    (at - START_MS) / 1000,
    kind,
    baseState,
    callId,
    sessions.indexOf(loginSessionId) + 1,
  ]);
}
