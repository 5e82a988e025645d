// The command line with all its commands.
import { Command } from 'commander';
import { UserError } from '../errors.ts';
import { accountsCommand } from './directory/accounts.ts';
import { agentsCommand } from './directory/agents.ts';
import { auditCommand } from './access/audit.ts';
import { clientsCommand } from './access/clients.ts';
import { doctorCommand } from './quality/doctor.ts';
import { followCommand } from './import/follow.ts';
import { importCommand } from './import/import.ts';
import { rebuildCommand } from './quality/rebuild.ts';
import { replayCommand } from './quality/replay.ts';
import { reportCommand } from './report.ts';
import { serveCommand } from './serve/serve.ts';
import { simulateCommand } from './simulate.ts';
import { statesCommand } from './directory/states.ts';
import { usersCommand } from './access/users.ts';

/** @throws UserError; CommanderError after it has printed the help or an invalid argument */
export async function runCommandLine(args: readonly string[], version: string): Promise<void> {
  const program = new Command('offhook')
    .description('The agent session report of every contact centre: one row per login, computed exactly.')
    .version(version);
  for (const command of [
    serveCommand(version),
    importCommand(),
    followCommand(),
    agentsCommand(),
    reportCommand(),
    accountsCommand(),
    statesCommand(),
    usersCommand(),
    clientsCommand(),
    auditCommand(),
    doctorCommand(),
    replayCommand(),
    rebuildCommand(),
    simulateCommand(),
  ]) {
    program.addCommand(command);
  }
  leaveExitToCaller(program);
  if (args.length === 0)
    throw new UserError('INVALID_REQUEST', 'The command is missing.', "List the commands with './offhook --help'.");
  await program.parseAsync(args, { from: 'user' });
}

/** Without this, Commander would end the process with its own exit codes. */
function leaveExitToCaller(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) leaveExitToCaller(child);
}
