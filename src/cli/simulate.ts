// `offhook simulate`: a seed into a store full of a believable centre's events, or into a RingCX file.
import { Command } from 'commander';
import { withOffhook } from '../pipeline.ts';
import { simulateCentre } from '../simulate/centre/centre.ts';
import { fillDirectory, fillEvents } from '../simulate/fill.ts';
import type { CentreOptions } from '../simulate/options.ts';
import { simulateRingcxNdjson } from '../simulate/ringcx-lines.ts';
import { accountOption, dataDirOption, example, wholeNumber } from './options.ts';
import { checkWritable, writeOut } from './out-file.ts';
import { grouped } from '../plain-text.ts';
import { terminalProgress } from './output.ts';

interface SimulateOptions {
  account: string;
  agents: number;
  days: number;
  start: string;
  seed: number;
  timezone: string;
  dataDir: string;
  out?: string;
}

export function simulateCommand(): Command {
  return new Command('simulate')
    .description('fill the store with a simulated contact centre, or write its feed to a file')
    .addOption(accountOption())
    .requiredOption('--agents <number>', 'how many agents', wholeNumber)
    .requiredOption('--days <number>', 'how many days', wholeNumber)
    .requiredOption('--start <date>', 'first day, YYYY-MM-DD')
    .option('--seed <number>', 'the same seed makes the same centre', wholeNumber, 1)
    .option('--timezone <name>', 'zone of the working hours', 'America/New_York')
    .option('--out <file>', 'write RingCX NDJSON instead of filling the store; - is standard output')
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook simulate --account demo --agents 50 --days 14 --start 2026-03-02'))
    .action(async (options: SimulateOptions) => {
      const { account: accountId, dataDir, out, ...rest } = options;
      const centre: CentreOptions = { accountId, ...rest };
      if (out !== undefined) {
        checkWritable(out);
        return writeOut(out, simulateRingcxNdjson(centre));
      }
      await withOffhook(dataDir, async offhook => {
        const progress = terminalProgress(process.stderr, Date.now);
        await fillDirectory(offhook, centre, Date.now());
        const events = await fillEvents(offhook, simulateCentre(centre), Date.now(), stored =>
          progress.update(`${grouped(stored)} events`),
        );
        progress.end();
        process.stderr.write(`${grouped(events)} events of ${grouped(rest.agents)} agents stored.\n`);
      });
    });
}
