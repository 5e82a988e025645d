// The demo: an account with a simulated contact centre of 50 agents, two weeks of history, and live events.
import { Temporal } from 'temporal-polyfill';
import { removeAccount } from '../retention/account-removal.ts';
import { listAccounts, writeAccount } from '../directory/accounts.ts';
import { DEMO_ACCOUNT, demoName, firstDay, isDemo, lastEventMs, noDemo } from './demo-account.ts';
import { type Filled, fillDirectory, fillEvents } from './fill.ts';
import { liveEvents } from './live.ts';
import type { CentreOptions } from './options.ts';

const TIMEZONE = 'America/New_York';
const AGENTS = 50;
const PAST_DAYS = 14;
const TICK_MS = 1000;
const DAY_MS = 86_400_000;
/** How far before its last stored event a demo resumes: a crash may have lost events that were being stored. */
const OVERLAP_MS = 3_600_000;

export const DEMO_STATES = ['ABSENT', 'LOADING', 'LIVE', 'REMOVING', 'FAILED'] as const;

export interface DemoState {
  state: (typeof DEMO_STATES)[number];
  /** How much of the history is stored, from 0 to 1. */
  progress: number;
  /** Why it failed; empty otherwise. */
  problem: string;
}

export interface Demo {
  state: () => DemoState;
  /** @throws UserError ALREADY_EXISTS when the account exists and is not a demo */
  check: () => Promise<void>;
  /**
   * Stores the history, then new events every second. An existing demo resumes where it stopped.
   * @returns the demo's first day, `YYYY-MM-DD`, when the history is durable
   * @throws UserError ALREADY_EXISTS when the account exists and is not a demo
   */
  load: () => Promise<string>;
  /** Resumes a demo that was loaded before, if there is one. */
  resume: () => Promise<void>;
  /** Removes the demo's account with all of its rows. @throws UserError NOT_FOUND, ALREADY_EXISTS */
  remove: () => Promise<void>;
  /** Stops the live events; resolved when nothing is being written. */
  stop: () => Promise<void>;
}

export function openDemo(filled: Filled, now: () => number): Demo {
  const { engine, writer } = filled;
  let state: DemoState = { state: 'ABSENT', progress: 0, problem: '' };
  let timer: NodeJS.Timeout | undefined;
  let isEnding = false;
  let running: Promise<unknown> = Promise.resolve();

  /** Runs loads and removals one after the other. */
  function inSequence<T>(run: () => Promise<T>): Promise<T> {
    const next = running.then(run);
    running = next.catch(() => {});
    return next;
  }

  async function load(): Promise<string> {
    if (timer !== undefined) return (await firstDay(engine)) as string;
    try {
      const known = await firstDay(engine);
      state = { state: 'LOADING', progress: 0, problem: '' };
      const start = known ?? dayOf(now()).subtract({ days: PAST_DAYS }).toString();
      const centre = centreSince(start);
      const accountName = demoName(start);
      const zones = { timezone: TIMEZONE, feedTimezone: TIMEZONE };
      await writeAccount(engine, { accountId: DEMO_ACCOUNT, accountName, ...zones }, now());
      await fillDirectory(filled, centre, now());
      const knownMs = known === undefined ? undefined : await lastEventMs(engine);
      startLive(centre, await fillHistory(filled, centre, knownMs, now, progressed));
      return start;
    } catch (error) {
      state = { state: 'FAILED', progress: 0, problem: (error as Error).message };
      throw error;
    }
  }

  /** Returns whether to go on. */
  function progressed(progress: number): boolean {
    state = { state: 'LOADING', progress, problem: '' };
    return !isEnding;
  }

  function startLive(centre: CentreOptions, storedMs: number): void {
    if (isEnding) return;
    let doneMs = storedMs;
    state = { state: 'LIVE', progress: 1, problem: '' };
    timer = setInterval(() => {
      const toMs = now();
      const events = liveEvents(centre, doneMs, toMs).map(event => ({ ...event, receivedAt: toMs }));
      doneMs = toMs;
      // If the queue is full or the engine closes, the demo only loses some events.
      writer.write(events).catch(() => {});
    }, TICK_MS);
    timer.unref();
  }

  async function remove(): Promise<void> {
    if ((await firstDay(engine)) === undefined) throw noDemo();
    clearInterval(timer);
    timer = undefined;
    state = { state: 'REMOVING', progress: 0, problem: '' };
    await writer.drain();
    await removeAccount(engine, DEMO_ACCOUNT);
    state = { state: 'ABSENT', progress: 0, problem: '' };
  }

  return {
    state: () => state,
    async check() {
      await firstDay(engine);
    },
    load() {
      // Set at once, so that a request right after this call sees it.
      if (timer === undefined) state = { state: 'LOADING', progress: 0, problem: '' };
      return inSequence(load);
    },
    async resume() {
      await inSequence(async () => {
        const accounts = await listAccounts(engine);
        if (accounts.some(isDemo)) await load();
      });
    },
    remove: () => inSequence(remove),
    async stop() {
      isEnding = true;
      clearInterval(timer);
      await running;
    },
  };
}

/**
 * Stores the history, a day at a time, so that the server answers requests in between.
 * @param knownMs the last stored event, UTC milliseconds; undefined: nothing is stored
 * @param progressed called with the share that is stored, from 0 to 1; returns whether to go on
 * @returns the instant up to which everything is stored, UTC milliseconds
 */
async function fillHistory(
  filled: Filled,
  centre: CentreOptions,
  knownMs: number | undefined,
  now: () => number,
  progressed: (share: number) => boolean,
): Promise<number> {
  const firstMs = Date.parse(`${centre.start}T00:00:00Z`) - DAY_MS;
  const beginMs = knownMs === undefined ? firstMs : knownMs - OVERLAP_MS;
  let doneMs = beginMs;
  for (let goesOn = progressed(0); goesOn && doneMs < now(); ) {
    const toMs = Math.min(doneMs + DAY_MS, now());
    await fillEvents(filled, liveEvents(centre, doneMs, toMs), now(), () => {});
    doneMs = toMs;
    goesOn = progressed((doneMs - beginMs) / (now() - beginMs || 1));
  }
  return doneMs;
}

const dayOf = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(TIMEZONE).toPlainDate();

const centreSince = (start: string): CentreOptions => ({
  accountId: DEMO_ACCOUNT,
  agents: AGENTS,
  days: Number.POSITIVE_INFINITY,
  start,
  seed: 1,
  timezone: TIMEZONE,
});
