// A document in whatever form to the line as Asterisk writes it to queue_log, its time in seconds since 1970.
import { type Fields, parseObject, quote, Refusal, text } from '../fields.ts';
import { offsetsAt } from '../text/local-time.ts';
import { textOf } from '../text/text-encoding.ts';
import { readWallTime } from '../../time/wall-time.ts';
import { lineOfObject } from './queue-row.ts';

/** The zone of times that carry none; undefined: nobody has said it. */
export type ZoneOfTimes = () => string | undefined;

const PLAIN = /^\d{1,10}(?:\.\d{1,9})?\|/;
const DATE = String.raw`\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|[+-]\d\d(?::?\d\d)?))?`;
const DATED = new RegExp(`^(${DATE})\\s*\\|`);
/** What syslog, journald or a container's runtime write before a line. */
const PREFIXED = new RegExp(`^[^|{]{1,500}?\\s((?:\\d{9,10}(?:\\.\\d{1,9})?|${DATE})\\|.*)$`, 's');
/** Where shippers put the line, most usual first. */
const MESSAGES = ['message', 'log', 'MESSAGE', 'msg', 'line', '_source'];
/** What phpMyAdmin writes before the rows. */
const HEADINGS = new Set(['header', 'database', 'table']);

/** The line; undefined if the document is none and may be passed over. @throws Refusal */
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
    'The object holds neither a line (message, log) nor a row (time, callid, queuename, agent, event).',
  );
}

/**
 * Whole seconds, as the file has them: the table has the microseconds of the same event, and what comes by both ways is to be
 * one. Of a time that the clock shows twice, the first.
 */
function secondOf(date: string, zone: ZoneOfTimes): number {
  const time = readWallTime(date);
  if (time === undefined) throw new Refusal('INVALID_TIME', `There is no time ${quote(date)}.`);
  const offsetMs = time.offsetMs ?? offsetIn(zone(), time.wallMs, date);
  return Math.floor((time.wallMs - offsetMs) / 1000);
}

function offsetIn(zone: string | undefined, wallMs: number, date: string): number {
  if (zone !== undefined) return offsetsAt(wallMs, zone).first;
  throw new Refusal(
    'INVALID_TIME',
    `The time ${quote(date)} names no zone: import with --timezone ZONE, or set the account's: './offhook accounts set --feed-timezone ZONE'.`,
  );
}
