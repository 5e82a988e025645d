// Account ids that somebody names into those that there are, or into an error that lists these with the times of their data.
import type { Engine } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { type Account, listAccounts } from './accounts.ts';
import { readAccountStatistics } from './account-statistics.ts';
import { wallClock } from '../time/wall-clock.ts';

/** The accounts of these ids, in their order. @throws UserError UNKNOWN_ACCOUNT */
export async function knownAccounts(engine: Engine, accountIds: readonly string[]): Promise<Account[]> {
  const all = await listAccounts(engine);
  return Promise.all(
    accountIds.map(async accountId => {
      const account = all.find(known => known.accountId === accountId);
      if (account === undefined) throw await unknownAccount(engine, accountId, all);
      return account;
    }),
  );
}

async function unknownAccount(engine: Engine, accountId: string, all: readonly Account[]) {
  if (all.length === 0) {
    return new UserError(
      'UNKNOWN_ACCOUNT',
      `There is no account ${accountId}, and no other.`,
      'An account comes into being with its first event: ./offhook import --help',
    );
  }
  const reaches = await dataRanges(engine, all);
  const shown = all.slice(0, LIMITS.listedAccounts).map(({ accountId: id }) => `${id} (${reaches.get(id)})`);
  const more = all.length > shown.length ? ` and ${all.length - shown.length} more` : '';
  return new UserError(
    'UNKNOWN_ACCOUNT',
    `There is no account ${accountId}.`,
    `There are: ${shown.join(', ')}${more}.`,
  );
}

/** By account id: the time from its first event to its latest, in its own zone, for a person. */
async function dataRanges(engine: Engine, accounts: readonly Account[]): Promise<ReadonlyMap<string, string>> {
  const statistics = await readAccountStatistics(engine);
  return new Map(
    accounts.map(({ accountId, timezone }) => {
      const { firstEventMs, latestEventMs } = statistics.get(accountId) ?? {};
      const clock = wallClock(timezone);
      const range =
        firstEventMs === undefined || latestEventMs === undefined
          ? 'no events'
          : `${clock(firstEventMs)} to ${clock(latestEventMs)} ${timezone}`;
      return [accountId, range];
    }),
  );
}
