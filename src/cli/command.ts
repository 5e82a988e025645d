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

/** A command on a data directory, with an example at the end of its help. */
export const dataCommand = (name: string, description: string, exampleLine: string): Command =>
  new Command(name).description(description).addOption(dataDirOption()).addHelpText('after', example(exampleLine));

/** The same for a command about one account. */
export const accountCommand = (name: string, description: string, exampleLine: string): Command =>
  dataCommand(name, description, exampleLine).addOption(accountOption());

/** The end of a command's help. */
export const example = (line: string) => `\nExample:\n  ${line}\n`;
