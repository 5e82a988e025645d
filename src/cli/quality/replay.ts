// `offhook replay`: kept inputs decoded again after a change of settings, and what changes by it.
import { Command } from 'commander';
import { withStored } from '../../pipeline.ts';
import { replayRange } from '../../quality/range.ts';
import { replay } from '../../quality/replay/replay.ts';
import { knownAccounts } from '../../directory/known-accounts.ts';
import { feedNamed } from '../../sources/registry.ts';
import { accountOption, dataDirOption, example } from '../options.ts';
import { replayText } from './replay-text.ts';
import { auditOf, COMMAND_LINE } from '../access/users.ts';

interface ReplayOptions {
  account: string;
  source?: string;
  from?: string;
  to?: string;
  preview?: true;
  dataDir: string;
}

export function replayCommand(): Command {
  return new Command('replay')
    .description('decode kept inputs again by the account’s zone, states and agent rule as they are now')
    .addOption(accountOption())
    .option('--source <name>', 'the feed; default: all')
    .option('--from <time>', "sessions that go on then or later, 'YYYY-MM-DD HH:MM:SS'; default: all")
    .option('--to <time>', 'and that began by then, included')
    .option('--preview', 'say what would change, and write nothing')
    .addOption(dataDirOption())
    .addHelpText(
      'after',
      `\nRejects that can be used now become events. Times are of the account’s zone. A feed without login sessions is\n` +
        `replayed from a session on to the end.\n${example('./offhook replay --account 15300002 --preview')}`,
    )
    .action((options: ReplayOptions) => {
      if (options.source !== undefined) feedNamed(options.source);
      return withStored(options.dataDir, async offhook => {
        const { account: accountId, source, from, to } = options;
        const [account] = await knownAccounts(offhook.engine, [accountId]);
        const { timezone } = account!;
        const nowMs = Date.now();
        const isPreview = options.preview === true;
        const isAllowed = () => true;
        const settings = await offhook.decodeContext({
          accountId,
          isAllowed,
          receivedAt: nowMs,
          live: false,
        });
        const replayed = await replay(
          offhook,
          { accountId, source, isPreview, ...replayRange(from, to, timezone, nowMs) },
          settings,
        );
        if (!isPreview) {
          const { sessions, rejectsUsed } = replayed;
          await auditOf(offhook).record({
            action: 'EVENTS_REPLAYED',
            ...COMMAND_LINE,
            accountId,
            detail: { source, from, to, sessions, rejectsUsed },
          });
        }
        process.stdout.write(replayText(replayed, isPreview, timezone));
      });
    });
}
