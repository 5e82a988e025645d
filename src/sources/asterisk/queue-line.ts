// A line of Asterisk's queue_log, cut at its bars, to checked fields; and what its data says in seconds.
import { LIMITS } from '../../limits.ts';
import { invalid, Refusal } from '../fields.ts';
import { isAgentVerb, type Verb } from './verbs.ts';

/** What a line says of an agent. */
export interface QueueLine {
  /** Empty where the log has none (`NONE`), or a word for who did it (`MANAGER`, `REALTIME`, `CLI`). */
  callId: string;
  /** Empty for all of the agent's queues. */
  queue: string;
  /** The agent as written: `Local/1127@agents/n`. */
  name: string;
  verb: Verb;
  /** The fields after the verb, without spaces around them. */
  data: readonly string[];
  /** True for what Asterisk read from its database, not what somebody did. */
  isRealtime: boolean;
}

/** A line with its instant (UTC milliseconds since 1970); `line` is undefined if it is about no agent. */
export interface ReadLine {
  at: number;
  line: QueueLine | undefined;
  /** The fields as they are, so that a line means the same with other spaces or line ends. */
  key: string;
}

/** Ten digits reach to the year 2286; some products write fractions of a second. */
const EPOCH = /^\d{1,10}(\.\d{1,9})?$/;
const MAX_FIELD_LENGTH = 256;
const MAX_FIELDS = 32;
const WHOLE_NUMBER = /^\d{1,10}$/;
/** Words in the place of a call id: a call id of Asterisk always holds a digit. */
const CALL_ID = /\d/;

/** @throws Refusal */
export function readLine(raw: string): ReadLine {
  const fields = raw.split('|');
  if (fields.length < 5) {
    throw new Refusal(
      'MISSING_FIELD',
      `The line has ${fields.length} of at least 5 fields: time|call|queue|agent|event.`,
    );
  }
  const isChanged = tidy(fields);
  const [epoch, call, queue, name, verb] = fields as [string, string, string, string, string];
  if (!EPOCH.test(epoch)) {
    throw new Refusal(
      'INVALID_TIME',
      'The first field is not a time: neither seconds since 1970 nor a date like 2024-01-31 09:00:00.',
    );
  }
  const at = Math.floor(Number(epoch) * 1000);
  if (name === 'NONE' || name === '') return { at, line: undefined, key: '' };
  if (!isAgentVerb(verb)) {
    throw new Refusal('UNKNOWN_EVENT', `${JSON.stringify(verb.slice(0, 60))} is not known.`);
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

/** Takes spaces around fields away, and empty fields at the end; true if there were any. */
function tidy(fields: string[]): boolean {
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
    throw invalid('A field', `is longer than ${MAX_FIELD_LENGTH} characters`);
  }
  // Not by a regular expression: this loop runs over every line, and takes a fifth of its time.
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) throw invalid('The line', 'holds a control character');
  }
}

/** A whole number of seconds in milliseconds; undefined where the field is missing or something else. */
export function secondsMs(line: QueueLine, field: number): number | undefined {
  const number = wholeNumber(line, field);
  return number === undefined ? undefined : number * 1000;
}

export function wholeNumber({ data }: QueueLine, field: number): number | undefined {
  const text = data[field];
  return text !== undefined && WHOLE_NUMBER.test(text) ? Number(text) : undefined;
}

/** Time the agent's phone rang before this line, in milliseconds; 0 where it is not said. */
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

/** Time the call that ends with this line was talked, in milliseconds; undefined where it is not said. */
export function talkMs(line: QueueLine): number | undefined {
  switch (line.verb) {
    case 'COMPLETEAGENT':
    case 'COMPLETECALLER':
      return secondsMs(line, 1);
    case 'BLINDTRANSFER':
    case 'TRANSFER':
      return secondsMs(line, 3);
    case 'ATTENDEDTRANSFER':
      // A link names two channels, any other method one thing.
      return secondsMs(line, line.data[0] === 'LINK' ? 4 : 3);
    case 'OUTANSWER':
      return secondsMs(line, dialled(line) + 1);
    case 'OUTCALL':
      return line.data[0] === 'ANSWER' ? secondsMs(line, 1) : undefined;
    default:
      return undefined;
  }
}

/** Time a dialled number rang, in milliseconds; undefined where it is not said. */
export function dialMs(line: QueueLine): number | undefined {
  if (line.verb !== 'OUTCALL') return line.verb.startsWith('OUT') ? secondsMs(line, dialled(line)) : undefined;
  // The time of the whole call, after that of the talk.
  const wholeMs = secondsMs(line, 2);
  return wholeMs === undefined ? undefined : Math.max(wholeMs - (talkMs(line) ?? 0), 0);
}

/** Time the agent was logged in until this logoff, in milliseconds; undefined where it is not said. */
export function loginMs(line: QueueLine): number | undefined {
  const isLogoff = line.verb === 'AGENTLOGOFF' || line.verb === 'AGENTCALLBACKLOGOFF';
  return isLogoff ? secondsMs(line, 1) : undefined;
}

/** Time the caller was on hold until this line, in milliseconds; undefined where it is not said. */
export function holdMs(line: QueueLine): number | undefined {
  return line.verb === 'CALLEROFFHOLD' ? secondsMs(line, 0) : undefined;
}

/** Time before this line of which it tells, in milliseconds: what it is the end of began then. A time too long to be true tells none. */
export function spanMs(line: QueueLine): number {
  const talked = talkMs(line) ?? 0;
  const span = talked + (dialMs(line) ?? ringMs(line)) + (loginMs(line) ?? 0);
  return span > LIMITS.statedTimeMs ? 0 : span;
}

/** Where the times of a dialled call begin: after its number and, where it is written, its result in words. */
function dialled(line: QueueLine): number {
  return wholeNumber(line, 1) === undefined ? 2 : 1;
}
