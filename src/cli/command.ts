// Builds commands with the options that they share.
import { Command } from 'commander';
import { accountOption, dataDirOption } from './options.ts';

export interface DataDirOptions {
  dataDir: string;
}
export interface AccountOptions extends DataDirOptions {
  account: string;
}

/** A command that has only subcommands. */
export function commandGroup(name: string, description: string, subcommands: readonly Command[]): Command {
  const group = new Command(name).description(description);
  for (const subcommand of subcommands) group.addCommand(subcommand);
  return group;
}

/**
 * A command on a data directory.
 * @param exampleLine shown at the end of the command's help
 * @param details shown below the description in the command's help
 */
export const dataCommand = (name: string, description: string, exampleLine: string, details?: string): Command =>
  new Command(name)
    .summary(description)
    .description(details === undefined ? description : `${description}\n\n${details}`)
    .addOption(dataDirOption())
    .addHelpText('after', `\nExample:\n  ${exampleLine}\n`);

/** The same for a command about one account. */
export const accountCommand = (name: string, description: string, exampleLine: string, details?: string): Command =>
  dataCommand(name, description, exampleLine, details).addOption(accountOption());
