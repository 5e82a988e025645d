// The live events of a simulated centre, window by window.
import type { AgentEvent } from '../events/agent-event.ts';
import { eventBatches } from './centre/centre.ts';
import { centreOf, type CentreOptions } from './options.ts';

/** Most past events that are kept for windows that go back; for earlier ones, the centre starts again from its first day. */
const KEPT_EVENTS = 50_000;
/** Most centres in the cache; a process runs one demo. */
const KEPT_CENTRES = 4;

const running = new Map<string, RunningCentre>();

/**
 * The centre's events with `fromMs` < at <= `toMs` (UTC milliseconds), in order of time. Consecutive windows give every event
 * once. Centres are cached, so a window of a second costs microseconds.
 */
export function liveEvents(options: CentreOptions, fromMs: number, toMs: number): AgentEvent[] {
  const key = Object.entries(options).sort().join();
  const centre = running.get(key) ?? new RunningCentre(options);
  // The map is ordered by last use.
  running.delete(key);
  running.set(key, centre);
  if (running.size > KEPT_CENTRES) running.delete(running.keys().next().value!);
  return centre.between(fromMs, toMs);
}

/** A centre whose events have been produced up to some instant; the latest are kept. */
class RunningCentre {
  readonly #options: CentreOptions;
  #batches: Generator<AgentEvent[]>;
  #events: AgentEvent[] = [];
  /** All events after this instant are kept or not produced yet. */
  #keptAfterMs = Number.NEGATIVE_INFINITY;

  constructor(options: CentreOptions) {
    this.#options = { ...options };
    this.#batches = eventBatches(centreOf(options));
  }

  between(fromMs: number, toMs: number): AgentEvent[] {
    if (fromMs < this.#keptAfterMs) this.#restart();
    this.#produceUntil(toMs);
    const first = firstAfter(this.#events, fromMs);
    const found = this.#events.slice(first, firstAfter(this.#events, toMs));
    if (first > KEPT_EVENTS) this.#forget(first, fromMs);
    return found;
  }

  #restart(): void {
    this.#batches = eventBatches(centreOf(this.#options));
    this.#events = [];
    this.#keptAfterMs = Number.NEGATIVE_INFINITY;
  }

  #produceUntil(toMs: number): void {
    // Batches are in order of time: once one passes the instant, nothing before it is missing.
    while ((this.#events.at(-1)?.at ?? Number.NEGATIVE_INFINITY) <= toMs) {
      const batch = this.#batches.next();
      if (batch.done) return;
      for (const event of batch.value) this.#events.push(event);
    }
  }

  #forget(first: number, fromMs: number): void {
    this.#events = this.#events.slice(first);
    this.#keptAfterMs = fromMs;
  }
}

/** Index of the first event after an instant. */
function firstAfter(events: readonly AgentEvent[], ms: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events[middle]!.at > ms) high = middle;
    else low = middle + 1;
  }
  return low;
}
