// The account that RingCentral's clients start with: the main account of the first account that the user may read.
import type { Engine } from '../../engine/engine.ts';
import { listAccounts } from '../../directory/accounts.ts';
import { mayRead, type Principal } from '../principal.ts';

/** The account's id; '' if the user may read no account. */
export async function mainAccountOf(engine: Engine, principal: Principal): Promise<string> {
  const first = (await listAccounts(engine)).find(({ accountId }) => mayRead(principal, accountId));
  return first?.mainAccountId ?? '';
}
