// Looks up accounts by id; for an unknown one, the error lists the existing accounts and the times of their data.
import type { Engine } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { type Account, listAccounts } from './accounts.ts';
import { readAccountStatistics } from './account-statistics.ts';
import { wallClock } from '../time/wall-clock.ts';

/** The accounts with these ids, in this order. @throws UserError UNKNOWN_ACCOUNT */
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
      `There is no account ${accountId}; there are no accounts yet.`,
      'An account is created by its first event: see ./offhook import --help.',
    );
  }
  const reaches = await dataRanges(engine, all);
  const shown = all.slice(0, LIMITS.listedAccounts).map(({ accountId: id }) => `${id} (${reaches.get(id)})`);
  const more = all.length > shown.length ? ` and ${all.length - shown.length} more` : '';
  return new UserError(
    'UNKNOWN_ACCOUNT',
    `There is no account ${accountId}.`,
    `The accounts are: ${shown.join(', ')}${more}.`,
  );
}

/** By account id: the time from the first event to the latest, in the account's zone, to show. */
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
