// The contract of every feed: documents in, canonical events or rejects out. Decoders are pure: no I/O, no clock, no time zone.
import type { AgentEvent, BaseState } from '../events/agent-event.ts';

/** Why an input could not be used. Append only: the reasons are stored and shown to users. */
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

/** An input that could not be used, stored whole. */
export interface Reject {
  /** An account of the sender; empty if the input names none of the sender's. */
  accountId: string;
  source: string;
  reason: RejectReason;
  /** What is wrong, where, and what was expected, for an administrator to read. */
  detail: string;
  /** Line of the input at which the rejected document starts, from 1. */
  position: number;
  raw: string;
  receivedAt: number;
}

/** One document of a feed, cut from its file or request body but not read yet. */
export interface RawDocument {
  raw: string;
  /** Line at which it starts, from 1. */
  position: number;
}

/** Cuts text that arrives in pieces into documents. */
export interface TextSplitter {
  /** The documents that this piece completes. */
  push: (text: string) => RawDocument[];
  /** The rest at the end of the text. */
  end: () => RawDocument[];
}

/** What a decoder knows in addition to the document. */
export interface DecodeContext {
  /** Account for inputs that name none; empty: these are rejected. */
  accountId: string;
  /** Whether the sender may write to the account. */
  isAllowed: (accountId: string) => boolean;
  /** Zone of times that carry none, by account; undefined: not configured. */
  zoneOf: (accountId: string) => string | undefined;
  /** Pattern whose first group is the agent's id in a feed's agent name; undefined: the feed's own rule. */
  agentRuleOf: (accountId: string) => RegExp | undefined;
  /** Base states of an account's own states, by `stateKey` of their label. */
  statesOf: (accountId: string) => ReadonlyMap<string, BaseState>;
  /** UTC, milliseconds since 1970. */
  receivedAt: number;
  /** Whether the input arrives as it happens, so that `receivedAt` resolves an ambiguous local time. */
  live: boolean;
}

/** Decodes the documents of one file or request, in their order. Never throws, whatever the text. */
export type Decode = (document: RawDocument) => AgentEvent | Reject;

/** A feed whose documents are events of login sessions that they name. */
export interface Source {
  /** The name in `--source` and in `/ingest/v1/{source}`. */
  name: string;
  /** Cuts the feed's text into documents. */
  splitter: () => TextSplitter;
  /** A decoder for one file or request; it may keep state between its documents. */
  decoder: (context: DecodeContext) => Decode;
  plainLines?: PlainLines;
}

/** Lets the engine decode the simple lines of a feed's files itself, with the same result and many times faster than the decoder. */
export interface PlainLines {
  /**
   * A SELECT from `LINES` (`line`, `_row_number`) that returns for each line its `row_number`, the columns of its event, and
   * `is_sure`: whether the decoder would return exactly this event. All other lines go to the decoder.
   */
  sql: URL;
  /** The statement's parameters for lines like the sampled ones. */
  params: (sample: LineSample, context: DecodeContext) => Readonly<Record<string, PlainParam>>;
  /** Whether the decoder needs to have seen the lines before such lines, so that an import cannot resume after them. */
  dependOnEarlierLines: (sample: LineSample, context: DecodeContext) => boolean;
}
export type PlainParam = string | number | readonly string[] | readonly number[];

/** What a few sampled lines show about all lines before they are read. */
export interface LineSample {
  /** Accounts of the sender, at least one, the most frequent first. */
  accounts: readonly string[];
  /** The period that holds most events, in UTC milliseconds since 1970. */
  fromMs: number;
  toMs: number;
}

export function isReject(decoded: object): decoded is Reject {
  return 'reason' in decoded;
}
