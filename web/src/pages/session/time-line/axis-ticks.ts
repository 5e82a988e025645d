// The marks of a time axis: round times of the zone's clock, even on days when the clocks change.
import { formatClock, formatWeekday } from '../../../format/dates.ts';
import { zoneName, zoneOffsetMs } from '../../../format/time-zones.ts';
import { lengthOf, type TimeSpan } from './time-view.ts';

export interface Tick {
  ms: number;
  label: string;
  /** The first mark of a day or after a clock change. */
  isStrong: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map(seconds => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(minutes => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map(hours => hours * HOUR),
];
/** Zones differ from UTC by multiples of a quarter of an hour. */
const QUARTER = 15 * MINUTE;

/** @param width of the axis in pixels @param room pixels that a label needs */
export function axisTicks(view: TimeSpan, width: number, timezone: string, room = 84): Tick[] {
  const step = STEPS.find(ms => (ms / lengthOf(view)) * width >= room) ?? (STEPS.at(-1) as number);
  const stride = Math.min(step, QUARTER);
  const ticks: Tick[] = [];
  let before: { offsetMs: number; day: number } | undefined;
  for (let ms = Math.ceil(view.fromMs / stride) * stride; ms <= view.toMs; ms += stride) {
    const offsetMs = zoneOffsetMs(ms, timezone);
    if ((ms + offsetMs) % step !== 0) continue;
    const day = Math.floor((ms + offsetMs) / (24 * HOUR));
    const isChanged = before !== undefined && before.offsetMs !== offsetMs;
    const isNewDay = before !== undefined && before.day !== day;
    const label =
      isNewDay || step >= 24 * HOUR ? formatWeekday(ms, timezone) : formatClock(ms, timezone, step < MINUTE);
    ticks.push({
      ms,
      label: isChanged ? `${label} ${zoneName(ms, timezone)}` : label,
      isStrong: isNewDay || isChanged,
    });
    before = { offsetMs, day };
  }
  return ticks;
}
