// The contract of every feed: bytes in, canonical events or rejects out. Pure: no I/O, no clock, no zone of its own.
import type { AgentEvent, BaseState } from '../events/agent-event.ts';

/** Why an input could not be used. Append only: the words are stored and shown. */
export const REJECT_REASONS = [
  'INVALID_JSON',
  'NOT_AN_OBJECT',
  'MISSING_FIELD',
  'INVALID_TIME',
  'INVALID_VALUE',
  'UNKNOWN_EVENT',
  'WRONG_ACCOUNT',
  'TOO_LARGE',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** An input that could not be used, kept whole. */
export interface Reject {
  /** One that the sender may write to; empty where the input names none of them. */
  accountId: string;
  source: string;
  reason: RejectReason;
  /** What is wrong, where, and what was expected; for a person. */
  detail: string;
  /** Line of the input, from 1, where the rejected document starts. */
  position: number;
  raw: string;
  receivedAt: number;
}

/** One document of a feed, cut out of its file or body but not yet read. */
export interface RawDocument {
  raw: string;
  /** Line where it starts, from 1. */
  position: number;
}

/** Cuts text that arrives in pieces into documents. */
export interface TextSplitter {
  /** The documents that this piece completes. */
  push: (text: string) => RawDocument[];
  /** What is still open at the end. */
  end: () => RawDocument[];
}

/** What a decoder may know beside the document itself. */
export interface DecodeContext {
  /** Account for inputs that name none; empty: they are refused. */
  accountId: string;
  /** Whether the sender may write to the account. */
  isAllowed: (accountId: string) => boolean;
  /** Wall-clock zone of times that carry none, by account; undefined: nobody has said it. */
  zoneOf: (accountId: string) => string | undefined;
  /** How an agent's id (the first group) is read out of a feed's name for them; undefined: by the feed's own rule. */
  agentRuleOf: (accountId: string) => RegExp | undefined;
  /** Base states of an account's own states, by their label in lower case, without the spaces around it. */
  statesOf: (accountId: string) => ReadonlyMap<string, BaseState>;
  /** UTC, milliseconds since 1970. */
  receivedAt: number;
  /** True when the input arrives as it happens, so that `receivedAt` settles an ambiguous local time. */
  live: boolean;
}

/** Decodes the documents of one file or request, in their order. Never throws, whatever the text. */
export type Decode = (document: RawDocument) => AgentEvent | Reject;

/** A feed whose documents each tell one thing about a login session that they name. */
export interface Source {
  /** The word after `--source` and in `/ingest/v1/{source}`. */
  name: string;
  /** Cuts the feed's text into documents. */
  splitter: () => TextSplitter;
  /** A decoder for one file or request; it may remember what it has seen of it. */
  decoder: (context: DecodeContext) => Decode;
  plainLines?: PlainLines;
}

/** How an engine reads the plain lines of a feed's files by itself, many times as fast as the decoder, with the same result. */
export interface PlainLines {
  /**
   * A SELECT from `LINES` (`line`, `_row_number`) that gives of each line `row_number`, the columns of its event, and whether
   * `is_sure` that the decoder would make exactly this event of it. Every other line is left to the decoder.
   */
  sql: URL;
  /** Its parameters for lines like the given ones. */
  params: (like: LineSample, context: DecodeContext) => Readonly<Record<string, PlainParam>>;
  /** Whether the decoder remembers something of such lines, so that an import cannot be taken up behind them. */
  dependOnEarlierLines: (like: LineSample, context: DecodeContext) => boolean;
}
export type PlainParam = string | number | readonly string[] | readonly number[];

/** What is known of lines before they are read. */
export interface LineSample {
  /** Accounts to which the sender may write, the first one the most usual; at least one. */
  accounts: readonly string[];
  /** The time in which most events lie, in UTC milliseconds since 1970. */
  fromMs: number;
  toMs: number;
}

export function isReject(decoded: object): decoded is Reject {
  return 'reason' in decoded;
}
