// Orders an agent's log lines of one second, so that the beginning of a call comes before what follows from it.
import { dialMs, holdMs, type QueueLine, spanMs, talkMs } from '../queue-line.ts';
import { type Verb, WHOLE_CALL_ORDER } from '../verbs.ts';
import type { LineFact } from './session.ts';

/** Position of a verb within its call; verbs that are missing here are not part of a call. */
const STEPS: Readonly<Partial<Record<Verb, number>>> = {
  OUTDIAL: 1,
  CONNECT: 2,
  CALLERONHOLD: 3,
  CALLEROFFHOLD: 4,
  ABANDON: 5,
  WITHDRAW: 5,
  OUTANSWER: 5,
  OUTCANCEL: 5,
  OUTCHANUNAVAIL: 5,
  OUTCONGESTION: 5,
  OUTBUSY: 5,
  OUTNOANSWER: 5,
  OUTFAILED: 5,
  COMPLETEAGENT: 6,
  COMPLETECALLER: 6,
  BLINDTRANSFER: 7,
  ATTENDEDTRANSFER: 7,
  TRANSFER: 7,
  OUTTRANSFER: 7,
};
const ANSWERED = 2;
/** The log counts whole seconds, so a stated duration of one second may lie within one second. */
const ONE_SECOND_MS = 1000;
const NO_CALLS: ReadonlySet<string> = new Set();

/** Sort key of a line: its order, then its call, then the step of the call, then the longer duration first. */
type Place = readonly [order: number, callId: string, step: number, beforeMs: number];

/** The lines in the order in which they happened. A call that begins and ends within the second stays together. */
export function arrange(instant: readonly LineFact[]): LineFact[] | undefined {
  const whole = wholeCalls(instant);
  if (whole.size === 0 && !instant.some(isOutOfOrder)) return undefined;
  const placed = instant.map(fact => ({ fact, place: placeOf(fact, whole) }));
  const sorted = placed.toSorted((a, b) => compare(a.place, b.place));
  return sorted.every((item, i) => item === placed[i]) ? undefined : sorted.map(({ fact }) => fact);
}

/** Whether a line may belong elsewhere than its verb's order says, although no whole call lies in the second. */
function isOutOfOrder({ order, body }: LineFact, nth: number, instant: readonly LineFact[]): boolean {
  return body.verb === 'CALLEROFFHOLD' || (nth > 0 && instant[nth - 1]!.order === order);
}

function placeOf({ order, body }: LineFact, whole: ReadonlySet<string>): Place {
  if (whole.has(body.callId) && isOfInstant(body)) return [WHOLE_CALL_ORDER, body.callId, stepOf(body), 0];
  // The end of an earlier hold comes before the beginning of the next one.
  const isOfOtherHold = (holdMs(body) ?? 0) > ONE_SECOND_MS;
  return [isOfOtherHold ? order - 2 : order, '', 0, -spanMs(body)];
}

function compare(a: Place, b: Place): number {
  return a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0) || a[2] - b[2] || a[3] - b[3];
}

/** The ids of calls whose beginning and a later step both lie in the second. */
function wholeCalls(instant: readonly LineFact[]): ReadonlySet<string> {
  if (!instant.some(({ body }) => isBeginning(body))) return NO_CALLS;
  const begun = new Set<string>();
  for (const { body } of instant) if (isBeginning(body)) begun.add(body.callId);
  const whole = new Set<string>();
  for (const { body } of instant) {
    if (begun.has(body.callId) && !isBeginning(body) && isOfInstant(body)) whole.add(body.callId);
  }
  return whole;
}

/** Whether a line is a step of a call that may have happened within one second of the call's beginning. */
function isOfInstant(line: QueueLine): boolean {
  const tookMs = talkMs(line) ?? holdMs(line) ?? dialMs(line) ?? 0;
  return stepOf(line) > 0 && (isBeginning(line) || tookMs <= ONE_SECOND_MS);
}

function stepOf(line: QueueLine): number {
  return isBeginning(line) && line.verb !== 'OUTDIAL' ? ANSWERED : (STEPS[line.verb] ?? 0);
}

function isBeginning(line: QueueLine): boolean {
  const { verb } = line;
  // OUTANSWER without durations is logged at the answer, not at the end.
  return verb === 'CONNECT' || verb === 'OUTDIAL' || (verb === 'OUTANSWER' && talkMs(line) === undefined);
}
