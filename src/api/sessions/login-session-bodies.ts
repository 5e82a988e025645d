// A login session, its lanes, events and explanations into the bodies of answers, and the schemas that describe them.
import { type TSchema, Type } from 'typebox';
import { BASE_STATES, CALL_DIRECTIONS, EVENT_KINDS } from '../../events/agent-event.ts';
import { COLUMNS, type Column } from '../../report/columns/columns.ts';
import type { Exact, SessionRow } from '../../report/why/read-row.ts';
import { ALL_COLUMNS } from '../../report/why/read-row.ts';
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
const EventId = text('Of an event of the session; empty: none.');

const Unit = Type.Enum([...UNITS], {
  description:
    'MS: milliseconds; COUNT; MINUTE_HUNDREDTHS and PERCENT_HUNDREDTHS: whole hundredths of a minute or a per cent, as ' +
    'averages and ratios are rounded; TEXT; INSTANT: UTC, ISO 8601; LABELS: milliseconds by label.',
});
const Value = Type.Union([Type.String(), Type.Integer(), Type.Null(), Type.Record(Type.String(), Type.Integer())], {
  description: 'In its unit; null where there is none (yet).',
});

const ColumnBody = {
  columnKey: Type.Enum(ALL_COLUMNS.map(({ key }) => key)),
  header: Type.String(),
  meaning: Type.String(),
  formula: Type.String(),
  isInReport: Type.Boolean({ description: 'One of the 39 columns; the others are beside them.' }),
};

const ValueBody = Type.Object({
  ...ColumnBody,
  unit: Unit,
  value: Value,
  printed: text('As the report prints it, in the zone asked for.'),
});

const IntervalBody = Type.Object({
  from: Instant,
  to: Instant,
  durationMs,
  label: Type.String(),
  baseState: State,
  callId: Type.String(),
  eventIds: Type.Array(EventId, { description: 'The events that open and close it.' }),
});

const EventBody = Type.Object({
  eventId: EventId,
  at: Instant,
  orderInInstant: Type.Integer({ description: 'Among events of one instant.' }),
  kind: Type.Enum([...EVENT_KINDS]),
  baseState: State,
  prevBaseState: State,
  label: Type.String(),
  pendingDisposition: orNull(Type.Boolean(), 'null: not said.'),
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
  rawId: text('The same for all events that were made of one input.'),
});

export const SessionBody = Type.Object({
  accountId: Type.String(),
  loginSessionId: WireId,
  agentId: WireId,
  agentName: text('As of the login.'),
  agentGroupId: WireId,
  agentGroupName: Type.String(),
  timezone: text('Of the printed times.'),
  login: Instant,
  end: Type.Union([Instant], { description: 'Logout, last event, or now while the session is open.' }),
  endReason: Type.Enum(['NORMAL', 'SUPERSEDED', 'STALE', 'OPEN']),
  endReasonMeaning: text('For a person.'),
  nextLogin: orNull(
    Type.Object({ loginSessionId: WireId, login: Instant }),
    'The login that ended the session, where no logout did.',
  ),
  origin: Type.Enum(['computed', 'imported'], { description: 'Imported: from an export, without events.' }),
  isTruncated: Type.Boolean({ description: 'There are more events than are shown.' }),
  values: Type.Array(ValueBody, { description: 'Every column of the report, then those beside it.' }),
  lanes: Type.Object(Object.fromEntries(LANES.map(lane => [lane, Type.Array(IntervalBody)]))),
  events: Type.Array(EventBody, { description: 'In order.' }),
});

const PartBody = Type.Object({
  kind: Type.Enum(['INTERVAL', 'EVENT', 'ENTRY', 'EXPORT']),
  amount: orNull(Type.Integer(), 'What it adds, in milliseconds or as a count; null where the value is a text.'),
  text: text('The text that the value is, where it is one.'),
  from: orNull(Instant, 'An entry of the directory holds from here on.'),
  to: orNull(Instant, 'Not included; equal to `from` for an event.'),
  label: Type.String(),
  baseState: State,
  callId: Type.String(),
  openedBy: EventId,
  closedBy: EventId,
  note: text('For a person.'),
});

const OperandBody = Type.Object({
  sign: Type.Enum(['+', '-', '/']),
  columnKey: text('Empty where it is not a column.'),
  label: Type.String(),
  unit: Unit,
  amount: Type.Integer({ description: 'Milliseconds (since 1970, for an instant) or a count.' }),
});

export const WhyBody = Type.Object({
  column: Type.Object(ColumnBody),
  printed: Type.String(),
  value: Value,
  unit: Unit,
  operands: Type.Array(OperandBody, { description: 'What the formula names.' }),
  parts: Type.Array(PartBody, {
    description: 'Their amounts add up to the total; none for averages and ratios.',
  }),
  total: Value,
  isExact: Type.Boolean({
    description: 'Whether the total is the value; if not, this explanation is wrong.',
  }),
});

export const RawBody = Type.Object({
  eventId: EventId,
  source: text('The feed.'),
  receivedAt: Instant,
  raw: text('The input exactly as it was received; empty where it came without one.'),
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
