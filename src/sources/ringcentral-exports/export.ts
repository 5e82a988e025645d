// The contract of RingCentral's exports: a CSV file's header and the rows below it in, imported sessions or states out.
import { UserError } from '../../errors.ts';
import type { Delimiter } from '../tables/delimited.ts';
import type { DecodeContext } from '../source.ts';
import type { Imported } from './imported-session.ts';

export interface ExportContext extends DecodeContext {
  /** Zone of the file's times. */
  timezone: string;
  /** Says to a person what was left out or is missing. */
  tell: (note: string) => void;
}

/** The first line of a file's table. */
export interface ExportHeader {
  names: readonly string[];
  delimiter: Delimiter;
}

/** Reads a row; `line` is where it stands. Undefined: a total line, which tells of no session. */
export type RowReader = (cells: readonly string[], line: number) => Imported | undefined;

export interface Export {
  /** The word after `--source`. */
  name: string;
  /** What it is of: also the end of the name of their table. */
  things: 'sessions' | 'states';
  /** Whether the caller must name the account, since the rows do not. */
  needsAccount: boolean;
  /** Zone of the file's times where the caller names none; undefined: the caller must. */
  timezone: string | undefined;
  /** What it is called, with its article. */
  title: string;
  /** Columns that its header must have, by which it is found. */
  needed: readonly string[];
  /**
   * A reader for the rows of one file, in their order; it throws a Refusal, or a UserError where the file cannot be read on.
   * @throws UserError UNKNOWN_TIME_ZONE
   */
  reader: (header: ExportHeader, context: ExportContext) => RowReader;
}

export function invalidExport(message: string, remedy: string): UserError {
  return new UserError('INVALID_REQUEST', message, remedy);
}
