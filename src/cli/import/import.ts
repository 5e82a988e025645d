// `offhook import`: imports files with events or sessions, and prints how many inputs were stored and rejected.
import { type Command, Option } from 'commander';
import { ERROR_CODES } from '../../errors.ts';
import { type Offhook, withOffhook } from '../../pipeline.ts';
import { EXPORTS } from '../../sources/ringcentral-exports/exports.ts';
import { FEEDS, feedNamed } from '../../sources/registry.ts';
import type { Written } from '../../ingest/events/event-writer.ts';
import { type RejectTally, rejectTally } from '../../ingest/reject-tally.ts';
import { storedCount } from '../../ingest/stored-count.ts';
import { checkReadable } from '../files.ts';
import { exportImporter, exportOf, withZone } from './import-exports.ts';
import { type CheckpointOf, type ImportBytes, importFiles } from './import-files.ts';
import { importCheckpoint } from '../../ingest/import-checkpoint.ts';
import { type DataDirOptions, dataCommand } from '../command.ts';
import { counted, grouped } from '../../plain-text.ts';
import { terminalProgress } from '../output.ts';
import { refuseWrongFile } from './wrong-file.ts';

interface ImportOptions extends DataDirOptions {
  source: string;
  account?: string;
  timezone?: string;
}

export function importCommand(): Command {
  const names = [...Object.keys(FEEDS), ...Object.keys(EXPORTS)];
  return dataCommand(
    'import',
    'import events from files, or sessions from RingCentral’s exports',
    './offhook import --source ringcx --account 15300002 events.ndjson',
  )
    .addOption(new Option('--source <name>', 'the feed or export').choices(names).makeOptionMandatory())
    .option('--account <id>', 'the account of inputs that name none; inputs that name another account are rejected')
    .option('--timezone <name>', 'time zone of times that have none, in an export or in a queue_log table')
    .argument(
      '<file...>',
      'NDJSON, a JSON array, the feed’s own format, or the CSV file of an export; .gz files are decompressed; - is standard input',
    )
    .action((files: string[], options: ImportOptions) => {
      checkReadable(files);
      const chosen = exportOf(options.source, options.account, options.timezone);
      return withOffhook(options.dataDir, offhook => importInto(offhook, files, options, chosen));
    });
}

async function importInto(
  offhook: Offhook,
  files: readonly string[],
  { source, timezone, account = '' }: ImportOptions,
  chosen: ReturnType<typeof exportOf>,
): Promise<void> {
  const { engine } = offhook;
  const accountContext = await offhook.decodeContext({
    accountId: account,
    isAllowed: accountId => account === '' || accountId === account,
    receivedAt: Date.now(),
    live: false,
  });
  const context = chosen === undefined ? withZone(source, timezone, accountContext) : accountContext;
  const tally = rejectTally();
  const importBytes: ImportBytes =
    chosen === undefined
      ? (bytes, firstLine) => offhook.importFile(feedNamed(source), bytes, context, { firstLine, tally })
      : exportImporter(offhook, chosen, context, tally);
  const checkpointOf: CheckpointOf = path =>
    chosen === undefined ? importCheckpoint(engine, { source, accountId: account, path }) : undefined;
  const things = chosen?.rowKind ?? 'events';
  const table = chosen === undefined ? 'events' : (`imported_${chosen.rowKind}` as const);
  // For feeds without sessions, sessionization reports which facts are new.
  const isCounted = chosen !== undefined || 'decoder' in feedNamed(source);
  const count = async () => (isCounted ? storedCount(engine, table, account) : undefined);

  const before = await count();
  const imported = await importFiles(files, {
    importBytes,
    things,
    checkpointOf,
    progress: terminalProgress(process.stderr, Date.now),
    check: (file, beginning) => refuseWrongFile(file, source, beginning, context),
  });
  const after = before === undefined ? undefined : await count();
  const added = before === undefined || after === undefined ? undefined : after - before;
  process.stderr.write(importedText(imported, things, added) + rejectsText(tally));
  if (imported.rejected > 0) process.exitCode = ERROR_CODES.REJECTED_INPUTS.exit;
}

/** @param added the number of new rows; undefined if they were not counted */
function importedText({ stored, rejected, known }: Written, things: string, added: number | undefined): string {
  const isNew = known === undefined ? added : stored - known;
  const details =
    isNew === undefined
      ? ''
      : ` (${grouped(Math.min(isNew, stored))} new, ${grouped(Math.max(stored - isNew, 0))} already known)`;
  return `${counted(stored, things.slice(0, -1))} stored${details}, ${counted(rejected, 'input')} rejected and kept.\n`;
}

function rejectsText(tally: RejectTally): string {
  const reasons = Object.entries(tally.reasons()).map(([reason, count]) => `${grouped(count)} ${reason}`);
  if (reasons.length === 0) return '';
  const first = tally.first().map(({ position, detail }) => `  line ${position}: ${detail}\n`);
  return `Reasons: ${reasons.join(', ')}. The first rejects:\n${first.join('')}`;
}
