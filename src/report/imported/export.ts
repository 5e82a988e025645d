// The contract of RingCentral's exports: a CSV file's header and the rows below it in, imported sessions or states out.
import { UserError } from '../../errors.ts';
import type { DecodeContext } from '../../sources/source.ts';
import type { Imported } from '../../store/imported-sessions.ts';

export interface ExportContext extends DecodeContext {
  /** Zone of the file's times. */
  timezone: string;
}

export interface Export {
  /** The word after `--source`. */
  name: string;
  /** What it is of: also the end of the name of their table. */
  things: 'sessions' | 'states';
  /** Whether the caller must name the account, since the rows do not. */
  needsAccount: boolean;
  /** Zone of the file's times where the caller names none; undefined: the caller must. */
  timezone: string | undefined;
  /**
   * A reader for the rows of one file, in their order.
   * @throws UserError INVALID_REQUEST for a header that is not the export's, UNKNOWN_TIME_ZONE; the reader throws a Refusal
   */
  reader: (header: readonly string[], context: ExportContext) => (cells: readonly string[]) => Imported;
}

export function invalidExport(message: string, mend: string): UserError {
  return new UserError('INVALID_REQUEST', message, mend);
}
