// Turns a document of any form into the line that Asterisk writes to queue_log, with its time in seconds since 1970.
import { readWallTime } from '../../time/wall-time.ts';
import { type Fields, parseObject, quote, Refusal, text } from '../fields.ts';
import { offsetsAt } from '../text/local-time.ts';
import { textOf } from '../text/text-encoding.ts';
import { lineOfObject } from './queue-row.ts';

/** The zone of times that carry none; undefined: not configured. */
export type ZoneOfTimes = () => string | undefined;

const PLAIN = /^\d{1,10}(?:\.\d{1,9})?\|/;
const DATE = String.raw`\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|[+-]\d\d(?::?\d\d)?))?`;
const DATED = new RegExp(`^(${DATE})\\s*\\|`);
/** A line with the prefix of syslog, journald or a container runtime. */
const PREFIXED = new RegExp(`^[^|{]{1,500}?\\s((?:\\d{9,10}(?:\\.\\d{1,9})?|${DATE})\\|.*)$`, 's');
/** Fields in which log shippers put the line, the most usual first. */
const MESSAGES = ['message', 'log', 'MESSAGE', 'msg', 'line', '_source'];
/** Types of the objects that phpMyAdmin writes before the rows. */
const HEADINGS = new Set(['header', 'database', 'table']);

/** The line; undefined if the document is a heading without an event. @throws Refusal */
export function logLine(raw: string, zone: ZoneOfTimes): string | undefined {
  if (PLAIN.test(raw)) return raw;
  if (raw.startsWith('{')) return lineInObject(parseObject(raw), zone);
  const [written, date] = DATED.exec(raw) ?? [];
  if (date !== undefined) return `${secondOf(date, zone)}|${raw.slice(written!.length)}`;
  const [, line] = PREFIXED.exec(raw) ?? [];
  return line === undefined ? raw : logLine(line, zone);
}

function lineInObject(fields: Fields, zone: ZoneOfTimes): string | undefined {
  const row = lineOfObject(Object.keys(fields), name => text(fields, name));
  if (row !== undefined) return logLine(row, zone);
  for (const name of MESSAGES) {
    const message = fields[name];
    if (typeof message === 'string') return logLine(message.trim(), zone);
    if (Array.isArray(message)) return logLine(textOf(Uint8Array.from(message)).text.trim(), zone);
    if (typeof message === 'object' && message !== null) return lineInObject(message as Fields, zone);
  }
  if (HEADINGS.has(String(fields.type))) return undefined;
  throw new Refusal(
    'MISSING_FIELD',
    'The JSON object is neither a log line (a field message or log) nor a table row (fields time, callid, queuename, agent, event).',
  );
}

/**
 * Whole seconds, as in the file: the table stores microseconds, and an event that arrives from both must be the same event. In
 * the repeated hour of autumn, the first pass.
 */
function secondOf(date: string, zone: ZoneOfTimes): number {
  const time = readWallTime(date);
  if (time === undefined)
    throw new Refusal('INVALID_TIME', `${quote(date)} is not a valid time of the years 1990 to 2199.`);
  const offsetMs = time.offsetMs ?? offsetIn(zone(), time.wallMs, date);
  return Math.floor((time.wallMs - offsetMs) / 1000);
}

function offsetIn(zone: string | undefined, wallMs: number, date: string): number {
  if (zone !== undefined) return offsetsAt(wallMs, zone).first;
  throw new Refusal(
    'INVALID_TIME',
    `The time ${quote(date)} has no time zone. Import with --timezone ZONE, or set the account's zone: ` +
      './offhook accounts set --account ID --feed-timezone ZONE.',
  );
}
