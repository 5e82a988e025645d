// `offhook import`: the files that its words name into stored events or sessions, and what became of their inputs.
import { Command, Option } from 'commander';
import { ERROR_CODES } from '../../errors.ts';
import { type Offhook, withOffhook } from '../../pipeline.ts';
import { EXPORTS } from '../../sources/ringcentral-exports/exports.ts';
import { FEEDS, feedNamed } from '../../sources/registry.ts';
import type { Written } from '../../ingest/events/event-writer.ts';
import { type RejectTally, rejectTally } from '../../ingest/reject-tally.ts';
import { storedCount } from '../../ingest/stored-count.ts';
import { checkReadable } from '../files.ts';
import { exportImporter, exportOf, withZone } from './import-exports.ts';
import { type ImportBytes, importFiles, type PlaceOf } from './import-files.ts';
import { placeIn } from '../../ingest/import-checkpoint.ts';
import { dataDirOption, example } from '../options.ts';
import { grouped } from '../../plain-text.ts';
import { terminalProgress } from '../output.ts';
import { refuseWrongFile } from './wrong-file.ts';

interface ImportOptions {
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
    .argument('<file...>', 'NDJSON, a JSON array, the feed’s own form, or an export’s CSV; .gz is decompressed')
    .addHelpText('after', example('./offhook import --source ringcx --account 15300002 events.ndjson'))
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
  const told = await offhook.decodeContext({
    accountId: account,
    isAllowed: accountId => account === '' || accountId === account,
    receivedAt: Date.now(),
    live: false,
  });
  const context = chosen === undefined ? withZone(source, timezone, told) : told;
  const tally = rejectTally();
  const importBytes: ImportBytes =
    chosen === undefined
      ? (bytes, firstLine) => offhook.importFile(feedNamed(source), bytes, context, { firstLine, tally })
      : exportImporter(offhook, chosen, context, tally);
  const placeOf: PlaceOf = path =>
    chosen === undefined ? placeIn(engine, { source, accountId: account, path }) : undefined;
  const things = chosen?.things ?? 'events';
  const table = chosen === undefined ? 'events' : (`imported_${chosen.things}` as const);
  // The makers of sessions know by themselves which facts are new.
  const isCounted = chosen !== undefined || 'decoder' in feedNamed(source);
  const count = async () => (isCounted ? storedCount(engine, table, account) : undefined);

  const before = await count();
  const imported = await importFiles(files, {
    importBytes,
    things,
    placeOf,
    progress: terminalProgress(process.stderr, Date.now),
    check: (file, beginning) => refuseWrongFile(file, source, beginning, context),
  });
  const after = before === undefined ? undefined : await count();
  const added = before === undefined || after === undefined ? undefined : after - before;
  process.stderr.write(importedText(imported, things, added) + rejectsText(tally));
  if (imported.rejected > 0) process.exitCode = ERROR_CODES.REJECTED_INPUTS.exit;
}

/** @param added rows that are there now and were not before; undefined: they were not counted */
function importedText({ stored, rejected, known }: Written, things: string, added: number | undefined): string {
  const isNew = known === undefined ? added : stored - known;
  const which =
    isNew === undefined
      ? ''
      : ` (${grouped(Math.min(isNew, stored))} new, ${grouped(Math.max(stored - isNew, 0))} already known)`;
  return `${counted(stored, things)} stored${which}, ${counted(rejected, 'inputs')} rejected and kept.\n`;
}

/** `1 event`, `2 events`. */
const counted = (count: number, things: string) => `${grouped(count)} ${count === 1 ? things.slice(0, -1) : things}`;

function rejectsText(tally: RejectTally): string {
  const reasons = Object.entries(tally.reasons()).map(([reason, count]) => `${grouped(count)} ${reason}`);
  if (reasons.length === 0) return '';
  const first = tally.first().map(({ position, detail }) => `  line ${position}: ${detail}\n`);
  return `Rejected: ${reasons.join(', ')}. The first:\n${first.join('')}`;
}
