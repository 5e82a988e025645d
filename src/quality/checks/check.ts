// The contract of data quality checks: title, meaning, remedy and findings.
import type { Engine } from '../../engine/engine.ts';
import type { ReportClock, ReportCriteria } from '../../report/query/criteria.ts';

/** Which data to check. Instants are UTC milliseconds since 1970, both inclusive. */
export interface QualityQuestion {
  accountIds: readonly string[];
  fromMs: number;
  toMs: number;
  clock: ReportClock;
  /** For restricted accounts, the groups whose agents are visible. */
  visibleGroups: ReportCriteria['visibleGroups'];
  /** Whether rejects that belong to no account are visible. */
  seesUnassigned: boolean;
  /** Sessions with at most so much unaccounted time are no finding; absent: LIMITS.unaccountedMs. */
  unaccountedAboveMs?: number;
}

/** One finding. */
export interface Example {
  /** Subdivides a check's findings: a reject's reason, a state's label, an end reason. */
  kind: string;
  accountId: string;
  source: string;
  /** Empty if it does not concern one agent; `loginSessionId` likewise. */
  agentId: string;
  loginSessionId: string;
  /** UTC milliseconds since 1970; equal for a single instant. */
  fromMs: number;
  toMs: number;
  /** The time concerned; 0 if it is not about time. */
  durationMs: number;
  /** How many sessions, events or agents it concerns. */
  amount: number;
  /** For a person. */
  detail: string;
}

export interface Found {
  count: number;
  /** Sum over all findings. */
  durationMs: number;
  /** Sum over what is too small to be a finding. */
  toleratedMs: number;
  kinds: { kind: string; count: number; durationMs: number }[];
  /** Some of each kind, the longest and latest first. */
  examples: Example[];
  /** A sentence that sums up the findings, if the check has one. */
  summary?: string;
  /** Commands that fix it; words in capitals are placeholders. */
  commands?: string[];
}

/** One check, as data. */
export interface Check {
  key: string;
  title: string;
  /** What the findings are, and by which rule. */
  meaning: string;
  /** How to fix it. */
  remedy: string;
  /** True: it concerns more than the agents of some groups, so only readers of all groups may see it. */
  isOfAllGroups?: boolean;
  find: (engine: Engine, asked: QualityQuestion) => Promise<Found>;
}

export interface Finding extends Omit<Check, 'find' | 'isOfAllGroups'>, Found {}
