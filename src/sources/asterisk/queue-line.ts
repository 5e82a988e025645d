// Reads a line of queue_log into checked fields, and the durations that its data fields state.
import { LIMITS } from '../../limits.ts';
import { invalid, quote, Refusal } from '../fields.ts';
import { isAgentVerb, type Verb } from './verbs.ts';

/** A log line about an agent. */
export interface QueueLine {
  /** Empty where the log has `NONE`, or the origin of the event instead of a call (`MANAGER`, `REALTIME`, `CLI`). */
  callId: string;
  /** Empty for all of the agent's queues. */
  queue: string;
  /** The agent as written: `Local/1127@agents/n`. */
  name: string;
  verb: Verb;
  /** The fields after the verb, without spaces around them. */
  data: readonly string[];
  /** Whether Asterisk read the change from its database, so that nobody made it at this moment. */
  isRealtime: boolean;
}

/** A line with its instant (UTC milliseconds since 1970); `line` is undefined if it is about no agent. */
export interface ReadLine {
  at: number;
  line: QueueLine | undefined;
  /** The trimmed fields, so that other spaces or line ends do not make another line. */
  key: string;
}

/** Ten digits reach to the year 2286; some products write fractions of a second. */
const EPOCH = /^\d{1,10}(\.\d{1,9})?$/;
const MAX_FIELD_LENGTH = 256;
const MAX_FIELDS = 32;
const WHOLE_NUMBER = /^\d{1,10}$/;
/** A call id always holds a digit, unlike the words that may stand in its place. */
const CALL_ID = /\d/;

/** @throws Refusal */
export function readLine(raw: string): ReadLine {
  const fields = raw.split('|');
  if (fields.length < 5) {
    throw new Refusal(
      'MISSING_FIELD',
      `The line has too few fields (${fields.length}), expected at least 5: time|call|queue|agent|event.`,
    );
  }
  const isChanged = trimFields(fields);
  const [epoch, call, queue, name, verb] = fields as [string, string, string, string, string];
  if (!EPOCH.test(epoch)) {
    throw new Refusal(
      'INVALID_TIME',
      `The first field is ${quote(epoch)}, expected a time: seconds since 1970, or a date like 2024-01-31 09:00:00.`,
    );
  }
  const at = Math.floor(Number(epoch) * 1000);
  if (name === 'NONE' || name === '') return { at, line: undefined, key: '' };
  if (!isAgentVerb(verb)) {
    throw new Refusal(
      'UNKNOWN_EVENT',
      `The event ${quote(verb)} is not known. docs/sources/asterisk.md lists the known ones.`,
    );
  }
  checkFields(fields, raw);
  const line = {
    callId: CALL_ID.test(call) ? call : '',
    queue: queue === 'NONE' ? '' : queue,
    name,
    verb,
    data: fields.slice(5),
    isRealtime: call === 'REALTIME',
  };
  return { at, line, key: isChanged ? fields.join('|') : raw };
}

/** Trims the fields and drops empty ones at the end, in place. Returns whether anything changed. */
function trimFields(fields: string[]): boolean {
  let isChanged = false;
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!;
    const trimmed = field.trim();
    if (trimmed.length === field.length) continue;
    fields[i] = trimmed;
    isChanged = true;
  }
  while (fields.length > 5 && fields[fields.length - 1] === '') {
    fields.pop();
    isChanged = true;
  }
  return isChanged;
}

function checkFields(fields: readonly string[], raw: string): void {
  if (fields.length > MAX_FIELDS) throw invalid('The line', `has more than ${MAX_FIELDS} fields`);
  for (const field of fields) {
    if (field.length <= MAX_FIELD_LENGTH) continue;
    throw invalid(`The field ${quote(field)}`, `is longer than ${MAX_FIELD_LENGTH} characters`);
  }
  // A loop takes a fifth of the time of a regular expression, and every line is checked.
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) throw invalid('The line', 'holds a control character');
  }
}

/** A data field with whole seconds, in milliseconds; undefined if it is missing or not a whole number. */
export function secondsMs(line: QueueLine, field: number): number | undefined {
  const number = wholeNumber(line, field);
  return number === undefined ? undefined : number * 1000;
}

export function wholeNumber({ data }: QueueLine, field: number): number | undefined {
  const text = data[field];
  return text !== undefined && WHOLE_NUMBER.test(text) ? Number(text) : undefined;
}

/** How long the agent's phone rang before this line, in milliseconds; 0 if the line does not state it. */
export function ringMs(line: QueueLine): number {
  switch (line.verb) {
    // In seconds, after the caller's wait and the agent's channel.
    case 'CONNECT':
      return secondsMs(line, 2) ?? 0;
    case 'RINGNOANSWER':
    case 'RINGCANCELED':
      return wholeNumber(line, 0) ?? 0;
    default:
      return 0;
  }
}

/** Talk time of the call that ends with this line, in milliseconds; undefined if the line does not state it. */
export function talkMs(line: QueueLine): number | undefined {
  switch (line.verb) {
    case 'COMPLETEAGENT':
    case 'COMPLETECALLER':
      return secondsMs(line, 1);
    case 'BLINDTRANSFER':
    case 'TRANSFER':
      return secondsMs(line, 3);
    case 'ATTENDEDTRANSFER':
      // LINK is followed by two channels, any other method by one field.
      return secondsMs(line, line.data[0] === 'LINK' ? 4 : 3);
    case 'OUTANSWER':
      return secondsMs(line, dialled(line) + 1);
    case 'OUTCALL':
      return line.data[0] === 'ANSWER' ? secondsMs(line, 1) : undefined;
    default:
      return undefined;
  }
}

/** How long a dialled number rang, in milliseconds; undefined if the line does not state it. */
export function dialMs(line: QueueLine): number | undefined {
  if (line.verb !== 'OUTCALL') return line.verb.startsWith('OUT') ? secondsMs(line, dialled(line)) : undefined;
  // The field after the talk time holds the time of the whole call.
  const wholeMs = secondsMs(line, 2);
  return wholeMs === undefined ? undefined : Math.max(wholeMs - (talkMs(line) ?? 0), 0);
}

/** How long the agent was logged in until this logoff, in milliseconds; undefined if the line does not state it. */
export function loginMs(line: QueueLine): number | undefined {
  const isLogoff = line.verb === 'AGENTLOGOFF' || line.verb === 'AGENTCALLBACKLOGOFF';
  return isLogoff ? secondsMs(line, 1) : undefined;
}

/** How long the caller was on hold until this line, in milliseconds; undefined if the line does not state it. */
export function holdMs(line: QueueLine): number | undefined {
  return line.verb === 'CALLEROFFHOLD' ? secondsMs(line, 0) : undefined;
}

/** How far before this line the ring, call or login began that it ends, in milliseconds. An implausibly long time counts as 0. */
export function spanMs(line: QueueLine): number {
  const talked = talkMs(line) ?? 0;
  const span = talked + (dialMs(line) ?? ringMs(line)) + (loginMs(line) ?? 0);
  return span > LIMITS.statedTimeMs ? 0 : span;
}

/** Index of the first duration of a dialled call: after the number and, if logged, the result. */
function dialled(line: QueueLine): number {
  return wholeNumber(line, 1) === undefined ? 2 : 1;
}
