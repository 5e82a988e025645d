// The contract of RingCentral's exports: CSV rows in, imported sessions or states out.
import { UserError } from '../../errors.ts';
import type { DecodeContext } from '../source.ts';
import type { Delimiter } from '../tables/delimited.ts';
import type { Imported } from './imported-session.ts';

export interface ExportContext extends DecodeContext {
  /** Zone of the file's times. */
  timezone: string;
  /** Notes for the user what is missing from the file or was ignored. */
  note: (text: string) => void;
}

/** The header of a file's table. */
export interface ExportHeader {
  names: readonly string[];
  delimiter: Delimiter;
}

/** Reads the row at a line of the file; undefined for a line of totals, which is no session. */
export type RowReader = (cells: readonly string[], line: number) => Imported | undefined;

export interface Export {
  /** The name in `--source`. */
  name: string;
  /** What its rows are; also the suffix of their table's name. */
  rowKind: 'sessions' | 'states';
  /** Whether the caller must name the account, because the rows do not. */
  needsAccount: boolean;
  /** Default zone of the file's times; undefined: the caller must name one. */
  timezone: string | undefined;
  /** Its name in messages, with an article. */
  title: string;
  /** Columns that its header must have, and by which it is recognized. */
  requiredColumns: readonly string[];
  /**
   * A reader for the rows of one file, in their order. It throws a Refusal for a bad row and a UserError for a bad file.
   * @throws UserError UNKNOWN_TIME_ZONE
   */
  reader: (header: ExportHeader, context: ExportContext) => RowReader;
}

export function invalidExport(message: string, remedy: string): UserError {
  return new UserError('INVALID_REQUEST', message, remedy);
}
