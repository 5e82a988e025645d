// The account that RingCentral's clients begin with: the first one that the user may read, or the one above it.
import type { Engine } from '../../engine/engine.ts';
import { listAccounts } from '../../directory/accounts.ts';
import { mayRead, type Principal } from '../principal.ts';

/** The account's id; '' where the user may read none. */
export async function mainAccountOf(engine: Engine, principal: Principal): Promise<string> {
  const first = (await listAccounts(engine)).find(({ accountId }) => mayRead(principal, accountId));
  if (first === undefined) return '';
  const [row] = await engine.query<{ mainAccountId: string }>(
    `SELECT main_account_id AS mainAccountId FROM accounts FINAL WHERE account_id = {accountId:String}`,
    { accountId: first.accountId },
  );
  return row?.mainAccountId || first.accountId;
}
