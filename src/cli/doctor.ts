// `offhook doctor`: what is wrong with the data, and how to mend it, as text or JSON.
import { Command } from 'commander';
import { ERROR_CODES, UserError } from '../errors.ts';
import { withOffhook } from '../pipeline.ts';
import { checkQuality } from '../quality/quality.ts';
import { qualityRange } from '../quality/range.ts';
import { listAccounts, readAccount } from '../store/accounts.ts';
import { doctorText } from './doctor-text.ts';
import { dataDirOption, example, staleAfterOption, unaccountedAboveOption } from './options.ts';

interface DoctorWords {
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
    .description('check the data: what is missing, unknown or contradictory, and how to mend it')
    .option('--account <id...>', 'the account, or several; default: all')
    .option('--from <time>', "'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM:SS'; default: six days before the end")
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
    .action((words: DoctorWords) =>
      withOffhook(words.dataDir, async ({ engine }) => {
        const known = (await listAccounts(engine)).map(({ accountId }) => accountId);
        const accountIds = words.account ?? known;
        const timezone = words.timezone ?? (await zoneOf(accountIds[0]));
        const clock = { nowMs: Date.now(), staleAfterMs: words.staleAfter };
        const range = qualityRange(words.from, words.to, timezone, clock.nowMs);
        const { findings } = await checkQuality(engine, {
          ...{ accountIds, ...range, clock, visibleGroups: new Map(), seesUnassigned: true },
          unaccountedAboveMs: words.unaccountedAbove,
        });
        const isFine = findings.every(({ count }) => count === 0);
        const unknown = accountIds.find(accountId => !known.includes(accountId));
        if (isFine && unknown !== undefined) throw noAccount(` ${unknown}`);
        const report = { accountIds, timezone, ...range, findings };
        process.stdout.write(words.json ? `${JSON.stringify(report, undefined, 2)}\n` : doctorText(report));
        if (!isFine) process.exitCode = ERROR_CODES.DATA_IS_WRONG.exit;

        async function zoneOf(accountId: string | undefined): Promise<string> {
          if (accountId === undefined) throw noAccount(' yet');
          return (await readAccount(engine, accountId)).timezone;
        }
      }),
    );
}

function noAccount(which: string): UserError {
  const mend = "List the accounts with './offhook accounts list', or import events with './offhook import'.";
  return new UserError('NOT_FOUND', `There is no account${which}.`, mend);
}
