// `offhook simulate`: stores the events of a simulated contact centre, or writes them to a RingCX file.
import type { Command } from 'commander';
import { withOffhook } from '../pipeline.ts';
import { simulateCentre } from '../simulate/centre/centre.ts';
import { fillDirectory, fillEvents } from '../simulate/fill.ts';
import type { CentreOptions } from '../simulate/options.ts';
import { simulateRingcxNdjson } from '../simulate/ringcx-lines.ts';
import { type AccountOptions, accountCommand } from './command.ts';
import { wholeNumber } from './options.ts';
import { checkWritable, writeOut } from './out-file.ts';
import { counted, grouped } from '../plain-text.ts';
import { terminalProgress } from './output.ts';

interface SimulateOptions extends AccountOptions {
  agents: number;
  days: number;
  start: string;
  seed: number;
  timezone: string;
  out?: string;
}

export function simulateCommand(): Command {
  return accountCommand(
    'simulate',
    'store the events of a simulated contact centre, or write them to a file',
    './offhook simulate --account demo --agents 50 --days 14 --start 2026-03-02',
  )
    .requiredOption('--agents <number>', 'number of agents', wholeNumber)
    .requiredOption('--days <number>', 'number of days', wholeNumber)
    .requiredOption('--start <date>', 'first day, YYYY-MM-DD')
    .option('--seed <number>', 'the same seed gives the same events', wholeNumber, 1)
    .option('--timezone <name>', 'time zone of the working hours', 'America/New_York')
    .option('--out <file>', 'write RingCX NDJSON to a file instead of storing the events; - is standard output')
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
        process.stderr.write(`${counted(events, 'event')} of ${counted(rest.agents, 'agent')} stored.\n`);
      });
    });
}
