// `offhook accounts`: accounts and their settings.
import { Command, Option } from 'commander';
import { withOffhook, withStored } from '../../pipeline.ts';
import { timeZoneNamed } from '../../time/time-zone.ts';
import {
  type Account,
  type AccountGiven,
  agentRuleOf,
  listAccounts,
  readAccount,
  type Setting,
  writeAccount,
} from '../../directory/accounts.ts';
import { sayNewAccounts } from './new-account.ts';
import { accountOption, dataDirOption, example, wholeNumber } from '../options.ts';
import { replayHint } from '../quality/replay-text.ts';
import { auditOf, COMMAND_LINE } from '../access/users.ts';

interface SetOptions {
  account: string;
  name?: string;
  timezone?: string;
  feedTimezone?: string;
  main?: string;
  agentRule?: string;
  keepMonths?: number;
  dataDir: string;
}

export function accountsCommand(): Command {
  const accounts = new Command('accounts').description('accounts and their settings');
  for (const command of [listCommand(), setCommand()]) accounts.addCommand(command);
  return accounts;
}

function listCommand(): Command {
  return new Command('list')
    .description('list the accounts: id, name, report zone, feed zone, main account')
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook accounts list'))
    .action((options: { dataDir: string }) =>
      withStored(options.dataDir, async ({ engine }) => {
        for (const account of await listAccounts(engine)) {
          const { accountId, accountName, timezone, feedTimezone, mainAccountId } = account;
          const fields = [accountId, accountName, timezone, feedTimezone, mainAccountId];
          process.stdout.write(`${fields.join('\t')}\n`);
        }
      }),
    );
}

function setCommand(): Command {
  return new Command('set')
    .description('set an account’s name, zones and main account')
    .addOption(accountOption())
    .option('--name <name>', 'name shown to people')
    .option('--timezone <name>', 'zone of reports that name none')
    .option('--feed-timezone <name>', 'zone of a feed’s times that carry none')
    .option('--agent-rule <regex>', 'its first group is the agent’s id in a feed’s name; empty: the feed’s own rule')
    .addOption(
      new Option(
        '--keep-months <number>',
        'whole months before the present one that are kept; what ended before is announced, and deleted later; 0: for ever',
      ).argParser(wholeNumber),
    )
    .option('--main <id>', 'the account that this one is part of: rights to it reach here; its own id: none')
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook accounts set --account 15300002 --timezone US/Arizona'))
    .action((options: SetOptions) => {
      const given = settingsGiven(options);
      return withOffhook(options.dataDir, async offhook => {
        const asked = { accountId: options.account, ...given };
        await sayNewAccounts(offhook.engine, [options.account]);
        const before = await readAccount(offhook.engine, options.account);
        const { account, changed } = await writeAccount(offhook.engine, asked, Date.now());
        process.stdout.write(settingsText(before, account, changed));
        if (changed.length === 0) return;
        await auditOf(offhook).record({
          action: 'ACCOUNT_CHANGED',
          ...COMMAND_LINE,
          accountId: options.account,
          detail: Object.fromEntries(changed.map(setting => [setting, account[setting]])),
        });
      });
    });
}

/** The words of a setting, as its option has them. */
const SETTING_WORDS: Readonly<Record<Setting, string>> = {
  accountName: 'name',
  mainAccountId: 'main account',
  timezone: 'timezone',
  feedTimezone: 'feed timezone',
  agentRule: 'agent rule',
  keepMonths: 'months kept',
};
/** Settings by which inputs are decoded. */
const DECODED_BY: readonly Setting[] = ['feedTimezone', 'agentRule'];

/** A number is one of months; 0 keeps all. */
const shown = (value: string | number) => (typeof value === 'number' ? value || 'all' : `'${value}'`);

function settingsText(before: Account, after: Account, changed: readonly Setting[]): string {
  const changes = changed.map(
    setting => `${SETTING_WORDS[setting]} is now ${shown(after[setting])} (was ${shown(before[setting])})`,
  );
  const said = `Account ${after.accountId}: ${changes.join(', ') || 'nothing changed'}.\n`;
  return changed.some(setting => DECODED_BY.includes(setting)) ? said + replayHint(after.accountId) : said;
}

/** @throws UserError UNKNOWN_TIME_ZONE, INVALID_REQUEST */
function settingsGiven(options: SetOptions): AccountGiven {
  const { name, timezone, feedTimezone, main, agentRule, keepMonths } = options;
  return {
    ...(keepMonths !== undefined && { keepMonths }),
    ...(name !== undefined && { accountName: name }),
    ...(timezone !== undefined && { timezone: timeZoneNamed(timezone) }),
    ...(feedTimezone !== undefined && { feedTimezone: timeZoneNamed(feedTimezone) }),
    ...(agentRule !== undefined && { agentRule: agentRule && agentRuleOf(agentRule).source }),
    ...(main !== undefined && { mainAccountId: main }),
  };
}
