// The demo: an account of its own into a contact centre of 50 agents with two weeks of history that goes on working.
import { Temporal } from 'temporal-polyfill';
import { UserError } from '../errors.ts';
import { removeAccount } from '../retention/account-removal.ts';
import { listAccounts, writeAccount } from '../directory/accounts.ts';
import { type Filled, fillDirectory, fillEvents } from './fill.ts';
import { liveEvents } from './live.ts';
import type { CentreOptions } from './options.ts';

export const DEMO_ACCOUNT = 'demo';
const TIMEZONE = 'America/New_York';
const AGENTS = 50;
const PAST_DAYS = 14;
const TICK_MS = 1000;
const DAY_MS = 86_400_000;
/** How far before the last known event a demo is taken up again: a crash may have lost what was being stored. */
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
  /** @throws UserError ALREADY_EXISTS when the account's id belongs to something else */
  check: () => Promise<void>;
  /**
   * Stores the history, then every second what happened in it. A demo that is there goes on where it was left.
   * @returns its first day, `YYYY-MM-DD`, when the history is durable
   * @throws UserError ALREADY_EXISTS when the account's id belongs to something else
   */
  load: () => Promise<string>;
  /** Goes on with a demo that was loaded before, in this process or an earlier one; does nothing where there is none. */
  resume: () => Promise<void>;
  /** Removes every row of it. @throws UserError NOT_FOUND, ALREADY_EXISTS */
  remove: () => Promise<void>;
  /** Ends what happens every second; resolved when nothing is being written any more. */
  stop: () => Promise<void>;
}

export function openDemo(filled: Filled, now: () => number): Demo {
  const { engine, writer } = filled;
  let state: DemoState = { state: 'ABSENT', progress: 0, problem: '' };
  let timer: NodeJS.Timeout | undefined;
  let isEnding = false;
  let running: Promise<unknown> = Promise.resolve();

  /** One piece of work after the other, so that a demo is not removed while it loads. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
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
      const accountName = `${NAME_BEFORE_DAY}${start}`;
      const zones = { timezone: TIMEZONE, feedTimezone: TIMEZONE };
      await writeAccount(engine, { accountId: DEMO_ACCOUNT, accountName, ...zones }, now());
      await fillDirectory(filled, centre, now());
      goOn(centre, await fillHistory(centre, known === undefined ? undefined : await lastEventMs(engine)));
      return start;
    } catch (error) {
      state = { state: 'FAILED', progress: 0, problem: (error as Error).message };
      throw error;
    }
  }

  /** A day at a time, so that the server answers others meanwhile. Returns the moment up to which everything is stored. */
  async function fillHistory(centre: CentreOptions, knownMs: number | undefined): Promise<number> {
    const firstMs = Date.parse(`${centre.start}T00:00:00Z`) - DAY_MS;
    const beginMs = knownMs === undefined ? firstMs : knownMs - OVERLAP_MS;
    let doneMs = beginMs;
    while (!isEnding && doneMs < now()) {
      const toMs = Math.min(doneMs + DAY_MS, now());
      await fillEvents(filled, liveEvents(centre, doneMs, toMs), now(), () => {});
      doneMs = toMs;
      state = { state: 'LOADING', progress: (doneMs - beginMs) / (now() - beginMs || 1), problem: '' };
    }
    return doneMs;
  }

  function goOn(centre: CentreOptions, storedMs: number): void {
    if (isEnding) return;
    let doneMs = storedMs;
    state = { state: 'LIVE', progress: 1, problem: '' };
    timer = setInterval(() => {
      const toMs = now();
      const events = liveEvents(centre, doneMs, toMs).map(event => ({ ...event, receivedAt: toMs }));
      doneMs = toMs;
      // A full queue or a closing engine only costs the demo some events.
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
      // At once, so that who asks right after the call is told.
      if (timer === undefined) state = { state: 'LOADING', progress: 0, problem: '' };
      return inTurn(load);
    },
    async resume() {
      await inTurn(async () => {
        const accounts = await listAccounts(engine);
        if (accounts.some(isDemo)) await load();
      });
    },
    remove: () => inTurn(remove),
    async stop() {
      isEnding = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** The demo's first day is part of its account's name, so that it goes on with the same centre after a restart. */
const NAME_BEFORE_DAY = 'Demo since ';

const isDemo = ({ accountId, accountName }: { accountId: string; accountName: string }): boolean =>
  accountId === DEMO_ACCOUNT && /^Demo since \d{4}-\d\d-\d\d$/.test(accountName);

/** undefined: there is no demo. @throws UserError ALREADY_EXISTS when its account holds something else */
async function firstDay(engine: Filled['engine']): Promise<string | undefined> {
  const account = (await listAccounts(engine)).find(({ accountId }) => accountId === DEMO_ACCOUNT);
  if (account === undefined) return undefined;
  if (isDemo(account)) return account.accountName.slice(NAME_BEFORE_DAY.length);
  throw new UserError(
    'ALREADY_EXISTS',
    `The account '${DEMO_ACCOUNT}' is called '${account.accountName}', so it may not be the demo's.`,
    `If it is, give it its name back: '${NAME_BEFORE_DAY}' and the day of its first event, such as 2026-03-02.`,
  );
}

async function lastEventMs(engine: Filled['engine']): Promise<number | undefined> {
  const [row] = await engine.query<{ lastMs: number }>(
    `SELECT toUnixTimestamp64Milli(max(last_at)) AS lastMs FROM login_sessions WHERE account_id = {account:String}`,
    { account: DEMO_ACCOUNT },
  );
  return row?.lastMs || undefined;
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

function noDemo(): UserError {
  return new UserError('NOT_FOUND', 'There is no demo.', 'Load it with POST.');
}
