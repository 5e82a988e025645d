// `offhook report`: the agent session report on standard output or in a file.
import { Command, Option } from 'commander';
import { type Offhook, withStored } from '../pipeline.ts';
import { ALL_SESSIONS, type ReportCriteria } from '../report/query/criteria.ts';
import { BINARY_FORMATS, FILE_FORMATS, type FormatName } from '../report/formats/formats.ts';
import { knownAccounts } from '../directory/known-accounts.ts';
import { isEmptyReport } from '../report/report.ts';
import { wallClock } from '../time/wall-clock.ts';
import { readAccountStatistics } from '../directory/account-statistics.ts';
import { dataDirOption, example, staleAfterOption } from './options.ts';
import { checkWritable, refuseOnTerminal, writeOut } from './out-file.ts';

interface ReportOptions {
  account: string[];
  start?: string;
  end?: string;
  timezone?: string;
  format: FormatName;
  out?: string;
  staleAfter: number;
  dataDir: string;
}

export function reportCommand(): Command {
  return new Command('report')
    .description('write the agent session report')
    .requiredOption('--account <id...>', 'the account, or several')
    .option('--start <time>', "first login, 'YYYY-MM-DD HH:MM:SS'; default: today")
    .option('--end <time>', 'last login, included')
    .option('--timezone <name>', 'zone of start, end and the report’s times; default: the account’s')
    .addOption(new Option('--format <format>', 'output').choices(FILE_FORMATS).default('csv'))
    .option('--out <file>', 'write to a file instead of standard output')
    .addOption(staleAfterOption())
    .addOption(dataDirOption())
    .addHelpText(
      'after',
      example(
        "./offhook report --account 15300002 --start '2020-04-27 00:00:00' --end '2020-04-27 23:59:59' \\\n" +
          '    --timezone US/Arizona --out report.csv',
      ),
    )
    .action((options: ReportOptions) => {
      checkWritable(options.out);
      refuseOnTerminal(options.out, options.format, BINARY_FORMATS.includes(options.format));
      return withStored(options.dataDir, offhook => report(offhook, options));
    });
}

async function report(offhook: Offhook, options: ReportOptions): Promise<void> {
  const { account: accountIds, start, end, format, out } = options;
  const accounts = await knownAccounts(offhook.engine, accountIds);
  const timezone = options.timezone ?? accounts[0]!.timezone;
  const criteria = { accountIds, start, end, timezone, ...ALL_SESSIONS };
  const clock = { nowMs: Date.now(), staleAfterMs: options.staleAfter };
  const keepFormulas = process.env.OFFHOOK_CSV_RAW === '1';
  await writeOut(out, offhook.report(criteria, clock, { format, keepFormulas }));
  if (await isEmptyReport(offhook.engine, criteria, clock)) {
    process.stderr.write(await emptyText(offhook, criteria));
  }
}

/** Why there is no row: the range that was asked for, and the one in which there are data. */
async function emptyText({ engine }: Offhook, { accountIds, start, end, timezone }: ReportCriteria): Promise<string> {
  const statistics = await readAccountStatistics(engine);
  let [firstMs, latestMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const accountId of accountIds) {
    const { firstEventMs, latestEventMs } = statistics.get(accountId) ?? {};
    firstMs = Math.min(firstMs, firstEventMs ?? firstMs);
    latestMs = Math.max(latestMs, latestEventMs ?? latestMs);
  }
  const asked = start === undefined && end === undefined ? 'today' : `from ${start ?? 'today'} to ${end ?? 'today'}`;
  const [of, their] = accountIds.length === 1 ? ['account', 'Its'] : ['accounts', 'Their'];
  const clock = wallClock(timezone);
  const reach = firstMs > latestMs ? 'has no events yet' : `reaches from ${clock(firstMs)} to ${clock(latestMs)}`;
  return `The report is empty: no session of ${of} ${accountIds.join(', ')} began ${asked} (${timezone}). ${their} data ${reach}.\n`;
}
