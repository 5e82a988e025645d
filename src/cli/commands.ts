// The command line: words and options into calls of the pipeline.
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { ERROR_CODES, UserError } from '../errors.ts';
import { withOffhook } from '../pipeline.ts';
import { ALL_SESSIONS } from '../report/criteria.ts';
import { FILE_FORMATS, type FormatName } from '../report/formats/formats.ts';
import { EXPORTS } from '../report/imported/exports.ts';
import { FEEDS, feedNamed } from '../sources/registry.ts';
import { readAccount } from '../store/accounts.ts';
import { accountsCommand } from './accounts.ts';
import { agentsCommand } from './agents.ts';
import { auditCommand } from './audit.ts';
import { clientsCommand } from './clients.ts';
import { checkReadable, outputTo } from './files.ts';
import { doctorCommand } from './doctor.ts';
import { followCommand } from './follow.ts';
import { type ImportBytes, importFiles, type PlaceOf } from './import.ts';
import { placeIn } from './import-place.ts';
import { exportImporter, exportOf, withZone } from './import-exports.ts';
import { dataDirOption, example, staleAfterOption } from './options.ts';
import { grouped, terminalProgress } from './output.ts';
import { rebuildCommand } from './rebuild.ts';
import { replayCommand } from './replay.ts';
import { serveCommand } from './serve.ts';
import { simulateCommand } from './simulate.ts';
import { statesCommand } from './states.ts';
import { usersCommand } from './users.ts';

interface ImportWords {
  source: string;
  account?: string;
  timezone?: string;
  dataDir: string;
}

export function importCommand(): Command {
  const names = [...Object.keys(FEEDS), ...Object.keys(EXPORTS)];
  return new Command('import')
    .description('store the events of files, or the sessions of RingCentral’s exports; standard input is -')
    .addOption(new Option('--source <name>', 'the feed or export').choices(names).makeOptionMandatory())
    .option('--account <id>', 'account of inputs that name none, and the only one accepted')
    .option('--timezone <name>', 'zone of times that carry none: of an export, or of a table queue_log')
    .addOption(dataDirOption())
    .argument(
      '<file...>',
      'NDJSON, a JSON array, the feed’s own form, or an export’s CSV; .gz is decompressed',
    )
    .addHelpText('after', example('./offhook import --source ringcx --account 15300002 events.ndjson'))
    .action((files: string[], { source, account, timezone, dataDir }: ImportWords) => {
      checkReadable(files);
      const chosen = exportOf(source, account, timezone);
      return withOffhook(dataDir, async offhook => {
        const told = await offhook.decodeContext({
          accountId: account ?? '',
          isAllowed: accountId => account === undefined || accountId === account,
          ...{ receivedAt: Date.now(), live: false },
        });
        const context = chosen === undefined ? withZone(source, timezone, told) : told;
        const progress = terminalProgress(process.stderr, Date.now);
        const importBytes: ImportBytes =
          chosen === undefined
            ? (bytes, firstLine) => offhook.importFile(feedNamed(source), bytes, context, firstLine)
            : exportImporter(offhook, chosen, context);
        const placeOf: PlaceOf = path =>
          chosen === undefined
            ? placeIn(offhook.engine, { source, accountId: account ?? '', path })
            : undefined;
        const things = chosen?.things ?? 'events';
        const { stored, rejected } = await importFiles(importBytes, files, things, progress, placeOf);
        process.stderr.write(
          `${grouped(stored)} ${things} stored, ${grouped(rejected)} inputs rejected and kept.\n`,
        );
        if (rejected > 0) process.exitCode = ERROR_CODES.REJECTED_INPUTS.exit;
      });
    });
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
    .addOption(new Option('--format <format>', 'output').choices(FILE_FORMATS).default('csv'))
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
          ...ALL_SESSIONS,
        };
        const clock = { nowMs: Date.now(), staleAfterMs: words.staleAfter };
        const keepFormulas = process.env.OFFHOOK_CSV_RAW === '1';
        const bytes = offhook.report(criteria, clock, { format: words.format, keepFormulas });
        await pipeline(bytes, outputTo(words.out), { end: words.out !== undefined && words.out !== '-' });
      }),
    );
}

/** @throws UserError, or CommanderError when it has printed help, or what is wrong with the words */
export async function runCommandLine(words: readonly string[], version: string): Promise<void> {
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
  if (words.length === 0)
    throw new UserError('INVALID_REQUEST', 'No command was given.', "Try './offhook --help'.");
  await program.parseAsync(words, { from: 'user' });
}

/** Commander would end the process by itself, with a code of its own. */
function leaveExitToCaller(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) leaveExitToCaller(child);
}
