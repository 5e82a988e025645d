// `offhook follow`: the lines of a log that is being written into stored events, from where the last run ended.
import { Command, Option } from 'commander';
import { withOffhook } from '../../pipeline.ts';
import { follow } from '../../jobs/follow.ts';
import { FEEDS } from '../../sources/registry.ts';
import { checkReadable } from '../files.ts';
import { accountOption, dataDirOption, example } from '../options.ts';
import { endSignal } from '../output.ts';
import { grouped } from '../../plain-text.ts';

export function followCommand(): Command {
  return new Command('follow')
    .description('store the lines of a log as they are written; a running server does it with serve --follow')
    .addOption(new Option('--source <name>', 'the feed').choices(Object.keys(FEEDS)).makeOptionMandatory())
    .addOption(accountOption())
    .addOption(dataDirOption())
    .argument('<file>', 'the log; it may be rotated or truncated')
    .addHelpText('after', example('./offhook follow --source asterisk --account 1 /var/log/asterisk/queue_log'))
    .action((path: string, options: { source: string; account: string; dataDir: string }) => {
      checkReadable([path]);
      return withOffhook(options.dataDir, async offhook => {
        const ended = new AbortController();
        const file = { source: options.source, accountId: options.account, path };
        const begun = () => void process.stdout.write(`Following ${path}.\n`);
        const following = follow(offhook, file, ended.signal, begun);
        await Promise.race([endSignal(), following]);
        ended.abort();
        process.stderr.write(`${grouped(await following)} events stored.\n`);
      });
    });
}
