// All checks of the data of some accounts, in the order in which a person should look at what they found.
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

/** Causes first: what a lost event does is seen in the checks after it. */
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
  /** One for each check, also where it found nothing. */
  findings: Finding[];
  /** Checks that were left out, because the reader does not see all groups. */
  withheld: string[];
}

/**
 * Runs every check, or the one of the key; one after the other, so that a large account does not hold up everybody else.
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
