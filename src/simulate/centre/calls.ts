// The events of one call, from the offer or the dialling to the end of the after-call work.
import * as habits from './habits.ts';
import { CAMPAIGN, QUEUES, type CallSource } from './queues.ts';
import { type Random, wholeSeconds } from '../random.ts';
import type { Call, SessionLog } from './session-log.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../time-units.ts';

/** An agent who can take calls: the session's log, random numbers and end. */
export interface Desk {
  log: SessionLog;
  random: Random;
  /** The call must be done by then, in UTC milliseconds. */
  closesAt: number;
  hasLineEvents: boolean;
  newCallId: (at: number) => string;
}

/** Least time before the end of the session in which a call is still offered. */
export const SHORTEST_CALL_MS = MINUTE_MS;
const MIN_WRAP_MS = 3 * SECOND_MS;
const MIN_HELD_CALL_MS = 40 * SECOND_MS;

/** A call comes in at `at`; returns when the agent is done with it. */
export function takeCall(desk: Desk, at: number): number {
  const { log, random } = desk;
  const call = newCall(desk, at, 'INBOUND', random.pick(QUEUES));
  log.enter(at, 'OFFER', 'TRANSITION', '', false, call);
  const outcome = random.weighted(habits.OFFER_OUTCOMES);
  if (outcome === 'ANSWERED') return converse(desk, at, at + answerTimeMs(random), call);
  if (outcome === 'WITHDRAWN') return at + random.time(SECOND_MS, 12 * SECOND_MS);
  const missedAt = at + random.time(15 * SECOND_MS, 20 * SECOND_MS);
  log.enter(missedAt, 'RING_NO_ANSWER', 'RNA', '', false, call);
  return Math.min(desk.closesAt, missedAt + random.longTailTime(28_000, 0.7, 10_000, 120_000));
}

/** The agent dials at `at`; returns when the agent is done with it. */
export function dialByHand(desk: Desk, at: number): number {
  const { log, random } = desk;
  const call = newCall(desk, at, 'OUTBOUND', CAMPAIGN);
  log.enter(at, 'MANUAL_DIAL', 'TRANSITION', '', false, call);
  const dialledUntil = at + random.longTailTime(12_000, 0.5, 3000, 35_000);
  if (!random.chance(habits.NO_CONNECTS)) return converse(desk, at, dialledUntil, call);
  log.note(dialledUntil, 'NO_CONNECT', call);
  return dialledUntil;
}

function answerTimeMs(random: Random): number {
  return random.chance(habits.AUTO_ANSWERED) ? 0 : random.longTailTime(4500, 0.6, 2000, 15_000);
}

function newCall(desk: Desk, at: number, direction: Call['direction'], source: CallSource): Call {
  return { id: desk.newCallId(at), direction, source };
}

/** The conversation that starts at `answeredAt`, and the after-call work. */
function converse(desk: Desk, offeredAt: number, answeredAt: number, call: Call): number {
  const { log, random } = desk;
  const leftMs = desk.closesAt - answeredAt;
  // The end of a shift shortens the call more than the after-call work, of which a third remains.
  const wrapMs = Math.min(
    random.longTailTime(35_000, 0.7, MIN_WRAP_MS, 15 * MINUTE_MS),
    Math.max(MIN_WRAP_MS, wholeSeconds(leftMs / 3)),
  );
  const talkMs = Math.min(random.longTailTime(4 * MINUTE_MS, 0.85, 4000, HOUR_MS), leftMs - wrapMs);
  const endedAt = answeredAt + talkMs;
  const isPending = random.chance(habits.PENDING_DISPOSITIONS);
  if (desk.hasLineEvents) log.note(Math.max(offeredAt, answeredAt - SECOND_MS), 'OFF_HOOK');
  log.enter(answeredAt, 'ANSWER', 'ENGAGED', '', isPending, call);
  if (talkMs >= MIN_HELD_CALL_MS && random.chance(habits.HELD_CALLS)) hold(desk, answeredAt, talkMs, call);
  log.enter(endedAt, 'STATE', 'WORKING', '', isPending);
  if (random.chance(habits.TRANSFERRED_CALLS)) log.note(endedAt, 'TRANSFER', call);
  log.note(endedAt, 'CALL_END', call);
  if (desk.hasLineEvents) log.note(endedAt + SECOND_MS, 'ON_HOOK');
  return endedAt + wrapMs;
}

/** One or two holds, each in its own part of the conversation. */
function hold({ log, random }: Desk, answeredAt: number, talkMs: number, call: Call): void {
  const times = random.chance(0.25) ? 2 : 1;
  const partMs = Math.floor(talkMs / times);
  for (let time = 0; time < times; time++) {
    const heldAt = answeredAt + wholeSeconds(time * partMs + partMs * random.between(0.1, 0.5));
    log.note(heldAt, 'HOLD', call);
    log.note(heldAt + random.longTailTime(40_000, 0.6, 2000, partMs * 0.4), 'UNHOLD', call);
  }
}
