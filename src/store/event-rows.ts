// Events and rejects into rows of their tables.
import type { AgentEvent } from '../events/agent-event.ts';
import type { Reject } from '../sources/source.ts';
import { tsvInstant, tsvRow, tsvText } from './tsv.ts';

export const EVENT_COLUMNS = [
  'account_id',
  'login_session_id',
  'at',
  'order_in_instant',
  'source_event_id',
  'kind',
  'base_state',
  'prev_base_state',
  'state_label',
  'pending_disposition',
  'agent_id',
  'username',
  'phone',
  'external_agent_id',
  'call_id',
  'call_direction',
  'queue_id',
  'queue_name',
  'dial_group_id',
  'dial_group_name',
  'source',
  'received_at',
  'raw',
] as const;

/** Later than every event that the engine can hold, in UTC milliseconds since 1970. */
export const END_OF_TIME_MS = Date.UTC(2299, 0, 1);

/** Written out, not mapped: this runs for each of millions of events of an import. */
export function eventRow(event: AgentEvent): string {
  const flag = event.pendingDisposition === null ? 2 : Number(event.pendingDisposition);
  const who = `${tsvText(event.agentId)}\t${tsvText(event.username)}\t${tsvText(event.phone)}`;
  const call = `${tsvText(event.callId)}\t${event.callDirection}\t${tsvText(event.queueId)}\t${tsvText(event.queueName)}`;
  const group = `${tsvText(event.dialGroupId)}\t${tsvText(event.dialGroupName)}`;
  return (
    `${tsvText(event.accountId)}\t${tsvText(event.loginSessionId)}\t${tsvInstant(event.at)}\t${event.order}\t` +
    `${tsvText(event.eventId)}\t${event.kind}\t${event.baseState}\t${event.prevBaseState}\t` +
    `${tsvText(event.stateLabel)}\t${flag}\t${who}\t${tsvText(event.externalAgentId)}\t${call}\t${group}\t` +
    `${event.source}\t${tsvInstant(event.receivedAt)}\t${tsvText(event.raw)}\n`
  );
}

export const REJECT_COLUMNS = [
  'account_id',
  'source',
  'reason',
  'detail',
  'position',
  'raw',
  'received_at',
] as const;

export function rejectRow(reject: Reject): string {
  return tsvRow([
    ...[reject.accountId, reject.source, reject.reason, reject.detail, reject.position, reject.raw],
    tsvInstant(reject.receivedAt),
  ]);
}
