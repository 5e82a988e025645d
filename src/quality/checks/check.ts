// What a check of the data is: what it looks for, what that means, how to fix it, and what it found.
import type { Engine } from '../../engine/engine.ts';
import type { ReportClock, ReportCriteria } from '../../report/query/criteria.ts';

/** Which data is checked. Instants are UTC milliseconds since 1970, both included. */
export interface QualityQuestion {
  accountIds: readonly string[];
  fromMs: number;
  toMs: number;
  clock: ReportClock;
  /** Accounts in which only the agents of these groups are seen. */
  visibleGroups: ReportCriteria['visibleGroups'];
  /** Whether rejects that belong to no account may be seen. */
  seesUnassigned: boolean;
  /** Unaccounted time of a session up to which nothing is said of it; absent: LIMITS.unaccountedMs. */
  unaccountedAboveMs?: number;
}

/** One thing that was found. */
export interface Example {
  /** Which of the things that a check looks for: a reject's reason, a state's label, how a session ended. */
  kind: string;
  accountId: string;
  source: string;
  /** Empty where it is about no one agent, as the session is. */
  agentId: string;
  loginSessionId: string;
  /** UTC milliseconds since 1970; both are the same where it is one instant. */
  fromMs: number;
  toMs: number;
  /** How long it is about; 0 where it is no matter of time. */
  durationMs: number;
  /** How many sessions, events or agents it is about. */
  amount: number;
  /** For a person. */
  detail: string;
}

export interface Found {
  count: number;
  /** Of all that was found. */
  durationMs: number;
  /** Of what is too small to be found. */
  toleratedMs: number;
  kinds: { kind: string; count: number; durationMs: number }[];
  /** Of each kind some, the longest and latest first. */
  examples: Example[];
  /** What was found, in a sentence, where the check has one. */
  summary?: string;
  /** Commands that fix it; a word in capitals is to be chosen. */
  commands?: string[];
}

/** One check, as data. */
export interface Check {
  key: string;
  title: string;
  /** What was found, and by which rule. */
  meaning: string;
  /** The way to fix it. */
  remedy: string;
  /** True: it is about more than the agents of some groups, and only readers of all groups see it. */
  isOfAllGroups?: boolean;
  find: (engine: Engine, asked: QualityQuestion) => Promise<Found>;
}

export interface Finding extends Omit<Check, 'find' | 'isOfAllGroups'>, Found {}
