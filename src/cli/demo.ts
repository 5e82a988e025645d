// `offhook serve --demo`: an empty data directory into a contact centre of 50 agents that goes on working.
import { Temporal } from 'temporal-polyfill';
import { issueApiToken } from '../access/tokens.ts';
import { UserError } from '../errors.ts';
import type { Offhook } from '../pipeline.ts';
import { liveEvents } from '../simulate/live.ts';
import type { CentreOptions } from '../simulate/options.ts';
import { listAccounts, writeAccount } from '../store/accounts.ts';
import { fill } from './simulate.ts';
import { terminalProgress } from './output.ts';

const ACCOUNT = 'demo';
const TIMEZONE = 'America/New_York';
const AGENTS = 50;
const PAST_DAYS = 14;
const TICK_MS = 1000;

export interface Demo {
  /** A command that prints the demo's report. */
  curl: string;
  stop: () => void;
}

/**
 * Fills the data directory, then stores what happens in the centre every second. A directory that already holds this demo
 * is taken up where it was left.
 * @throws UserError NOT_EMPTY when the directory holds anything but the demo
 */
export async function startDemo(
  offhook: Offhook,
  address: string,
  username: string,
  now: () => number,
): Promise<Demo> {
  const accounts = await listAccounts(offhook.engine);
  if (accounts.some(({ accountId }) => accountId !== ACCOUNT)) throw notEmpty();
  const today = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(TIMEZONE).toPlainDate();
  const known = accounts.length > 0 ? await firstDay(offhook) : undefined;
  const start = known ?? today.subtract({ days: PAST_DAYS }).toString();
  const centre: CentreOptions = {
    ...{
      accountId: ACCOUNT,
      agents: AGENTS,
      days: Number.POSITIVE_INFINITY,
      start,
      seed: 1,
      timezone: TIMEZONE,
    },
  };
  await writeAccount(
    offhook.engine,
    { accountId: ACCOUNT, accountName: `Demo since ${start}`, timezone: TIMEZONE, feedTimezone: TIMEZONE },
    now(),
  );
  let doneMs = now();
  await fill(
    offhook,
    centre,
    liveEvents(centre, Number.NEGATIVE_INFINITY, doneMs),
    doneMs,
    terminalProgress(process.stderr, now),
  );
  const timer = setInterval(() => {
    const toMs = now();
    const events = liveEvents(centre, doneMs, toMs).map(event => ({ ...event, receivedAt: toMs }));
    doneMs = toMs;
    // A full queue or a closing engine only costs the demo some events.
    offhook.writer.write(events).catch(() => {});
  }, TICK_MS);
  const token = await issueApiToken(offhook.engine, username, now());
  return { curl: curlLine(address, token, start, today.toString()), stop: () => clearInterval(timer) };
}

/** The demo's first day is part of its account's name, so that it goes on with the same centre after a restart. */
async function firstDay(offhook: Offhook): Promise<string | undefined> {
  const [account] = await listAccounts(offhook.engine);
  return /^Demo since (\d{4}-\d\d-\d\d)$/.exec(account?.accountName ?? '')?.[1];
}

function curlLine(address: string, token: string, start: string, end: string): string {
  const reportCriteria = { startTimestamp: `${start} 00:00:00`, endTimestamp: `${end} 23:59:59` };
  const body = JSON.stringify({ reportTypeName: 'Agent_Session_Report_Raw', reportCriteria });
  return (
    `curl -sS -X POST '${address}/voice/api/v1/admin/accounts/${ACCOUNT}/reportsStreaming' \\\n` +
    `  -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' \\\n  -d '${body}'`
  );
}

function notEmpty(): UserError {
  return new UserError(
    'NOT_EMPTY',
    'The data directory already holds events that are not the demo’s.',
    'Give an empty directory with --data-dir, or leave out --demo.',
  );
}
