// The words of `offhook import` for RingCentral's exports into the import of their files.
import { UserError } from '../../errors.ts';
import type { Offhook } from '../../pipeline.ts';
import type { Export } from '../../sources/ringcentral-exports/export.ts';
import { EXPORTS } from '../../sources/ringcentral-exports/exports.ts';
import { importExport } from '../../ingest/export-import.ts';
import { timeZoneNamed } from '../../time/time-zone.ts';
import { feedNamed } from '../../sources/registry.ts';
import type { DecodeContext } from '../../sources/source.ts';
import { versionsFrom } from '../../ingest/imported-sessions.ts';
import { type RejectTally, tallied } from '../../ingest/reject-tally.ts';
import type { ImportBytes } from './import-files.ts';

/** An export with the zone that its times are read in. */
interface ChosenExport extends Export {
  timezone: string;
}

/**
 * The export of that name; undefined: it is a feed.
 * @throws UserError INVALID_REQUEST where an account or zone is needed and not given, or given to a feed; UNKNOWN_TIME_ZONE
 */
export function exportOf(
  source: string,
  account: string | undefined,
  timezone: string | undefined,
): ChosenExport | undefined {
  const chosen = EXPORTS[source];
  if (chosen === undefined) {
    if (timezone === undefined || hasLocalTimes(source)) return undefined;
    throw invalidOptions(
      `The feed ${source} takes no --timezone.`,
      "A feed's zone is a setting of its account: './offhook accounts set --help'.",
    );
  }
  const zone = timezone ?? chosen.timezone;
  if (zone === undefined) {
    throw invalidOptions(
      `The times of an ${source} carry no zone, and no --timezone says which one they were printed in.`,
      "Give the report's zone: --timezone America/New_York.",
    );
  }
  if (chosen.needsAccount && account === undefined) {
    throw invalidOptions(
      `The rows of an ${source} name no account, and no --account does.`,
      'Give the account that the report is of: --account 15300002.',
    );
  }
  return { ...chosen, timezone: timeZoneNamed(zone) };
}

export function exportImporter(
  { engine, writer }: Offhook,
  chosen: ChosenExport,
  context: DecodeContext,
  tally: RejectTally,
): ImportBytes {
  const nextVersion = versionsFrom(context.receivedAt);
  return (bytes, _firstLine, file) => {
    const tell = (note: string) => void process.stderr.write(`${file}: ${note}\n`);
    const exportContext = { ...context, timezone: chosen.timezone, tell };
    return importExport({ engine, writer: tallied(writer, tally) }, chosen, bytes, exportContext, nextVersion);
  };
}

/**
 * The zone of a feed's times that carry none: what --timezone says, or the account's setting, or a question to who imports.
 * @throws UserError UNKNOWN_TIME_ZONE; and in decoding, INVALID_REQUEST
 */
export function withZone(source: string, timezone: string | undefined, context: DecodeContext): DecodeContext {
  if (!hasLocalTimes(source)) return context;
  const zone = timezone && timeZoneNamed(timezone);
  return { ...context, zoneOf: accountId => zone || context.zoneOf(accountId) || askForZone() };
}

const hasLocalTimes = (source: string) => 'hasLocalTimes' in feedNamed(source);

function askForZone(): never {
  throw invalidOptions(
    'The times in the file carry no zone, and nothing says which one they were written in.',
    "Give the zone of the switch, such as --timezone America/New_York; or set it for the account: './offhook accounts set --help'.",
  );
}

function invalidOptions(message: string, remedy: string): UserError {
  return new UserError('INVALID_REQUEST', message, remedy);
}
