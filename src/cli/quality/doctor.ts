// `offhook doctor`: checks the data and prints the findings as text or JSON.
import type { Command } from 'commander';
import { ERROR_CODES, UserError } from '../../errors.ts';
import { withStored } from '../../pipeline.ts';
import { checkQuality } from '../../quality/quality.ts';
import { dataRange, qualityRange } from '../../quality/range.ts';
import { knownAccounts } from '../../directory/known-accounts.ts';
import { timeZoneNamed } from '../../time/time-zone.ts';
import { listAccounts, readAccount } from '../../directory/accounts.ts';
import { doctorText } from './doctor-text.ts';
import { type DataDirOptions, dataCommand } from '../command.ts';
import { staleAfterOption, unaccountedAboveOption } from '../options.ts';

interface DoctorOptions extends DataDirOptions {
  account?: string[];
  from?: string;
  to?: string;
  timezone?: string;
  json?: true;
  staleAfter: number;
  unaccountedAbove: number;
}

export function doctorCommand(): Command {
  return dataCommand(
    'doctor',
    'find missing, unknown or contradictory data, and how to fix it',
    './offhook doctor --account 15300002 --from 2020-04-22 --to 2020-04-30',
    'The exit code is 0 if there are no problems, and 1 if there are.',
  )
    .option('--account <id...>', 'one or more accounts; default: all')
    .option('--from <time>', "start, 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM:SS'; default: the first event")
    .option('--to <time>', 'end, included; default: today')
    .option('--timezone <name>', 'time zone of the times; default: the first account’s')
    .option('--json', 'write JSON')
    .addOption(unaccountedAboveOption())
    .addOption(staleAfterOption())

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
        // Checked only now, because an unknown account may have rejected inputs.
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
    'There are no accounts yet.',
    'An account is created with its first event. To import events: ./offhook import --help',
  );
}
