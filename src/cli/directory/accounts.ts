// `offhook accounts`: accounts and their settings.
import { type Command, Option } from 'commander';
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
import { recordAction } from '../audit-record.ts';
import { type AccountOptions, accountCommand, commandGroup, type DataDirOptions, dataCommand } from '../command.ts';
import { warnOfNewAccounts } from './new-account.ts';
import { wholeNumber } from '../options.ts';
import { printRows } from '../output.ts';
import { replayHint } from '../quality/replay-text.ts';

interface SetOptions extends AccountOptions {
  name?: string;
  timezone?: string;
  feedTimezone?: string;
  main?: string;
  agentRule?: string;
  keepMonths?: number;
}

export function accountsCommand(): Command {
  return commandGroup('accounts', 'manage accounts and their settings', [listCommand(), setCommand()]);
}

function listCommand(): Command {
  return dataCommand(
    'list',
    'list the accounts: id, name, time zone of reports, time zone of feeds, main account',
    './offhook accounts list',
  ).action(({ dataDir }: DataDirOptions) =>
    withStored(dataDir, async ({ engine }) => {
      const accounts = await listAccounts(engine);
      printRows(
        accounts.map(({ accountId, accountName, timezone, feedTimezone, mainAccountId }) => [
          accountId,
          accountName,
          timezone,
          feedTimezone,
          mainAccountId,
        ]),
      );
    }),
  );
}

function setCommand(): Command {
  return accountCommand(
    'set',
    'change the settings of an account',
    './offhook accounts set --account 15300002 --timezone US/Arizona',
  )
    .option('--name <name>', 'the name shown to people')
    .option('--timezone <name>', 'time zone of reports that name none')
    .option('--feed-timezone <name>', 'time zone of feed times that have none')
    .option(
      '--agent-rule <regex>',
      'regular expression whose first group finds the agent id in a feed’s name; empty: the feed’s own rule',
    )
    .addOption(
      new Option(
        '--keep-months <number>',
        'whole months before the current one to keep; deletion of older data is announced first; 0: keep everything',
      ).argParser(wholeNumber),
    )
    .option('--main <id>', 'the main account, rights to which also apply to this account; its own id: none')
    .action((options: SetOptions) => {
      const { account: accountId, dataDir } = options;
      const settings = settingsOf(options);
      return withOffhook(dataDir, async offhook => {
        await warnOfNewAccounts(offhook.engine, [accountId]);
        const before = await readAccount(offhook.engine, accountId);
        const { account, changed } = await writeAccount(offhook.engine, { accountId, ...settings }, Date.now());
        process.stdout.write(settingsText(before, account, changed));
        if (changed.length === 0) return;
        const values = Object.fromEntries(changed.map(setting => [setting, account[setting]]));
        await recordAction(offhook, 'ACCOUNT_CHANGED', accountId, values);
      });
    });
}

const SETTING_NAMES: Readonly<Record<Setting, string>> = {
  accountName: 'name',
  mainAccountId: 'main account',
  timezone: 'timezone',
  feedTimezone: 'feed timezone',
  agentRule: 'agent rule',
  keepMonths: 'months kept',
};
/** Settings that change how inputs are decoded. */
const DECODING_SETTINGS: readonly Setting[] = ['feedTimezone', 'agentRule'];

/** The only number is that of kept months, with 0 for all. */
const settingText = (value: string | number) => (typeof value === 'number' ? value || 'all' : `'${value}'`);

function settingsText(before: Account, after: Account, changed: readonly Setting[]): string {
  const changes = changed.map(
    setting => `${SETTING_NAMES[setting]} is now ${settingText(after[setting])} (was ${settingText(before[setting])})`,
  );
  const text = `Account ${after.accountId}: ${changes.join(', ') || 'nothing changed'}.\n`;
  return changed.some(setting => DECODING_SETTINGS.includes(setting)) ? text + replayHint(after.accountId) : text;
}

/** @throws UserError UNKNOWN_TIME_ZONE, INVALID_REQUEST */
function settingsOf(options: SetOptions): AccountGiven {
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
