// Accounts and their settings: an account exists from its first event or setting on.
import type { Engine } from '../engine/engine.ts';
import { tsvRow } from './tsv.ts';

export interface Account {
  accountId: string;
  accountName: string;
  /** Zone of reports that name none. */
  timezone: string;
  /** Zone of a feed's times that carry none; RingCX's platform clock reads New York. */
  feedTimezone: string;
}

export const DEFAULT_TIMEZONE = 'UTC';
export const DEFAULT_FEED_TIMEZONE = 'America/New_York';

/** All accounts that have an event, an agent or a setting, by id. */
export async function listAccounts(engine: Engine): Promise<Account[]> {
  const rows = await engine.query<Account>(`
    SELECT
      ids.account_id AS accountId,
      if(settings.account_name = '', ids.account_id, settings.account_name) AS accountName,
      if(settings.timezone = '', '${DEFAULT_TIMEZONE}', settings.timezone) AS timezone,
      if(settings.feed_timezone = '', '${DEFAULT_FEED_TIMEZONE}', settings.feed_timezone) AS feedTimezone
    FROM (
      SELECT DISTINCT toString(account_id) AS account_id FROM login_sessions
      UNION DISTINCT SELECT DISTINCT toString(account_id) FROM agents
      UNION DISTINCT SELECT account_id FROM accounts
    ) AS ids
    LEFT JOIN (SELECT * FROM accounts FINAL) AS settings ON settings.account_id = ids.account_id
    ORDER BY accountId`);
  return rows;
}

/** Zone of a feed's times that carry none, for any account. */
export async function readFeedZones(engine: Engine): Promise<(accountId: string) => string> {
  const rows = await engine.query<{ accountId: string; zone: string }>(
    `SELECT account_id AS accountId, feed_timezone AS zone FROM accounts FINAL WHERE feed_timezone != ''`,
  );
  const zones = new Map(rows.map(({ accountId, zone }) => [accountId, zone]));
  return accountId => zones.get(accountId) ?? DEFAULT_FEED_TIMEZONE;
}

/** The account's settings, or the defaults for one that has none. */
export async function readAccount(engine: Engine, accountId: string): Promise<Account> {
  const [row] = await engine.query<Omit<Account, 'accountId'>>(
    `SELECT account_name AS accountName, timezone, feed_timezone AS feedTimezone
     FROM accounts FINAL WHERE account_id = {accountId:String}`,
    { accountId },
  );
  return {
    accountId,
    accountName: row?.accountName || accountId,
    timezone: row?.timezone || DEFAULT_TIMEZONE,
    feedTimezone: row?.feedTimezone || DEFAULT_FEED_TIMEZONE,
  };
}

export async function writeAccount(engine: Engine, account: Account, nowMs: number): Promise<void> {
  await engine.insert(
    'accounts',
    ['account_id', 'account_name', 'timezone', 'feed_timezone', 'version'],
    Buffer.from(
      tsvRow([account.accountId, account.accountName, account.timezone, account.feedTimezone, nowMs]),
    ),
  );
}
