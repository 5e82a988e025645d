// `offhook replay`: decodes kept inputs again after a change of settings.
import type { Command } from 'commander';
import { withStored } from '../../pipeline.ts';
import { replayRange } from '../../quality/range.ts';
import { replay } from '../../quality/replay/replay.ts';
import { knownAccounts } from '../../directory/known-accounts.ts';
import { feedNamed } from '../../sources/registry.ts';
import { recordAction } from '../audit-record.ts';
import { type AccountOptions, accountCommand } from '../command.ts';
import { replayText } from './replay-text.ts';

interface ReplayOptions extends AccountOptions {
  source?: string;
  from?: string;
  to?: string;
  preview?: true;
}

export function replayCommand(): Command {
  return accountCommand(
    'replay',
    'decode the kept inputs again with the account’s present time zone, states and agent rule',
    './offhook replay --account 15300002 --preview',
    'Rejects that are valid now become events. Times are in the account’s time zone. A feed without login sessions is replayed ' +
      'from the first session in the range to the end of its data.',
  )
    .option('--source <name>', 'the feed; default: all')
    .option('--from <time>', "only sessions that end at this time or later, 'YYYY-MM-DD HH:MM:SS'; default: all")
    .option('--to <time>', 'only sessions that start by this time, included; default: all')
    .option('--preview', 'print what would change without changing it')

    .action((options: ReplayOptions) => {
      if (options.source !== undefined) feedNamed(options.source);
      return withStored(options.dataDir, async offhook => {
        const { account: accountId, source, from, to } = options;
        const [account] = await knownAccounts(offhook.engine, [accountId]);
        const { timezone } = account!;
        const nowMs = Date.now();
        const isPreview = options.preview === true;
        const scope = { accountId, source, isPreview, ...replayRange(from, to, timezone, nowMs) };
        const context = { accountId, isAllowed: () => true, receivedAt: nowMs, live: false };
        const replayed = await replay(offhook, scope, await offhook.decodeContext(context));
        if (!isPreview) {
          const { sessions, rejectsUsed } = replayed;
          await recordAction(offhook, 'EVENTS_REPLAYED', accountId, { source, from, to, sessions, rejectsUsed });
        }
        process.stdout.write(replayText(replayed, isPreview, timezone));
      });
    });
}
