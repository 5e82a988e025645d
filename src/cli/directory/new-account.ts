// Warns that an account has no data yet: its data may come later, or the id is mistyped.
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import { listAccounts } from '../../directory/accounts.ts';

/** Call it before anything is written. Prints nothing if the installation has no accounts yet. */
export async function warnOfNewAccounts(engine: Engine, accountIds: readonly string[]): Promise<void> {
  const existing = (await listAccounts(engine)).map(({ accountId }) => accountId);
  if (existing.length === 0) return;
  const more = existing.length > LIMITS.listedAccounts ? ` and ${existing.length - LIMITS.listedAccounts} more` : '';
  for (const accountId of accountIds.filter(id => !existing.includes(id))) {
    process.stderr.write(
      `The account ${accountId} is new and has no data yet. Existing accounts: ` +
        `${existing.slice(0, LIMITS.listedAccounts).join(', ')}${more}.\n`,
    );
  }
}
