// `offhook follow`: stores the lines of a growing log file, starting where the last run ended.
import { type Command, Option } from 'commander';
import { withOffhook } from '../../pipeline.ts';
import { follow } from '../../jobs/follow.ts';
import { FEEDS } from '../../sources/registry.ts';
import { checkReadable } from '../files.ts';
import { type AccountOptions, accountCommand } from '../command.ts';
import { endSignal } from '../output.ts';
import { counted } from '../../plain-text.ts';

export function followCommand(): Command {
  return accountCommand(
    'follow',
    'store the lines of a log as they are written (a server can do it with serve --follow)',
    './offhook follow --source asterisk --account 1 /var/log/asterisk/queue_log',
  )
    .addOption(new Option('--source <name>', 'the feed').choices(Object.keys(FEEDS)).makeOptionMandatory())
    .argument('<file>', 'the log file; it may be rotated or truncated')
    .action((path: string, options: AccountOptions & { source: string }) => {
      checkReadable([path]);
      return withOffhook(options.dataDir, async offhook => {
        const ended = new AbortController();
        const file = { source: options.source, accountId: options.account, path };
        const started = () => void process.stdout.write(`Following ${path}.\n`);
        const following = follow(offhook, file, ended.signal, started);
        await Promise.race([endSignal(), following]);
        ended.abort();
        process.stderr.write(`${counted(await following, 'event')} stored.\n`);
      });
    });
}
