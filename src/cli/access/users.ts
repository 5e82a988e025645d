// `offhook users`: users and their rights.
import { type Command, Option } from 'commander';
import { ALL_ACCOUNTS, type Grant, type Principal, ROLES, type Role } from '../../access/principal.ts';
import { newPassword } from '../../access/secrets/secrets.ts';
import { keyedMutex } from '../../engine/keyed-mutex.ts';
import { openUserAdmin, type UserAdmin } from '../../access/users/user-admin.ts';
import { listUsers } from '../../access/users/users.ts';
import { UserError } from '../../errors.ts';
import { type Offhook, withOffhook, withStored } from '../../pipeline.ts';
import { auditOf, COMMAND_LINE } from '../audit-record.ts';
import { commandGroup, type DataDirOptions, dataCommand } from '../command.ts';
import { readText } from '../files.ts';
import { warnOfNewAccounts } from '../directory/new-account.ts';
import { printRows } from '../output.ts';

interface PasswordOptions extends DataDirOptions {
  passwordStdin?: true;
}

export function usersCommand(): Command {
  return commandGroup('users', 'manage users', [addCommand(), listCommand(), removeCommand(), passwordCommand()]);
}

function addCommand(): Command {
  return dataCommand('add', 'create a user', './offhook users add payroll --role reader --account 15300002')
    .argument('<name>', 'the user name')
    .addOption(new Option('--role <role>', 'what the user may do').choices([...ROLES]).makeOptionMandatory())
    .option('--account <id...>', 'the accounts; default: all')
    .option('--group <id...>', 'the agent groups that a reader sees; default: all')
    .addOption(passwordOption())
    .action((username: string, options: PasswordOptions & { role: Role; account?: string[]; group?: string[] }) => {
      const { role, account = [ALL_ACCOUNTS], group = [] } = options;
      const grants: Grant[] = account.map(accountId => ({ accountId, role, agentGroupIds: group }));
      const password = readPassword(options);
      return withOffhook(options.dataDir, async offhook => {
        await warnOfNewAccounts(
          offhook.engine,
          account.filter(id => id !== ALL_ACCOUNTS),
        );
        const generated = await userAdmin(offhook).add({ username, password, grants }, COMMAND_LINE);
        if (generated !== undefined) printPassword(username, generated);
      });
    });
}

function listCommand(): Command {
  return dataCommand('list', 'list the users: name, role, account, agent groups', './offhook users list').action(
    ({ dataDir }: DataDirOptions) =>
      withStored(dataDir, async ({ engine }) => printRows((await listUsers(engine)).flatMap(rowsOf))),
  );
}

function removeCommand(): Command {
  return dataCommand('remove', 'delete a user and revoke all their tokens', './offhook users remove payroll')
    .argument('<name>', 'the user name')
    .action((username: string, { dataDir }: DataDirOptions) =>
      withStored(dataDir, async offhook => {
        await userAdmin(offhook).remove(username, COMMAND_LINE);
        process.stdout.write(`The user ${username} was deleted and their tokens were revoked.\n`);
      }),
    );
}

function passwordCommand(): Command {
  return dataCommand('password', 'change a user’s password and sign the user out', './offhook users password payroll')
    .argument('<name>', 'the user name')
    .addOption(passwordOption())
    .action((username: string, options: PasswordOptions) => {
      const entered = readPassword(options);
      const password = entered ?? newPassword();
      return withStored(options.dataDir, async offhook => {
        await userAdmin(offhook).change(username, { password, grants: undefined }, COMMAND_LINE);
        if (entered === undefined) printPassword(username, password);
        else process.stdout.write(`The password of ${username} was changed and the user was signed out.\n`);
      });
    });
}

const passwordOption = () =>
  new Option('--password-stdin', 'read the password from standard input; default: generate and print one');

/** The first line of standard input; undefined without the option. @throws UserError INVALID_REQUEST */
function readPassword({ passwordStdin }: PasswordOptions): string | undefined {
  if (!passwordStdin) return undefined;
  const [password = ''] = readText('-').split(/\r?\n/);
  if (password !== '') return password;
  throw new UserError(
    'INVALID_REQUEST',
    'There is no password on standard input.',
    'Pipe it to the command: printf \'%s\' "$PASSWORD" | ./offhook users …',
  );
}

function printPassword(username: string, password: string): void {
  process.stdout.write(`User: ${username}, password: ${password} (shown only once)\n`);
}

function userAdmin(offhook: Offhook): UserAdmin {
  const parts = { engine: offhook.engine, audit: auditOf(offhook), now: Date.now };
  return openUserAdmin({ ...parts, mutex: keyedMutex(), changed: () => {} });
}

const rowsOf = ({ username, grants }: Principal): string[][] =>
  grants.map(({ accountId, role, agentGroupIds }) => [
    username,
    role,
    accountId || 'all accounts',
    agentGroupIds.join(',') || 'all groups',
  ]);
