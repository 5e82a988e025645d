// A document's text to checked fields, or to the reject that says what is wrong; shared by the decoders.
import type { AgentEvent } from '../events/agent-event.ts';
import { LIMITS } from '../limits.ts';
import type { Decode, DecodeContext, RejectReason } from './source.ts';

/** A parsed document. Values may be of any type: nobody but the readers below trusts them. */
export type Fields = Readonly<Record<string, unknown>>;

/** Longest id; ids of real feeds stay below 64 characters. */
export const MAX_ID_LENGTH = 256;
const CONTROL_CHARACTER = /\p{Cc}/u;

/**
 * Why a document cannot be used. Not an `Error`: bad inputs come by the million, and a stack trace costs more than a
 * decode.
 */
export class Refusal {
  readonly reason: RejectReason;
  readonly detail: string;

  constructor(reason: RejectReason, detail: string) {
    this.reason = reason;
    this.detail = detail;
  }
}

/** Thrown on a number that JavaScript rounded, such as an unquoted call id of 30 digits: then it is read as a text. */
const ROUNDED_NUMBER = new Refusal('INVALID_VALUE', 'A number is too long to be read exactly.');

/** What differs between the decoders. */
interface Feed {
  source: string;
  accountField: string;
  parse: (raw: string) => Fields;
  read: (fields: Fields, raw: string) => AgentEvent;
}

/** The decoder of a feed: every refusal of its readers becomes a reject. */
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

/** The fields of a JSON object; refuses anything else. */
export function parseObject(raw: string, reviver?: (key: string, value: unknown) => unknown): Fields {
  let value: unknown;
  try {
    value = JSON.parse(raw, reviver);
  } catch (error) {
    throw new Refusal('INVALID_JSON', error instanceof Error ? error.message : String(error));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('NOT_AN_OBJECT', 'An event is a JSON object.');
  }
  return value as Fields;
}

/** The account of a document: the one it names, else the sender's. */
export function accountOf(fields: Fields, name: string, context: DecodeContext): string {
  const accountId = id(fields, name) || context.accountId;
  if (accountId === '') throw missing(name);
  if (!context.isAllowed(accountId)) {
    const expected = context.accountId === '' ? 'one of the sender’s' : quote(context.accountId);
    throw new Refusal('WRONG_ACCOUNT', `${name} is ${quote(accountId)}, expected ${expected}.`);
  }
  return accountId;
}

/** The text of a field; absent and null are the empty text. */
export function text(fields: Fields, name: string): string {
  const value = fields[name];
  // Half of a surrogate pair ("\ud83d") cannot be stored as UTF-8: one would fail its whole batch.
  if (typeof value === 'string') return value.toWellFormed();
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' && isRounded(value)) throw ROUNDED_NUMBER;
  if (typeof value === 'object') {
    throw invalid(name, `is ${Array.isArray(value) ? 'an array' : 'an object'}, expected a text`);
  }
  return String(value);
}

/** The text of a field that identifies something; empty if absent. */
export function id(fields: Fields, name: string): string {
  const value = text(fields, name).trim();
  if (value.length > MAX_ID_LENGTH) throw invalid(name, `is longer than ${MAX_ID_LENGTH} characters`);
  if (CONTROL_CHARACTER.test(value)) throw invalid(name, 'holds a control character');
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

/** A value as a detail shows it. */
export function quote(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value).toWellFormed();
}

/** A part of a document as a text; the document's own where the part is nested too deep for the stack to write it. */
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
 * The account whose readers see a reject: the sender's, also where the input names another one; of a sender of several accounts the
 * one that is named, if it is the sender's. Empty: none, for readers of all accounts.
 */
function rejectAccount(value: unknown, { accountId, isAllowed }: DecodeContext): string {
  if (accountId !== '') return accountId;
  const named = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  const isId = named.length <= MAX_ID_LENGTH && named.isWellFormed() && !CONTROL_CHARACTER.test(named);
  return isId && named !== '' && isAllowed(named) ? named : '';
}
