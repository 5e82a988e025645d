// `offhook users`: who may sign in, and what they may do.
import { Command, Option } from 'commander';
import { type Audit, openAudit } from '../../access/audit/audit.ts';
import { ALL_ACCOUNTS, type Grant, type Principal, ROLES, type Role } from '../../access/principal.ts';
import { newPassword } from '../../access/secrets/secrets.ts';
import { keyedMutex } from '../../engine/keyed-mutex.ts';
import { openUserAdmin, type UserAdmin } from '../../access/users/user-admin.ts';
import { listUsers } from '../../access/users/users.ts';
import { UserError } from '../../errors.ts';
import { type Offhook, withOffhook, withStored } from '../../pipeline.ts';
import { readText } from '../files.ts';
import { sayNewAccounts } from '../directory/new-account.ts';
import { dataDirOption, example } from '../options.ts';

/** Who changes things here: whoever may read and write the data directory. */
export const COMMAND_LINE = { username: '', address: 'command line' };

export const auditOf = ({ engine }: Pick<Offhook, 'engine'>): Audit => openAudit(engine, Date.now);

interface PasswordOptions {
  dataDir: string;
  passwordStdin?: true;
}

export function usersCommand(): Command {
  const users = new Command('users').description('who may sign in');
  for (const command of [addCommand(), listCommand(), removeCommand(), passwordCommand()]) {
    users.addCommand(command);
  }
  return users;
}

function addCommand(): Command {
  return new Command('add')
    .description('make a user')
    .argument('<name>', 'the user name')
    .addOption(new Option('--role <role>', 'what they may do').choices([...ROLES]).makeOptionMandatory())
    .option('--account <id...>', 'the accounts; default: all')
    .option('--group <id...>', 'the agent groups that a reader sees; default: all')
    .addOption(passwordOption())
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook users add payroll --role reader --account 15300002'))
    .action((username: string, options: PasswordOptions & { role: Role; account?: string[]; group?: string[] }) => {
      const { role, account = [ALL_ACCOUNTS], group = [] } = options;
      const grants: Grant[] = account.map(accountId => ({ accountId, role, agentGroupIds: group }));
      const password = givenPassword(options);
      return withOffhook(options.dataDir, async offhook => {
        await sayNewAccounts(
          offhook.engine,
          account.filter(id => id !== ALL_ACCOUNTS),
        );
        const added = await userAdmin(offhook).add({ username, password, grants }, COMMAND_LINE);
        printPassword(username, added);
      });
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('list the users: name, role, account, agent groups')
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook users list'))
    .action((options: { dataDir: string }) =>
      withStored(options.dataDir, async ({ engine }) => {
        for (const line of (await listUsers(engine)).flatMap(linesOf)) process.stdout.write(`${line}\n`);
      }),
    );
}

function removeCommand(): Command {
  return new Command('remove')
    .description('delete a user with all their tokens')
    .argument('<name>', 'the user name')
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook users remove payroll'))
    .action((username: string, options: { dataDir: string }) =>
      withStored(options.dataDir, async offhook => {
        await userAdmin(offhook).remove(username, COMMAND_LINE);
        process.stdout.write(`The user ${username} is deleted, with all their tokens.\n`);
      }),
    );
}

function passwordCommand(): Command {
  return new Command('password')
    .description('give a user another password, which ends their sign-ins')
    .argument('<name>', 'the user name')
    .addOption(passwordOption())
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook users password payroll'))
    .action((username: string, options: PasswordOptions) => {
      const given = givenPassword(options);
      const password = given ?? newPassword();
      return withStored(options.dataDir, async offhook => {
        await userAdmin(offhook).change(username, { password, grants: undefined }, COMMAND_LINE);
        if (given === undefined) printPassword(username, password);
        else process.stdout.write(`The password of ${username} is changed, which ended their sign-ins.\n`);
      });
    });
}

const passwordOption = () =>
  new Option('--password-stdin', 'read the password from standard input; default: generate and print one');

/** The first line of standard input. @throws UserError INVALID_REQUEST */
function givenPassword({ passwordStdin }: PasswordOptions): string | undefined {
  if (!passwordStdin) return undefined;
  const [password = ''] = readText('-').split(/\r?\n/);
  if (password !== '') return password;
  throw new UserError(
    'INVALID_REQUEST',
    'Standard input holds no password.',
    'Write it there: printf \'%s\' "$PASSWORD" | ./offhook users …',
  );
}

function printPassword(username: string, password: string | undefined): void {
  if (password === undefined) return;
  process.stdout.write(`User: ${username}, password: ${password} (printed only this once)\n`);
}

function userAdmin(offhook: Offhook): UserAdmin {
  const parts = { engine: offhook.engine, audit: auditOf(offhook), now: Date.now };
  return openUserAdmin({ ...parts, mutex: keyedMutex(), changed: () => {} });
}

function linesOf({ username, grants }: Principal): string[] {
  return grants.map(({ accountId, role, agentGroupIds }) =>
    [username, role, accountId || 'all accounts', agentGroupIds.join(',') || 'all groups'].join('\t'),
  );
}
