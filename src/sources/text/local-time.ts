// A wall-clock time of a zone to the instant it names, also where the clock is set back and names two.
import { Temporal } from 'temporal-polyfill';
import type { DecodeContext } from '../source.ts';

const HOUR_MS = 3_600_000;
/** Remembered hours of one zone: about two years. */
const MAX_HOURS = 20_000;
/** Remembered sessions and calls of repeated hours. */
const MAX_SUBJECTS = 100_000;

/** Offsets from UTC in milliseconds. They differ in a repeated hour only: `first` is its first pass, `last` its second. */
interface Offsets {
  first: number;
  last: number;
}

/** Finds the instant of a wall-clock time, `elapsedMs` later. The subject (session or call) orders repeated hours. */
export type LocalClock = (wallMs: number, zone: string, subject: string, elapsedMs?: number) => number;

/**
 * The clock of one file or request. A time that a spring gap skips moves forward by the gap. In a repeated hour a
 * live input takes the pass nearest to its arrival; an imported one the first pass, unless its subject is beyond it.
 */
export function localClock(context: DecodeContext): LocalClock {
  const lastInstants = new Map<string, number>();
  return (wallMs, zone, subject, elapsedMs = 0) => {
    const { first, last } = offsetsAt(wallMs, zone);
    const early = wallMs - first + elapsedMs;
    if (first === last) return early;
    const late = wallMs - last + elapsedMs;
    if (context.live) return nearest(early, late, context.receivedAt);
    const at = early < (lastInstants.get(subject) ?? early) ? late : early;
    if (lastInstants.size >= MAX_SUBJECTS) lastInstants.clear();
    lastInstants.set(subject, at);
    return at;
  };
}

// A pure function's results, so sharing them between requests changes nothing but the speed.
const hoursByZone = new Map<string, Map<number, Offsets | 'changes'>>();

/** Offsets of a zone at a wall-clock time, one lookup for all times of an hour in which they do not change. */
export function offsetsAt(wallMs: number, zone: string): Offsets {
  const hours = hoursByZone.get(zone) ?? new Map<number, Offsets | 'changes'>();
  const hour = Math.floor(wallMs / HOUR_MS);
  let offsets = hours.get(hour);
  if (offsets === undefined) {
    offsets = hourOffsets(hour * HOUR_MS, zone);
    if (hours.size >= MAX_HOURS) hours.clear();
    hours.set(hour, offsets);
    hoursByZone.set(zone, hours);
  }
  return offsets === 'changes' ? computeOffsets(wallMs, zone) : offsets;
}

/** Australia/Lord_Howe, for one, changes by half an hour, in the middle of an hour. */
function hourOffsets(startMs: number, zone: string): Offsets | 'changes' {
  const atStart = computeOffsets(startMs, zone);
  const atEnd = computeOffsets(startMs + HOUR_MS - 1, zone);
  return atStart.first === atEnd.first && atStart.last === atEnd.last ? atStart : 'changes';
}

/** In a gap both 'compatible' and 'later' use the offset before it, which moves the time forward by the gap. */
function computeOffsets(wallMs: number, zone: string): Offsets {
  const wall = Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO('UTC').toPlainDateTime();
  const offset = (disambiguation: 'compatible' | 'later') =>
    wallMs - wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
  return { first: offset('compatible'), last: offset('later') };
}

function nearest(early: number, late: number, to: number): number {
  return Math.abs(early - to) <= Math.abs(late - to) ? early : late;
}
