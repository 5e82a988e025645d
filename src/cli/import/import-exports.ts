// `offhook import` of RingCentral's exports, and time zones of imported files.
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

/** An export with the time zone of its times. */
interface ChosenExport extends Export {
  timezone: string;
}

/**
 * The export with this name; undefined if it is a feed.
 * @throws UserError INVALID_REQUEST if an account or time zone is missing or must not be given; UNKNOWN_TIME_ZONE
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
      `The feed ${source} does not accept --timezone.`,
      'Set the time zone of the account instead: ./offhook accounts set --account ID --feed-timezone NAME',
    );
  }
  const zone = timezone ?? chosen.timezone;
  if (zone === undefined) {
    throw invalidOptions(
      `The times in an ${source} have no time zone, and --timezone is missing.`,
      'Add the time zone of the report, such as --timezone America/New_York.',
    );
  }
  if (chosen.needsAccount && account === undefined) {
    throw invalidOptions(
      `The rows of an ${source} name no account, and --account is missing.`,
      'Add the account of the report, such as --account 15300002.',
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
    const note = (text: string) => void process.stderr.write(`${file}: ${text}\n`);
    const exportContext = { ...context, timezone: chosen.timezone, note };
    return importExport({ engine, writer: tallied(writer, tally) }, chosen, bytes, exportContext, nextVersion);
  };
}

/**
 * Adds the time zone of feed times that have none: that of --timezone, or else the account's.
 * @throws UserError UNKNOWN_TIME_ZONE; while decoding, INVALID_REQUEST if there is neither
 */
export function withZone(source: string, timezone: string | undefined, context: DecodeContext): DecodeContext {
  if (!hasLocalTimes(source)) return context;
  const zone = timezone && timeZoneNamed(timezone);
  return { ...context, zoneOf: accountId => zone || context.zoneOf(accountId) || missingZone() };
}

const hasLocalTimes = (source: string) => 'hasLocalTimes' in feedNamed(source);

function missingZone(): never {
  throw invalidOptions(
    'The times in the file have no time zone, and the account has no time zone for feeds.',
    'Add the time zone of the phone system, such as --timezone America/New_York, or set it for the account: ' +
      './offhook accounts set --account ID --feed-timezone NAME',
  );
}

function invalidOptions(message: string, remedy: string): UserError {
  return new UserError('INVALID_REQUEST', message, remedy);
}
