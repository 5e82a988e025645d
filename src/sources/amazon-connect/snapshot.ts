// Reads a snapshot of an agent (status and contacts) from an event.
import { readWallTime } from '../../time/wall-time.ts';
import { type Fields, id, invalid, missing, requiredId, text } from '../fields.ts';

export interface Status {
  name: string;
  /** ROUTABLE, CUSTOM or OFFLINE; empty in streams of older instances. */
  type: string;
  /** UTC, milliseconds since 1970; null if the event lacks it. */
  sinceMs: number | null;
}

export interface Contact {
  id: string;
  channel: string;
  initiation: string;
  state: string;
  /** Beginning of the present state, UTC, milliseconds since 1970; null if the event lacks it. */
  sinceMs: number | null;
  /** Connection to the agent, UTC, milliseconds since 1970; null if it never connected. */
  connectedMs: number | null;
  queueId: string;
  queueName: string;
}

/** An agent's status and contacts at one instant; null where the event lacks them. */
export interface Snapshot {
  username: string;
  status: Status | null;
  contacts: readonly Contact[] | null;
}

/** @throws Refusal */
export function readSnapshot(fields: Fields, name: string): Snapshot | null {
  const snapshot = object(fields, name);
  if (snapshot === null) return null;
  const status = object(snapshot, 'AgentStatus');
  return {
    username: text(object(snapshot, 'Configuration') ?? {}, 'Username'),
    status: status === null ? null : readStatus(status),
    contacts: readContacts(snapshot),
  };
}

/** The part of an ARN after its resource type, such as `agent/`; without that, its last part. */
export function arnTail(arn: string, kind: string): string {
  const start = arn.lastIndexOf(`/${kind}/`);
  return start < 0 ? arn.slice(arn.lastIndexOf('/') + 1) : arn.slice(start + kind.length + 2);
}

/** The object in a field; null if absent. @throws Refusal if the field holds anything else */
export function object(fields: Fields, name: string): Fields | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(name, 'is not an object');
  return value as Fields;
}

/** UTC milliseconds of an ISO 8601 time with a zone; undefined for any other text. */
export function readTime(value: string): number | undefined {
  const time = readWallTime(value);
  return time === undefined || time.offsetMs === null ? undefined : time.wallMs - time.offsetMs;
}

function readStatus(status: Fields): Status {
  const name = text(status, 'Name').trim();
  const type = text(status, 'Type').trim().toUpperCase();
  return { name, type, sinceMs: optionalTime(status, 'StartTimestamp') };
}

function readContacts(snapshot: Fields): Contact[] | null {
  const contacts = snapshot.Contacts;
  if (contacts === undefined || contacts === null) return null;
  if (!Array.isArray(contacts)) throw invalid('Contacts', 'is not an array');
  return contacts.map(readContact);
}

function readContact(contact: unknown): Contact {
  if (typeof contact !== 'object' || contact === null) throw missing('Contacts.ContactId');
  const fields = contact as Fields;
  const queue = object(fields, 'Queue') ?? {};
  return {
    id: requiredId(fields, 'ContactId'),
    channel: text(fields, 'Channel').trim().toUpperCase(),
    initiation: text(fields, 'InitiationMethod').trim().toUpperCase(),
    state: text(fields, 'State').trim().toUpperCase(),
    sinceMs: optionalTime(fields, 'StateStartTimestamp'),
    connectedMs: optionalTime(fields, 'ConnectedToAgentTimestamp'),
    queueId: arnTail(id(queue, 'ARN'), 'queue'),
    queueName: text(queue, 'Name'),
  };
}

/** Times within snapshots only refine the event's own time, so an unreadable one is treated as missing. */
function optionalTime(fields: Fields, name: string): number | null {
  return readTime(text(fields, name).trim()) ?? null;
}
