// The command line: words and options into calls of the pipeline.
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { ERROR_CODES, UserError } from '../errors.ts';
import { withOffhook } from '../pipeline.ts';
import { FORMATS, type FormatName } from '../report/formats/formats.ts';
import { timeZoneNamed } from '../report/time-zone.ts';
import { SOURCES, sourceNamed } from '../sources/registry.ts';
import { listAccounts, readAccount, writeAccount } from '../store/accounts.ts';
import { importAgents, parseAgentsCsv } from '../store/agents.ts';
import { checkReadable, outputTo, readText } from './files.ts';
import { importFiles } from './import.ts';
import { accountOption, dataDirOption, example, staleAfterOption } from './options.ts';
import { grouped, terminalProgress } from './output.ts';
import { serveCommand } from './serve.ts';
import { simulateCommand } from './simulate.ts';

export function importCommand(): Command {
  return new Command('import')
    .description('store the events of files; standard input is -')
    .addOption(new Option('--source <name>', 'the feed').choices(Object.keys(SOURCES)).makeOptionMandatory())
    .option('--account <id>', 'account of inputs that name none, and the only one accepted')
    .addOption(dataDirOption())
    .argument('<file...>', 'NDJSON, a JSON array or the feed’s own form; .gz is decompressed')
    .addHelpText('after', example('./offhook import --source ringcx --account 15300002 events.ndjson'))
    .action((files: string[], options: { source: string; account?: string; dataDir: string }) => {
      checkReadable(files);
      return withOffhook(options.dataDir, async offhook => {
        const given = { accountId: options.account ?? '', receivedAt: Date.now(), live: false };
        const context = await offhook.decodeContext(given);
        const progress = terminalProgress(process.stderr, Date.now);
        const { stored, rejected } = await importFiles(
          ...([offhook, sourceNamed(options.source), files, context, progress] as const),
        );
        process.stderr.write(
          `${grouped(stored)} events stored, ${grouped(rejected)} inputs rejected and kept.\n`,
        );
        if (rejected > 0) process.exitCode = ERROR_CODES.REJECTED_INPUTS.exit;
      });
    });
}

export function agentsCommand(): Command {
  const agents = new Command('agents').description('the agent directory');
  agents
    .command('import')
    .description('store who the agents are, from a CSV file with a header')
    .addOption(accountOption())
    .addOption(dataDirOption())
    .argument('<file>', 'columns among agent_id,first_name,last_name,username,email,team,…,valid_from')
    .addHelpText('after', example('./offhook agents import --account 15300002 agents.csv'))
    .action((file: string, options: { account: string; dataDir: string }) => {
      const entries = parseAgentsCsv(readText(file));
      return withOffhook(options.dataDir, async ({ engine }) => {
        const { written, unchanged } = await importAgents(engine, options.account, entries, Date.now());
        process.stderr.write(`${grouped(written)} entries written, ${grouped(unchanged)} unchanged.\n`);
      });
    });
  return agents;
}

interface ReportWords {
  account: string[];
  start?: string;
  end?: string;
  timezone?: string;
  format: FormatName;
  out?: string;
  staleAfter: number;
  dataDir: string;
}

export function reportCommand(): Command {
  return new Command('report')
    .description('write the agent session report')
    .requiredOption('--account <id...>', 'the account, or several')
    .option('--start <time>', "first login, 'YYYY-MM-DD HH:MM:SS'; default: today")
    .option('--end <time>', 'last login, included')
    .option('--timezone <name>', 'zone of start, end and the report’s times; default: the account’s')
    .addOption(new Option('--format <format>', 'output').choices(Object.keys(FORMATS)).default('csv'))
    .option('--out <file>', 'write to a file instead of standard output')
    .addOption(staleAfterOption())
    .addOption(dataDirOption())
    .addHelpText(
      'after',
      example(
        "./offhook report --account 15300002 --start '2020-04-27 00:00:00' --end '2020-04-27 23:59:59' \\\n" +
          '    --timezone US/Arizona --out report.csv',
      ),
    )
    .action((words: ReportWords) =>
      withOffhook(words.dataDir, async offhook => {
        const timezone = words.timezone ?? (await readAccount(offhook.engine, words.account[0]!)).timezone;
        const criteria = {
          ...{ accountIds: words.account, start: words.start, end: words.end, timezone },
          ...{ agentIds: [], agentGroupIds: [], agentTeams: [] },
        };
        const clock = { nowMs: Date.now(), staleAfterMs: words.staleAfter };
        const keepFormulas = process.env.OFFHOOK_CSV_RAW === '1';
        const bytes = offhook.report(criteria, clock, { format: words.format, keepFormulas });
        await pipeline(bytes, outputTo(words.out), { end: words.out !== undefined && words.out !== '-' });
      }),
    );
}

export function accountsCommand(): Command {
  const accounts = new Command('accounts').description('accounts and their settings');
  accounts
    .command('list')
    .description('list the accounts')
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook accounts list'))
    .action((options: { dataDir: string }) =>
      withOffhook(options.dataDir, async ({ engine }) => {
        for (const { accountId, accountName, timezone, feedTimezone } of await listAccounts(engine)) {
          process.stdout.write(`${[accountId, accountName, timezone, feedTimezone].join('\t')}\n`);
        }
      }),
    );
  accounts
    .command('set')
    .description('set an account’s name and zones')
    .addOption(accountOption())
    .option('--name <name>', 'name shown to people')
    .option('--timezone <name>', 'zone of reports that name none')
    .option('--feed-timezone <name>', 'zone of a feed’s times that carry none')
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook accounts set --account 15300002 --timezone US/Arizona'))
    .action(async (options: Record<string, string>) => {
      for (const zone of [options.timezone, options.feedTimezone])
        if (zone !== undefined) timeZoneNamed(zone);
      await withOffhook(options.dataDir!, async ({ engine }) => {
        const known = await readAccount(engine, options.account!);
        const account = {
          accountId: known.accountId,
          accountName: options.name ?? known.accountName,
          timezone: options.timezone ?? known.timezone,
          feedTimezone: options.feedTimezone ?? known.feedTimezone,
        };
        await writeAccount(engine, account, Date.now());
      });
    });
  return accounts;
}

/** @throws UserError, or CommanderError when it has printed help, or what is wrong with the words */
export async function runCommandLine(words: readonly string[], version: string): Promise<void> {
  const program = new Command('offhook')
    .description('The agent session report of every contact centre: one row per login, computed exactly.')
    .version(version);
  for (const command of [
    serveCommand(version),
    importCommand(),
    agentsCommand(),
    reportCommand(),
    accountsCommand(),
    simulateCommand(),
  ]) {
    program.addCommand(command);
  }
  leaveExitToCaller(program);
  if (words.length === 0)
    throw new UserError('INVALID_REQUEST', 'No command was given.', "Try './offhook --help'.");
  await program.parseAsync(words, { from: 'user' });
}

/** Commander would end the process by itself, with a code of its own. */
function leaveExitToCaller(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) leaveExitToCaller(child);
}
