// An agent's lines of one second, arranged by call: what a call begins with comes before what it leads to, whatever the verbs.
import { dialMs, holdMs, type QueueLine, spanMs, talkMs } from '../queue-line.ts';
import type { LineFact } from './session.ts';
import { type Verb, WHOLE_CALL_ORDER } from '../verbs.ts';

/** Where a line stands in its call; a verb that is not here is no step of one. */
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
/** The log counts whole seconds: what took one may lie within one. */
const ONE_SECOND_MS = 1000;
const NO_CALLS: ReadonlySet<string> = new Set();

/** The place of a line: by order, by call within it, by step of the call, and of two alike the longer one first. */
type Place = readonly [order: number, callId: string, step: number, beforeMs: number];

/** In the order in which it happened: a call that begins and ends within the second is told as a whole, call after call. */
export function arrange(instant: readonly LineFact[]): LineFact[] | undefined {
  const whole = wholeCalls(instant);
  if (whole.size === 0 && !instant.some(isOutOfOrder)) return undefined;
  const placed = instant.map(fact => ({ fact, place: placeOf(fact, whole) }));
  const sorted = placed.toSorted((a, b) => compare(a.place, b.place));
  return sorted.every((item, i) => item === placed[i]) ? undefined : sorted.map(({ fact }) => fact);
}

/** Whether the order of its verb may not be the place of a line, though no call lies wholly in the second. */
function isOutOfOrder({ order, body }: LineFact, nth: number, instant: readonly LineFact[]): boolean {
  return body.verb === 'CALLEROFFHOLD' || (nth > 0 && instant[nth - 1]!.order === order);
}

function placeOf({ order, body }: LineFact, whole: ReadonlySet<string>): Place {
  if (whole.has(body.callId) && isOfInstant(body)) return [WHOLE_CALL_ORDER, body.callId, stepOf(body), 0];
  // Released from a hold that began before, then put on hold again.
  const isOfOtherHold = (holdMs(body) ?? 0) > ONE_SECOND_MS;
  return [isOfOtherHold ? order - 2 : order, '', 0, -spanMs(body)];
}

function compare(a: Place, b: Place): number {
  return a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0) || a[2] - b[2] || a[3] - b[3];
}

/** The calls of which both a beginning and what follows from it lie in the second. */
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

/** Whether a line is a step of a call that the call may have come to within the second. */
function isOfInstant(line: QueueLine): boolean {
  const tookMs = talkMs(line) ?? holdMs(line) ?? dialMs(line) ?? 0;
  return stepOf(line) > 0 && (isBeginning(line) || tookMs <= ONE_SECOND_MS);
}

function stepOf(line: QueueLine): number {
  return isBeginning(line) && line.verb !== 'OUTDIAL' ? ANSWERED : (STEPS[line.verb] ?? 0);
}

function isBeginning(line: QueueLine): boolean {
  const { verb } = line;
  // Without times it is the moment of the answer, not the end.
  return verb === 'CONNECT' || verb === 'OUTDIAL' || (verb === 'OUTANSWER' && talkMs(line) === undefined);
}
