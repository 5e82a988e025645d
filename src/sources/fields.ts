// Reads and checks the fields of a document, for all decoders; whatever is wrong becomes a reject that says so.
import type { AgentEvent } from '../events/agent-event.ts';
import { LIMITS } from '../limits.ts';
import type { Decode, DecodeContext, RejectReason } from './source.ts';

/** A parsed document. Values may be of any type; the functions below check them. */
export type Fields = Readonly<Record<string, unknown>>;

/** Longest id; real feeds stay below 64 characters. */
export const MAX_ID_LENGTH = 256;
const CONTROL_CHARACTER = /\p{Cc}/u;

/**
 * Thrown for a document that cannot be used. Not an `Error`: bad inputs come by the million, and a stack trace costs more than
 * decoding.
 */
export class Refusal {
  readonly reason: RejectReason;
  readonly detail: string;

  constructor(reason: RejectReason, detail: string) {
    this.reason = reason;
    this.detail = detail;
  }
}

/** Thrown for a number that JavaScript rounded, such as an unquoted call id of 30 digits; the document is then read with texts. */
const ROUNDED_NUMBER = new Refusal(
  'INVALID_VALUE',
  'A number has too many digits to be read exactly. Send it in quotes.',
);

/** The parts in which decoders differ. */
interface Feed {
  source: string;
  accountField: string;
  parse: (raw: string) => Fields;
  read: (fields: Fields, raw: string) => AgentEvent;
}

/** The decoder of a feed; a Refusal that its functions throw becomes a reject. */
export function decoderOf(feed: Feed, context: DecodeContext): Decode {
  return ({ raw, position }) => {
    let fields: Fields = {};
    try {
      if (raw.length > LIMITS.documentBytes) throw tooLarge();
      fields = feed.parse(raw);
      return readExactly(feed, fields, raw);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const { reason, detail } = refusal;
      const accountId = rejectAccount(fields[feed.accountField], context);
      return {
        accountId,
        source: feed.source,
        reason,
        detail,
        position,
        raw,
        receivedAt: context.receivedAt,
      };
    }
  };
}

/** The fields of a JSON object. @throws Refusal INVALID_JSON, NOT_AN_OBJECT */
export function parseObject(raw: string, reviver?: (key: string, value: unknown) => unknown): Fields {
  let value: unknown;
  try {
    value = JSON.parse(raw, reviver);
  } catch (error) {
    throw new Refusal('INVALID_JSON', error instanceof Error ? error.message : String(error));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('NOT_AN_OBJECT', `The document is ${described(value)}, expected a JSON object.`);
  }
  return value as Fields;
}

/** The account that a document names, else the sender's. @throws Refusal MISSING_FIELD, WRONG_ACCOUNT */
export function accountOf(fields: Fields, name: string, context: DecodeContext): string {
  const accountId = id(fields, name) || context.accountId;
  if (accountId === '') throw missing(name);
  if (!context.isAllowed(accountId)) {
    const expected = context.accountId === '' ? 'an account of the sender' : quote(context.accountId);
    throw new Refusal('WRONG_ACCOUNT', `${name} is ${quote(accountId)}, expected ${expected}.`);
  }
  return accountId;
}

/** The text of a field; empty if absent or null. @throws Refusal if it is an object or array */
export function text(fields: Fields, name: string): string {
  const value = fields[name];
  // Half of a surrogate pair ("\ud83d") cannot be stored as UTF-8; the whole batch would fail.
  if (typeof value === 'string') return value.toWellFormed();
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' && isRounded(value)) throw ROUNDED_NUMBER;
  if (typeof value === 'object') {
    throw invalid(name, `is ${described(value)}, expected a text`);
  }
  return String(value);
}

/** The id in a field, trimmed; empty if absent. @throws Refusal if it is too long or contains control characters */
export function id(fields: Fields, name: string): string {
  return checkedId(name, text(fields, name).trim());
}

/** The value itself if it can be an id. @throws Refusal if it is too long or contains control characters */
export function checkedId(name: string, value: string): string {
  if (value.length > MAX_ID_LENGTH) throw invalid(name, `is longer than ${MAX_ID_LENGTH} characters`);
  if (CONTROL_CHARACTER.test(value)) throw invalid(name, 'contains a control character');
  return value;
}

export function requiredId(fields: Fields, name: string): string {
  const value = id(fields, name);
  if (value === '') throw missing(name);
  return value;
}

export function missing(name: string): Refusal {
  return new Refusal('MISSING_FIELD', `${name} is missing.`);
}

export function invalid(name: string, problem: string): Refusal {
  return new Refusal('INVALID_VALUE', `${name} ${problem}.`);
}

/** A text in quotes, shortened to 60 characters, for the detail of a reject. */
export function quote(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value).toWellFormed();
}

/** A value of any type, for the detail of a reject. */
export function described(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' && value !== null ? 'an object' : quote(String(value));
}

/** Part of a document as JSON; the whole document's text if the part is nested too deeply for `JSON.stringify`. */
export function partText(part: unknown, document: string): string {
  try {
    return JSON.stringify(part);
  } catch (error) {
    if (error instanceof RangeError) return document;
    throw error;
  }
}

function tooLarge(): Refusal {
  return new Refusal('TOO_LARGE', `The document is longer than ${LIMITS.documentBytes} characters.`);
}

function isRounded(value: number): boolean {
  return Math.abs(value) > Number.MAX_SAFE_INTEGER;
}

function readExactly(feed: Feed, fields: Fields, raw: string): AgentEvent {
  try {
    return feed.read(fields, raw);
  } catch (refusal) {
    if (refusal !== ROUNDED_NUMBER) throw refusal;
    return feed.read(parseObject(raw, keepDigits), raw);
  }
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && isRounded(value) ? context?.source : value;
}

/**
 * The account to which a reject belongs: the sender's, even if the input names another one. For a sender of several accounts,
 * the named one if it is the sender's; else empty, and only users of all accounts see the reject.
 */
function rejectAccount(value: unknown, { accountId, isAllowed }: DecodeContext): string {
  if (accountId !== '') return accountId;
  const named = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  const isId = named.length <= MAX_ID_LENGTH && named.isWellFormed() && !CONTROL_CHARACTER.test(named);
  return isId && named !== '' && isAllowed(named) ? named : '';
}
