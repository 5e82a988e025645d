// Encodes events as a block of the columns of their table.
import type { Block } from '../../engine/engine.ts';
import { ByteColumn, InstantColumn, nativeBlock, TextColumn, WordColumn } from '../../engine/native-block.ts';
import type { AgentEvent } from '../../events/agent-event.ts';

/** Later than every event that the engine can store, in UTC milliseconds since 1970. */
export const END_OF_TIME_MS = Date.UTC(2299, 0, 1);

const columnsOfEvents = () =>
  ({
    accountId: new WordColumn('account_id'),
    loginSessionId: new WordColumn('login_session_id'),
    at: new InstantColumn('at'),
    order: new ByteColumn('order_in_instant'),
    eventId: new TextColumn('source_event_id'),
    kind: new WordColumn('kind'),
    baseState: new WordColumn('base_state'),
    prevBaseState: new WordColumn('prev_base_state'),
    stateLabel: new WordColumn('state_label'),
    pendingDisposition: new ByteColumn('pending_disposition'),
    agentId: new WordColumn('agent_id'),
    username: new WordColumn('username'),
    phone: new WordColumn('phone'),
    externalAgentId: new WordColumn('external_agent_id'),
    callId: new TextColumn('call_id'),
    callDirection: new WordColumn('call_direction'),
    queueId: new WordColumn('queue_id'),
    queueName: new WordColumn('queue_name'),
    dialGroupId: new WordColumn('dial_group_id'),
    dialGroupName: new WordColumn('dial_group_name'),
    source: new WordColumn('source'),
    receivedAt: new InstantColumn('received_at'),
    raw: new TextColumn('raw'),
  }) satisfies Record<keyof AgentEvent, unknown>;

/** The columns that are written for an event. */
export const EVENT_COLUMNS = Object.values(columnsOfEvents()).map(({ name }) => name);

/** The stored value of a flag that an event does not state. */
const NOT_STATED = 2;

/** Events gathered for an insert, in buffers that are reused for the next one. */
export class EventBlock {
  rows = 0;
  /** The size of their raw inputs, which are most of what is stored. */
  bytes = 0;
  private readonly columns = columnsOfEvents();

  /** Written out, not mapped: this runs for each of millions of events of an import. */
  add(event: AgentEvent): void {
    const row = this.rows++;
    this.bytes += event.raw.length;
    const { columns } = this;
    columns.accountId.set(row, event.accountId);
    columns.loginSessionId.set(row, event.loginSessionId);
    columns.at.add(event.at);
    columns.order.add(event.order);
    columns.eventId.set(row, event.eventId);
    columns.kind.set(row, event.kind);
    columns.baseState.set(row, event.baseState);
    columns.prevBaseState.set(row, event.prevBaseState);
    columns.stateLabel.set(row, event.stateLabel);
    columns.pendingDisposition.add(event.pendingDisposition === null ? NOT_STATED : Number(event.pendingDisposition));
    columns.agentId.set(row, event.agentId);
    columns.username.set(row, event.username);
    columns.phone.set(row, event.phone);
    columns.externalAgentId.set(row, event.externalAgentId);
    columns.callId.set(row, event.callId);
    columns.callDirection.set(row, event.callDirection);
    columns.queueId.set(row, event.queueId);
    columns.queueName.set(row, event.queueName);
    columns.dialGroupId.set(row, event.dialGroupId);
    columns.dialGroupName.set(row, event.dialGroupName);
    columns.source.set(row, event.source);
    columns.receivedAt.add(event.receivedAt);
    columns.raw.set(row, event.raw);
  }

  /** @param texts further columns, each with the same text in every row */
  block(texts: Readonly<Record<string, string>> = {}): Block {
    const more = Object.entries(texts).map(([name, text]) => {
      const column = new WordColumn(name);
      for (let row = 0; row < this.rows; row++) column.set(row, text);
      return column;
    });
    return nativeBlock(this.rows, [...Object.values(this.columns), ...more]);
  }

  clear(): void {
    this.rows = 0;
    this.bytes = 0;
    for (const column of Object.values(this.columns)) column.clear();
  }
}

export function eventBlock(events: readonly AgentEvent[], texts: Readonly<Record<string, string>> = {}): Block {
  const gathered = new EventBlock();
  for (const event of events) gathered.add(event);
  return gathered.block(texts);
}
