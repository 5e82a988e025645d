// The account of the demo: how it is recognized, and where its history begins and ends.
import { listAccounts } from '../directory/accounts.ts';
import type { Engine } from '../engine/engine.ts';
import { UserError } from '../errors.ts';

export const DEMO_ACCOUNT = 'demo';

/** The account's name contains the demo's first day, so that the same centre continues after a restart. */
const NAME_BEFORE_DAY = 'Demo since ';

export const demoName = (firstDay: string): string => `${NAME_BEFORE_DAY}${firstDay}`;

export const isDemo = ({ accountId, accountName }: { accountId: string; accountName: string }): boolean =>
  accountId === DEMO_ACCOUNT && /^Demo since \d{4}-\d\d-\d\d$/.test(accountName);

/** Undefined if there is no demo. @throws UserError ALREADY_EXISTS when its account is not a demo */
export async function firstDay(engine: Engine): Promise<string | undefined> {
  const account = (await listAccounts(engine)).find(({ accountId }) => accountId === DEMO_ACCOUNT);
  if (account === undefined) return undefined;
  if (isDemo(account)) return account.accountName.slice(NAME_BEFORE_DAY.length);
  throw new UserError(
    'ALREADY_EXISTS',
    `The account '${DEMO_ACCOUNT}' is called '${account.accountName}', so it may not be the demo.`,
    `If it is the demo, rename it to '${NAME_BEFORE_DAY}' and the day of its first event, such as 2026-03-02.`,
  );
}

export async function lastEventMs(engine: Engine): Promise<number | undefined> {
  const [row] = await engine.query<{ lastMs: number }>(
    `SELECT toUnixTimestamp64Milli(max(last_at)) AS lastMs FROM login_sessions WHERE account_id = {account:String}`,
    { account: DEMO_ACCOUNT },
  );
  return row?.lastMs || undefined;
}

export function noDemo(): UserError {
  return new UserError('NOT_FOUND', 'The demo is not loaded.', 'Load it with POST.');
}
