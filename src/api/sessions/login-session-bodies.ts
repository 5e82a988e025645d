// Answers about a login session: its time line, events and explained values.
import { type TSchema, Type } from 'typebox';
import { BASE_STATES, CALL_DIRECTIONS, EVENT_KINDS } from '../../events/agent-event.ts';
import { COLUMNS, type Column } from '../../report/columns/columns.ts';
import type { Exact, SessionRow } from '../../report/why/read-row.ts';
import { ALL_COLUMNS } from '../../report/columns/extra-columns.ts';
import { UNITS, unitOf, type Why } from '../../report/why/why.ts';
import type { Interval } from '../../sessions/explain/intervals.ts';
import { LANES } from '../../sessions/explain/lanes.ts';
import type { Part } from '../../sessions/explain/parts.ts';
import type { SessionEvent } from '../../sessions/explain/session-facts.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import { WireId, wireId } from '../schema/ids.ts';

const text = (description?: string) => Type.String(description === undefined ? {} : { description });
const durationMs = Type.Integer({ description: 'Milliseconds.' });
const orNull = (schema: TSchema, description: string) => Type.Union([schema, Type.Null()], { description });
const State = Type.Enum(['', ...BASE_STATES]);
const EventId = text('The id of an event of the session; empty if none.');

const Unit = Type.Enum([...UNITS], {
  description:
    'MS: milliseconds; COUNT: a number; MINUTE_HUNDREDTHS and PERCENT_HUNDREDTHS: whole hundredths of a minute or of a per cent, to ' +
    'which averages and ratios are rounded; TEXT: text; INSTANT: UTC, ISO 8601; LABELS: milliseconds by label.',
});
const Value = Type.Union([Type.String(), Type.Integer(), Type.Null(), Type.Record(Type.String(), Type.Integer())], {
  description: 'The value in its unit; null if there is none (yet).',
});

const ColumnBody = {
  columnKey: Type.Enum(ALL_COLUMNS.map(({ key }) => key)),
  header: Type.String(),
  meaning: Type.String(),
  formula: Type.String(),
  isInReport: Type.Boolean({ description: 'True: one of the report’s 39 columns.' }),
};

const ValueBody = Type.Object({
  ...ColumnBody,
  unit: Unit,
  value: Value,
  printed: text('As the report prints it, in the requested time zone.'),
});

const IntervalBody = Type.Object({
  from: Instant,
  to: Instant,
  durationMs,
  label: Type.String(),
  baseState: State,
  callId: Type.String(),
  eventIds: Type.Array(EventId, { description: 'The events that start and end the interval.' }),
});

const EventBody = Type.Object({
  eventId: EventId,
  at: Instant,
  orderInInstant: Type.Integer({ description: 'The order among events of the same time.' }),
  kind: Type.Enum([...EVENT_KINDS]),
  baseState: State,
  prevBaseState: State,
  label: Type.String(),
  pendingDisposition: orNull(Type.Boolean(), 'null: the event does not say.'),
  agentId: WireId,
  username: Type.String(),
  phone: Type.String(),
  callId: Type.String(),
  callDirection: Type.Enum(['', ...CALL_DIRECTIONS]),
  queueId: Type.String(),
  queueName: Type.String(),
  dialGroupName: Type.String(),
  source: text('The feed.'),
  receivedAt: Instant,
  rawId: text('The id of the input, the same for all events from one input.'),
});

export const SessionBody = Type.Object({
  accountId: Type.String(),
  loginSessionId: WireId,
  agentId: WireId,
  agentName: text('The name at login.'),
  agentGroupId: WireId,
  agentGroupName: Type.String(),
  timezone: text('The time zone of the printed times.'),
  login: Instant,
  end: Type.Union([Instant], { description: 'Logout, last event, or now while the session is open.' }),
  endReason: Type.Enum(['NORMAL', 'SUPERSEDED', 'STALE', 'OPEN']),
  endReasonMeaning: text('The end reason in one sentence.'),
  nextLogin: orNull(
    Type.Object({ loginSessionId: WireId, login: Instant }),
    'The next login of the agent, if it ended the session instead of a logout.',
  ),
  origin: Type.Enum(['computed', 'imported'], {
    description: 'imported: from an export of another system, without events.',
  }),
  isTruncated: Type.Boolean({ description: 'True: the session has more events than this answer.' }),
  values: Type.Array(ValueBody, { description: 'All columns of the report, then the additional ones.' }),
  lanes: Type.Object(Object.fromEntries(LANES.map(lane => [lane, Type.Array(IntervalBody)]))),
  events: Type.Array(EventBody, { description: 'In chronological order.' }),
});

const PartBody = Type.Object({
  kind: Type.Enum(['INTERVAL', 'EVENT', 'ENTRY', 'EXPORT']),
  amount: orNull(
    Type.Integer(),
    'What the part adds to the value, in milliseconds or as a count; null if the value is text.',
  ),
  text: text('The value, if it is text.'),
  from: orNull(Instant, 'Start. A directory entry is valid from this time.'),
  to: orNull(Instant, 'End, not included; equal to `from` for an event.'),
  label: Type.String(),
  baseState: State,
  callId: Type.String(),
  openedBy: EventId,
  closedBy: EventId,
  note: text('Explanation of the part.'),
});

const OperandBody = Type.Object({
  sign: Type.Enum(['+', '-', '/']),
  columnKey: text('Empty if the operand is not a column.'),
  label: Type.String(),
  unit: Unit,
  amount: Type.Integer({ description: 'Milliseconds (since 1970, for an instant) or a count.' }),
});

export const WhyBody = Type.Object({
  column: Type.Object(ColumnBody),
  printed: Type.String(),
  value: Value,
  unit: Unit,
  operands: Type.Array(OperandBody, { description: 'The operands of the formula.' }),
  parts: Type.Array(PartBody, {
    description: 'Their amounts add up to the total. Averages and ratios have no parts.',
  }),
  total: Value,
  isExact: Type.Boolean({
    description: 'True: the total equals the value. False: the explanation is wrong.',
  }),
});

export const RawBody = Type.Object({
  eventId: EventId,
  source: text('The feed.'),
  receivedAt: Instant,
  raw: text('The input exactly as received; empty if the event was stored without one.'),
});

const columnBody = (column: Column) => {
  const { key, header, meaning, formula } = column;
  return { columnKey: key, header, meaning, formula, isInReport: COLUMNS.includes(column) };
};

const wireValue = (value: Exact, column: Column): Exact =>
  column.type === 'dts' && typeof value === 'number' ? isoInstant(value) : value;

export const valueBody = (column: Column, { exact, printed }: SessionRow) => ({
  ...columnBody(column),
  unit: unitOf(column),
  value: wireValue(exact[column.key] ?? null, column),
  printed: printed[column.key] ?? '',
});

export const intervalBody = ({ fromMs, toMs, label, baseState, callId, openedBy, closedBy }: Interval) => ({
  from: isoInstant(fromMs),
  to: isoInstant(toMs),
  durationMs: toMs - fromMs,
  label,
  baseState,
  callId,
  eventIds: [openedBy, closedBy].filter(id => id !== ''),
});

export function eventBody(event: SessionEvent) {
  const { id, at, order, kind, baseState, prevBaseState, stateLabel, pendingDisposition, agentId } = event;
  const { username, phone, callId, callDirection, queueId, queueName, dialGroupName, source, rawId } = event;
  return {
    eventId: id,
    at: isoInstant(at),
    orderInInstant: order,
    kind,
    baseState,
    prevBaseState,
    label: stateLabel,
    pendingDisposition,
    agentId: wireId(agentId),
    username,
    phone,
    callId,
    callDirection,
    queueId,
    queueName,
    dialGroupName,
    source,
    receivedAt: isoInstant(event.receivedAt),
    rawId,
  };
}

const maybeInstant = (ms: number | null) => (ms === null ? null : isoInstant(ms));

const partBody = ({ fromMs, toMs, ...part }: Part) => ({
  ...part,
  from: maybeInstant(fromMs),
  to: maybeInstant(toMs),
});

export function whyBody({ column, printed, value, unit, operands, parts, total, isExact }: Why) {
  return {
    column: columnBody(column),
    printed,
    value: wireValue(value, column),
    unit,
    operands,
    parts: parts.map(partBody),
    total: wireValue(total, column),
    isExact,
  };
}
