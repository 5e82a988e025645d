// Converts instants to wall-clock times of one zone and back, fast enough for every event of a large centre.
import { Temporal } from 'temporal-polyfill';
import { HOUR_MS, MINUTE_MS } from './time-units.ts';

// All zones change their offset at a quarter of an hour nowadays.
const QUARTER_MS = 15 * MINUTE_MS;

/** mm:ss of each second of an hour. */
const MINUTES_AND_SECONDS = Array.from(
  { length: 3600 },
  (_, second) => `${twoDigits(Math.floor(second / 60))}:${twoDigits(second % 60)}`,
);

/** The wall clock of one zone. A local time is in milliseconds, as if its digits were UTC. */
export class ZoneClock {
  readonly #timezone: string;
  readonly #offsetsMs = new Map<number, number>();
  // Caches the last of each, because events come in order of time.
  #quarter = Number.NaN;
  #offsetMs = 0;
  #hour = Number.NaN;
  #hourText = '';

  /** @throws RangeError if the zone is not in the tz database */
  constructor(timezone: string) {
    this.#timezone = timezone;
    this.#offsetAt(0);
  }

  /** The local time of an instant. */
  localMs(at: number): number {
    return at + this.#offsetAt(at);
  }

  /** The instant of a local time; off by up to an hour when clocks change. */
  instantOf(localMs: number): number {
    const nearby = localMs - this.#offsetAt(localMs);
    return localMs - this.#offsetAt(nearby);
  }

  /** 0 to 23. */
  hourOf(at: number): number {
    return Math.floor(this.localMs(at) / HOUR_MS) % 24;
  }

  /** `2020-06-30 19:44:30` */
  text(at: number): string {
    const local = this.localMs(at);
    const hour = Math.floor(local / HOUR_MS);
    if (hour !== this.#hour) {
      this.#hour = hour;
      this.#hourText = `${new Date(local).toISOString().slice(0, 13).replace('T', ' ')}:`;
    }
    return this.#hourText + MINUTES_AND_SECONDS[Math.floor((local - hour * HOUR_MS) / 1000)];
  }

  #offsetAt(at: number): number {
    const quarter = Math.floor(at / QUARTER_MS);
    if (quarter === this.#quarter) return this.#offsetMs;
    const offsetMs = this.#offsetsMs.get(quarter) ?? this.#lookUp(quarter);
    this.#quarter = quarter;
    this.#offsetMs = offsetMs;
    return offsetMs;
  }

  #lookUp(quarter: number): number {
    const instant = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER_MS);
    const offsetMs = instant.toZonedDateTimeISO(this.#timezone).offsetNanoseconds / 1e6;
    this.#offsetsMs.set(quarter, offsetMs);
    return offsetMs;
  }
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
