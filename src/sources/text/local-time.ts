// Converts wall-clock times of a zone to instants, including times in a repeated hour, which name two.
import { Temporal } from 'temporal-polyfill';
import type { DecodeContext } from '../source.ts';

const HOUR_MS = 3_600_000;
/** Cached hours of one zone: about two years. */
const MAX_HOURS = 20_000;
/** Cached sessions and calls of repeated hours. */
const MAX_SUBJECTS = 100_000;

/** Offsets from UTC in milliseconds. They differ only in a repeated hour, for its first and its second pass. */
interface Offsets {
  first: number;
  last: number;
}

/** The instant of a wall-clock time plus `elapsedMs`. The subject is the session or call, whose times are in order. */
export type LocalClock = (wallMs: number, zone: string, subject: string, elapsedMs?: number) => number;

/**
 * The clock of one file or request. A time skipped in spring moves forward by the gap. In a repeated hour, a live input takes
 * the pass nearest to its arrival, an imported one the first pass unless an earlier time of its subject is later than that.
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

// Caches results of a pure function, so that sharing it between requests affects only the speed.
const hoursByZone = new Map<string, Map<number, Offsets | 'changes'>>();

/** Offsets of a zone at a wall-clock time. Hours without a change are cached as a whole. */
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

/** The offsets of an hour; 'changes' if they differ within it, as in Australia/Lord_Howe, which shifts by half an hour. */
function hourOffsets(startMs: number, zone: string): Offsets | 'changes' {
  const atStart = computeOffsets(startMs, zone);
  const atEnd = computeOffsets(startMs + HOUR_MS - 1, zone);
  return atStart.first === atEnd.first && atStart.last === atEnd.last ? atStart : 'changes';
}

/** In a gap, both 'compatible' and 'later' use the offset before it, which moves the time forward by the gap. */
function computeOffsets(wallMs: number, zone: string): Offsets {
  const wall = Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO('UTC').toPlainDateTime();
  const offset = (disambiguation: 'compatible' | 'later') =>
    wallMs - wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
  return { first: offset('compatible'), last: offset('later') };
}

function nearest(early: number, late: number, to: number): number {
  return Math.abs(early - to) <= Math.abs(late - to) ? early : late;
}
