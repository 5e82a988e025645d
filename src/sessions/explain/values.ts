// The parts of each number of a session: an entry for each measure of the fold.
import type { BaseState } from '../../events/agent-event.ts';
import type { MeasureName } from '../../report/columns/measures.ts';
import {
  acceptedParts,
  holdParts,
  monitoringParts,
  noConnectParts,
  ringNoAnswerParts,
  transferParts,
  withdrawnParts,
} from './counts.ts';
import { disjoint, holdSpans, offHookStretches } from './holds-and-line.ts';
import {
  engagedStretches,
  type Interval,
  lengthOf,
  pendingStretches,
  statesOf,
  unaccountedStretches,
  without,
} from './intervals.ts';
import { eventPart, intervalPart, type Part } from './parts.ts';
import type { SessionFacts } from './session-facts.ts';
import { type Visit, visitsOf } from './visits.ts';

const MINUTE_MS = 60_000;
const WORK_STATES: readonly BaseState[] = ['AVAILABLE', 'TRANSITION', 'ENGAGED', 'WORKING', 'MONITORING'];

type Explain = (session: SessionFacts, visits: readonly Visit[]) => Part[];

const times =
  (read: (session: SessionFacts, visits: readonly Visit[]) => Interval[]): Explain =>
  (session, visits) =>
    read(session, visits).map(interval => intervalPart(interval));

const inStates = (...states: BaseState[]) => times((session, visits) => statesOf(session, visits, states));

/** By the fold's column: milliseconds or counts. */
export const EXPLAINED = {
  login_time_ms: session => [intervalPart(wholeOf(session))],
  available_ms: inStates('AVAILABLE'),
  ring_ms: inStates('TRANSITION'),
  engaged_ms: inStates('ENGAGED'),
  wrap_ms: inStates('WORKING'),
  monitoring_ms: inStates('MONITORING'),
  work_ms: inStates(...WORK_STATES),
  break_ms: inStates('ON_BREAK'),
  away_ms: inStates('AWAY', 'AUX_OFFHOOK', 'AUX_NO_OFFHOOK'),
  lunch_ms: inStates('LUNCH'),
  training_ms: inStates('TRAINING'),
  rna_ms: inStates('RNA'),
  unaccounted_ms: times(unaccountedStretches),
  label_ms: times(statesOf),
  pending_disposition_ms: times(pendingStretches),
  hold_ms: times((session, visits) => disjoint(holdSpans(session, visits))),
  talk_ms: times((session, visits) => without(engagedStretches(session, visits), disjoint(holdSpans(session, visits)))),
  off_hook_ms: times(offHookStretches),
  rounded_off_hook_ms: (session, visits) =>
    offHookStretches(session, visits).map(interval =>
      intervalPart(interval, { amount: Math.ceil(lengthOf(interval) / MINUTE_MS) * MINUTE_MS }),
    ),
  presented: session => [
    ...acceptedParts(session).map(part => ({ ...part, note: 'Accepted.' })),
    ...ringNoAnswerParts(session).map(part => ({ ...part, note: 'Not answered.' })),
    ...withdrawnParts(session),
  ],
  accepted: acceptedParts,
  ring_no_answers: ringNoAnswerParts,
  offers_withdrawn: withdrawnParts,
  manual_no_connects: noConnectParts,
  transfers: transferParts,
  holds: holdParts,
  monitoring_sessions: monitoringParts,
  has_login: ({ beganBy }) => (beganBy.kind === 'LOGIN' ? [eventPart(beganBy)] : []),
} as const satisfies Record<MeasureName | 'label_ms' | 'has_login', Explain>;

export type ExplainedField = keyof typeof EXPLAINED;

/** The parts of one field; their amounts add up to the fold's value. */
export function explainField(session: SessionFacts, field: ExplainedField): Part[] {
  const explain: Explain = EXPLAINED[field];
  return explain(session, visitsOf(session.events));
}

function wholeOf({ loginMs, endMs, beganBy, endedBy }: SessionFacts): Interval {
  return {
    fromMs: loginMs,
    toMs: endMs,
    label: '',
    baseState: '',
    callId: '',
    openedBy: beganBy.id,
    closedBy: endedBy?.id ?? '',
  };
}
