// `offhook report`: writes the agent session report to standard output or to a file.
import { type Command, Option } from 'commander';
import { type Offhook, withStored } from '../pipeline.ts';
import { ALL_SESSIONS, type ReportCriteria } from '../report/query/criteria.ts';
import { BINARY_FORMATS, FILE_FORMATS, type FormatName } from '../report/formats/formats.ts';
import { knownAccounts } from '../directory/known-accounts.ts';
import { isEmptyReport } from '../report/report.ts';
import { wallClock } from '../time/wall-clock.ts';
import { readAccountStatistics } from '../directory/account-statistics.ts';
import { type DataDirOptions, dataCommand } from './command.ts';
import { staleAfterOption } from './options.ts';
import { checkWritable, outOption, refuseOnTerminal, writeOut } from './out-file.ts';

interface ReportOptions extends DataDirOptions {
  account: string[];
  start?: string;
  end?: string;
  timezone?: string;
  format: FormatName;
  out?: string;
  staleAfter: number;
}

export function reportCommand(): Command {
  return dataCommand(
    'report',
    'write the agent session report',
    "./offhook report --account 15300002 --start '2020-04-27 00:00:00' --end '2020-04-27 23:59:59' \\\n" +
      '    --timezone US/Arizona --out report.csv',
  )
    .requiredOption('--account <id...>', 'one or more accounts')
    .option('--start <time>', "earliest login, 'YYYY-MM-DD HH:MM:SS'; default: today")
    .option('--end <time>', 'latest login, included')
    .option('--timezone <name>', 'time zone of start, end and the report; default: the first account’s')
    .addOption(new Option('--format <format>', 'output format').choices(FILE_FORMATS).default('csv'))
    .addOption(outOption())
    .addOption(staleAfterOption())
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

/** Why the report is empty: the requested range, and the range of the stored data. */
async function emptyText({ engine }: Offhook, { accountIds, start, end, timezone }: ReportCriteria): Promise<string> {
  const statistics = await readAccountStatistics(engine);
  let [firstMs, latestMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const accountId of accountIds) {
    const { firstEventMs, latestEventMs } = statistics.get(accountId) ?? {};
    firstMs = Math.min(firstMs, firstEventMs ?? firstMs);
    latestMs = Math.max(latestMs, latestEventMs ?? latestMs);
  }
  const range =
    start === undefined && end === undefined ? 'today' : `between ${start ?? 'today'} and ${end ?? 'today'}`;
  const accounts = `${accountIds.length === 1 ? 'account' : 'accounts'} ${accountIds.join(', ')}`;
  const clock = wallClock(timezone);
  const data =
    firstMs > latestMs
      ? 'No events are stored yet.'
      : `The stored events are from ${clock(firstMs)} to ${clock(latestMs)}.`;
  return `The report is empty: no session of ${accounts} began ${range} (${timezone}). ${data}\n`;
}
