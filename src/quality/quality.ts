// All data quality checks, in the order in which their findings should be read.
import type { Engine } from '../engine/engine.ts';
import type { Check, Finding, QualityQuestion } from './checks/check.ts';
import { feedGaps } from './checks/feed-gaps.ts';
import { guessedStates } from './checks/guessed-states.ts';
import { noLogin, noLogout } from './checks/login-ends.ts';
import { likelyAliasPairs } from './checks/likely-aliases.ts';
import { overlappingLogins } from './checks/overlapping-logins.ts';
import { rejectedInputs } from './checks/rejected-inputs.ts';
import { reusedEventIds } from './checks/reused-event-ids.ts';
import { statedDisagrees } from './stated/stated-disagrees.ts';
import { unaccountedTime } from './checks/unaccounted-time.ts';
import { unknownAgents } from './checks/unknown-agents.ts';
import { unknownStates } from './checks/unknown-states.ts';

/** Causes first: a lost event also shows in later checks. */
export const CHECKS: readonly Check[] = [
  rejectedInputs,
  feedGaps,
  reusedEventIds,
  likelyAliasPairs,
  noLogin,
  noLogout,
  overlappingLogins,
  unknownStates,
  guessedStates,
  unaccountedTime,
  unknownAgents,
  statedDisagrees,
];

export interface QualityReport {
  /** One for each check, even if it found nothing. */
  findings: Finding[];
  /** Keys of checks that were left out because the reader may not see all groups. */
  withheld: string[];
}

/**
 * Runs the checks one after the other, so that a large account does not slow down everyone else.
 * @param only key of the only check to run; undefined: all
 */
export async function checkQuality(engine: Engine, asked: QualityQuestion, only?: string): Promise<QualityReport> {
  const isLimited = asked.accountIds.some(id => asked.visibleGroups.has(id));
  const checks = CHECKS.filter(({ key }) => only === undefined || key === only);
  const findings: Finding[] = [];
  for (const { find, isOfAllGroups, ...check } of checks) {
    if (isLimited && isOfAllGroups) continue;
    findings.push({ ...check, ...(await find(engine, asked)) });
  }
  const withheld = checks.filter(({ isOfAllGroups }) => isLimited && isOfAllGroups).map(({ key }) => key);
  return { findings, withheld };
}
