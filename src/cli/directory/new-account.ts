// Says that a setting is of an account that was not there before: it may come later, or its id is mistyped.
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import { listAccounts } from '../../directory/accounts.ts';

/** To be called before anything is written; the first accounts of an installation need no word. */
export async function sayNewAccounts(engine: Engine, accountIds: readonly string[]): Promise<void> {
  const known = (await listAccounts(engine)).map(({ accountId }) => accountId);
  if (known.length === 0) return;
  const more = known.length > LIMITS.listedAccounts ? ` and ${known.length - LIMITS.listedAccounts} more` : '';
  for (const accountId of accountIds.filter(id => !known.includes(id))) {
    process.stderr.write(
      `Account ${accountId} is new: nothing is stored for it yet. There are: ` +
        `${known.slice(0, LIMITS.listedAccounts).join(', ')}${more}.\n`,
    );
  }
}
