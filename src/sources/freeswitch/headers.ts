// Parses an event, header lines or a JSON object, into its fields.
import { type Fields, parseObject } from '../fields.ts';
import { percentDecoded } from '../text/text-encoding.ts';

/** The headers in use; the rest, such as hundreds of channel variables, is not even decoded. */
const USED = [
  'Event-Name',
  'Event-Subclass',
  'Event-Date-Timestamp',
  'CC-Action',
  'CC-Agent',
  'CC-Agent-Status',
  'CC-Agent-State',
  'CC-Agent-UUID',
  'CC-Agent-Called-Time',
  'CC-Agent-Answered-Time',
  'CC-Agent-Aborted-Time',
  'CC-Bridge-Terminated-Time',
  'CC-Hangup-Cause',
  'CC-Queue',
  'CC-Member-UUID',
  'CC-Member-Session-UUID',
];
const BY_NAME = new Map(
  [...USED, ...USED.map(name => name.toLowerCase())].map((name, i) => [name, USED[i % USED.length]!]),
);
/** Some clients change the case of the names: `Cc-Agent-Uuid` in Go. */
const usedName = (name: string) => BY_NAME.get(name) ?? BY_NAME.get(name.toLowerCase());

/** Fields in which clients of the event socket put the headers when they write an event as JSON. */
const WRAPPERS = new Set(['headers', 'header', 'body', 'event', 'data', 'payload']);
const MAX_WRAPPERS = 3;

/** @throws Refusal INVALID_JSON, NOT_AN_OBJECT */
export function parseEvent(raw: string): Fields {
  if (!raw.startsWith('{')) return parseHeaders(raw);
  const fields: Record<string, unknown> = Object.create(null);
  gather(parseObject(raw), fields, MAX_WRAPPERS);
  return fields;
}

/** Adds the headers of an object, and of objects in it under a wrapper's name, to `fields`. */
function gather(object: object, fields: Record<string, unknown>, depth: number): void {
  for (const [name, value] of Object.entries(object)) {
    const used = usedName(name);
    if (used !== undefined) fields[used] ??= Array.isArray(value) ? value[0] : value;
    else if (depth > 0 && WRAPPERS.has(name.toLowerCase())) gather(wrapped(value), fields, depth - 1);
  }
}

/** The wrapped object, given as an object, as JSON text or as pairs; empty if it is none of these. */
function wrapped(value: unknown): object {
  if (Array.isArray(value)) return ofPairs(value);
  if (typeof value === 'object') return value ?? {};
  return typeof value === 'string' && value.startsWith('{') ? parseObject(value) : {};
}

/** The object of `[{"name":…,"value":…}]`, as node-esl stores headers. */
function ofPairs(pairs: readonly unknown[]): object {
  const isPair = (pair: unknown): pair is { name?: unknown; value?: unknown } =>
    typeof pair === 'object' && pair !== null;
  return Object.fromEntries(pairs.filter(isPair).map(({ name, value }) => [String(name), value]));
}

/** The first value of each header up to the blank line. Values are URL-encoded, unlike in JSON. */
function parseHeaders(raw: string): Fields {
  const fields: Record<string, string> = Object.create(null);
  let start = 0;
  while (start < raw.length) {
    const end = lineEnd(raw, start);
    const colon = raw.indexOf(':', start);
    if (colon > start && colon < end) {
      const name = usedName(raw.slice(start, colon).trim());
      if (name !== undefined) fields[name] ??= percentDecoded(raw.slice(colon + 1, end).trim());
    } else if (raw.slice(start, end).trim() === '') break;
    start = end + 1;
  }
  return fields;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** The event's text with one more header, whose value must not need encoding. */
export function withHeader(raw: string, name: string, value: string): string {
  if (!raw.startsWith('{')) return `${name}: ${value}\n${raw}`;
  return `${raw.slice(0, raw.lastIndexOf('}'))},"${name}":"${value}"}`;
}
