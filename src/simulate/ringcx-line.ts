// Writes an event as the JSON that RingCX sends for it, with fields in the order of RingCentral's published examples.
import type { AgentEvent, BaseState } from '../events/agent-event.ts';
import { CAMPAIGN, QUEUES } from './centre/queues.ts';
import type { ZoneClock } from './zone-clock.ts';

/** What the feed knows of a session before an event: the state that the event leaves, and the current call. */
export interface FeedState {
  /** RingCX's name of the state; `LOGIN` at first. */
  word: string;
  label: string;
  /** UTC, milliseconds, as are the other times. */
  since: number;
  /** When the latest call was offered or dialled. */
  offeredAt: number;
  answeredAt: number;
  /** The parts of a line that do not change in the session: serializing them once doubles the speed. */
  parts: { head: string; device: string; external: string; session: string; user: string };
}

const STATE_WORDS: Readonly<Record<BaseState, string>> = {
  AVAILABLE: 'AVAILABLE',
  TRANSITION: 'TRANSITION',
  ENGAGED: 'ENGAGED',
  WORKING: 'WORKING',
  ON_BREAK: 'ON-BREAK',
  AWAY: 'AWAY',
  LUNCH: 'LUNCH',
  TRAINING: 'TRAINING',
  RNA: 'RNA-STATE',
  AUX_OFFHOOK: 'AUX-UNAVAIL-OFFHOOK',
  AUX_NO_OFFHOOK: 'AUX-UNAVAIL-NO-OFFHOOK',
  // A custom state.
  MONITORING: 'MONITORING',
  OFFLINE: 'OFFLINE',
  UNKNOWN: 'UNKNOWN',
};

const DNIS_OF_SOURCE = new Map([...QUEUES, CAMPAIGN].map(({ id, dnis }) => [id, dnis]));

/** What the feed knows at the login. */
export function stateAtLogin(event: AgentEvent): FeedState {
  const { at, agentId, externalAgentId } = event;
  return {
    word: 'LOGIN',
    label: '',
    since: at,
    offeredAt: at,
    answeredAt: at,
    parts: {
      head: `{"agent_id":"${agentId}","prev_state":"`,
      device: `,"agent_phone":${JSON.stringify(event.phone)},"source_ip":"${addressOf(agentId)}",`,
      external: `"external_agent_id":${externalAgentId === '' ? 'null' : JSON.stringify(externalAgentId)}`,
      session: `","agent_login_id":"${event.loginSessionId}","account_id":${JSON.stringify(event.accountId)},"event_type":"`,
      user: `","username":${JSON.stringify(event.username)}`,
    },
  };
}

/** Updates the feed's knowledge with an event of its session. */
export function moveOn(state: FeedState, { at, baseState, stateLabel }: AgentEvent): void {
  if (baseState === '') return;
  state.word = STATE_WORDS[baseState];
  state.label = stateLabel;
  state.since = at;
  if (baseState === 'TRANSITION') state.offeredAt = at;
  if (baseState === 'ENGAGED') state.answeredAt = at;
}

/**
 * One RingCX line without line break; null for events that RingCX does not send (holds, transfers, the line's hook).
 * @param before the session before the event
 * @param clock the account's
 */
export function ringcxLine(event: AgentEvent, before: FeedState, clock: ZoneClock): string | null {
  if (event.baseState !== '') return stateLine(event, event.baseState, before, clock);
  if (event.kind === 'LOGIN' || event.kind === 'LOGOUT') return sessionLine(event, before, clock);
  return event.kind === 'CALL_END' ? callEndLine(event, before, clock) : null;
}

function sessionLine(event: AgentEvent, before: FeedState, clock: ZoneClock): string {
  const { external, session } = before.parts;
  return (
    `{${external},"duration":"${(event.at - before.since) / 1000}${session}${event.kind}` +
    `","agent_id":"${event.agentId}","date_time":"${clock.text(event.at)}","agent_phone":${JSON.stringify(event.phone)}` +
    `,"username":${JSON.stringify(event.username)},"source_ip":"${addressOf(event.agentId)}"}`
  );
}

function stateLine(event: AgentEvent, state: BaseState, before: FeedState, clock: ZoneClock): string {
  const { head, device, external, session, user } = before.parts;
  return (
    `${head}${before.word}","prev_aux_state":${JSON.stringify(before.label)}${device}${external},"duration":"` +
    `${(event.at - before.since) / 1000}${session}${STATE_WORDS[state]}","event_aux_type":` +
    `${JSON.stringify(event.stateLabel)},"date_time":"${clock.text(event.at)}","pending_disp":"` +
    `${event.pendingDisposition ? '1' : '0'}${user}${state === 'ENGAGED' ? callFields(event) : ''}}`
  );
}

function callFields(event: AgentEvent): string {
  return (
    `,"call_id":"${event.callId}","call_source_id":"${event.queueId}","call_source_name":${JSON.stringify(event.queueName)}` +
    `,"dnis":"${DNIS_OF_SOURCE.get(event.queueId) ?? ''}","call_type":"${callType(event)}"`
  );
}

/** The end of a call. It starts with the offer; its duration excludes the queue, as in RingCX's segment report. */
function callEndLine(event: AgentEvent, before: FeedState, clock: ZoneClock): string {
  return (
    `{"recording_url":"","agent_id":"${event.agentId}","queue_duration":"${(before.answeredAt - before.offeredAt) / 1000}` +
    `","agent_disposition":"","gate_name":${JSON.stringify(event.queueName)},"call_state":"ANSWERED","call_duration":"` +
    `${(event.at - before.answeredAt) / 1000}","call_id":"${event.callId}",${before.parts.external},"account_id":` +
    `${JSON.stringify(event.accountId)},"event_type":"${callType(event)}-CALL","gate_id":"${event.queueId}","call_start":"` +
    `${clock.text(before.offeredAt)}","dnis":"${DNIS_OF_SOURCE.get(event.queueId) ?? ''}","ani":"51055501` +
    `${event.callId.slice(-2)}${before.parts.user}}`
  );
}

function callType(event: AgentEvent): 'VPD' | 'ACD' {
  return event.callDirection === 'OUTBOUND' ? 'VPD' : 'ACD';
}

/** A private address, always the same for an agent. */
function addressOf(agentId: string): string {
  const number = Number(agentId);
  return `192.168.${Math.floor(number / 250) % 256}.${(number % 250) + 2}`;
}
