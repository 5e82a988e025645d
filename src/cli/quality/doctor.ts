// `offhook doctor`: what is wrong with the data, and how to fix it, as text or JSON.
import { Command } from 'commander';
import { ERROR_CODES, UserError } from '../../errors.ts';
import { withStored } from '../../pipeline.ts';
import { checkQuality } from '../../quality/quality.ts';
import { dataRange, qualityRange } from '../../quality/range.ts';
import { knownAccounts } from '../../directory/known-accounts.ts';
import { timeZoneNamed } from '../../time/time-zone.ts';
import { listAccounts, readAccount } from '../../directory/accounts.ts';
import { doctorText } from './doctor-text.ts';
import { dataDirOption, example, staleAfterOption, unaccountedAboveOption } from '../options.ts';

interface DoctorOptions {
  account?: string[];
  from?: string;
  to?: string;
  timezone?: string;
  json?: true;
  staleAfter: number;
  unaccountedAbove: number;
  dataDir: string;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check the data: what is missing, unknown or contradictory, and how to fix it')
    .option('--account <id...>', 'the account, or several; default: all')
    .option('--from <time>', "'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM:SS'; default: the first event")
    .option('--to <time>', 'end, included; default: today')
    .option('--timezone <name>', 'zone of the times; default: the first account’s')
    .option('--json', 'write JSON')
    .addOption(unaccountedAboveOption())
    .addOption(staleAfterOption())
    .addOption(dataDirOption())
    .addHelpText(
      'after',
      `\nExit code 0: nothing was found, 1: something was.\n${example(
        './offhook doctor --account 15300002 --from 2020-04-22 --to 2020-04-30',
      )}`,
    )
    .action((options: DoctorOptions) =>
      withStored(options.dataDir, async ({ engine }) => {
        const accountIds = options.account ?? (await listAccounts(engine)).map(({ accountId }) => accountId);
        if (accountIds.length === 0) throw noAccount();
        const timezone = timeZoneNamed(options.timezone ?? (await readAccount(engine, accountIds[0]!)).timezone);
        const clock = { nowMs: Date.now(), staleAfterMs: options.staleAfter };
        const all = await dataRange(engine, accountIds, clock.nowMs);
        const { from, to } = options;
        const range = {
          ...(from === undefined ? all : qualityRange(from, to, timezone, clock.nowMs)),
          ...(to !== undefined && { toMs: qualityRange(from, to, timezone, clock.nowMs).toMs }),
        };
        const { findings } = await checkQuality(engine, {
          accountIds,
          ...range,
          clock,
          visibleGroups: new Map(),
          seesUnassigned: true,
          unaccountedAboveMs: options.unaccountedAbove,
        });
        const isFine = findings.every(({ count }) => count === 0);
        // One that is unknown may yet have inputs that could not be used.
        if (isFine) await knownAccounts(engine, accountIds);
        const report = { accountIds, timezone, ...range, findings };
        process.stdout.write(options.json ? `${JSON.stringify(report, undefined, 2)}\n` : doctorText(report));
        if (!isFine) process.exitCode = ERROR_CODES.DATA_IS_WRONG.exit;
      }),
    );
}

function noAccount(): UserError {
  return new UserError(
    'UNKNOWN_ACCOUNT',
    'There is no account yet.',
    'An account comes into being with its first event: ./offhook import --help',
  );
}
