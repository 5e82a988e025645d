// The command line with all its commands. Only the module of the command that runs is loaded.
import { Command } from 'commander';
import { UserError } from '../errors.ts';

interface ListedCommand {
  /** The name, then whether it takes options and arguments, as the list of commands shows it. */
  usage: string;
  summary: string;
  load: (version: string) => Promise<Command>;
}

/** `usage` and `summary` repeat what the module says, so that the list needs none of them; a test compares both. */
export const COMMANDS: readonly ListedCommand[] = [
  {
    usage: 'serve [options]',
    summary: 'run the server',
    load: async version => (await import('./serve/serve.ts')).serveCommand(version),
  },
  {
    usage: 'import [options] <file...>',
    summary: 'import events from files, or sessions from RingCentral’s exports',
    load: async () => (await import('./import/import.ts')).importCommand(),
  },
  {
    usage: 'follow [options] <file>',
    summary: 'store the lines of a log as they are written (a server can do it with serve --follow)',
    load: async () => (await import('./import/follow.ts')).followCommand(),
  },
  {
    usage: 'agents',
    summary: 'manage the agent directory',
    load: async () => (await import('./directory/agents.ts')).agentsCommand(),
  },
  {
    usage: 'report [options]',
    summary: 'write the agent session report',
    load: async () => (await import('./report.ts')).reportCommand(),
  },
  {
    usage: 'accounts',
    summary: 'manage accounts and their settings',
    load: async () => (await import('./directory/accounts.ts')).accountsCommand(),
  },
  {
    usage: 'states',
    summary: 'manage an account’s own states',
    load: async () => (await import('./directory/states.ts')).statesCommand(),
  },
  {
    usage: 'users',
    summary: 'manage users',
    load: async () => (await import('./access/users.ts')).usersCommand(),
  },
  {
    usage: 'clients',
    summary: 'manage API clients: programs that may sign in',
    load: async () => (await import('./access/clients.ts')).clientsCommand(),
  },
  {
    usage: 'audit [options]',
    summary: 'write the audit log in chronological order',
    load: async () => (await import('./access/audit.ts')).auditCommand(),
  },
  {
    usage: 'doctor [options]',
    summary: 'find missing, unknown or contradictory data, and how to fix it',
    load: async () => (await import('./quality/doctor.ts')).doctorCommand(),
  },
  {
    usage: 'replay [options]',
    summary: 'decode the kept inputs again with the account’s present time zone, states and agent rule',
    load: async () => (await import('./quality/replay.ts')).replayCommand(),
  },
  {
    usage: 'rebuild [options]',
    summary: 'compute all ended sessions again from their events; reports do not change',
    load: async () => (await import('./quality/rebuild.ts')).rebuildCommand(),
  },
  {
    usage: 'simulate [options]',
    summary: 'store the events of a simulated contact centre, or write them to a file',
    load: async () => (await import('./simulate.ts')).simulateCommand(),
  },
];

/** @throws UserError; CommanderError after it has printed the help or an invalid argument */
export async function runCommandLine(args: readonly string[], version: string): Promise<void> {
  const program = new Command('offhook')
    .description('The agent session report of every contact centre: one row per login, computed exactly.')
    .version(version);
  const name = commandIn(args);
  for (const { usage, summary, load } of COMMANDS) {
    program.addCommand(usage.split(' ')[0] === name ? await load(version) : listed(usage, summary));
  }
  leaveExitToCaller(program);
  if (args.length === 0)
    throw new UserError('INVALID_REQUEST', 'The command is missing.', "List the commands with './offhook --help'.");
  await program.parseAsync(args, { from: 'user' });
}

/** A command that is only shown in the list. */
function listed(usage: string, summary: string): Command {
  const [name, ...taken] = usage.split(' ');
  const command = new Command(name).summary(summary);
  for (const options of taken) command.argument(options);
  return command;
}

/** The command that runs, or whose help is asked for; the program itself has no options with values. */
function commandIn(args: readonly string[]): string | undefined {
  const [first, second] = args.filter(arg => !arg.startsWith('-'));
  return first === 'help' ? second : first;
}

/** Without this, Commander would end the process with its own exit codes. */
function leaveExitToCaller(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) leaveExitToCaller(child);
}
