// What the main thread and the engine's thread send each other.
import { type ErrorCode, UserError } from '../../errors.ts';
import type { Params } from '../engine.ts';

/** What the thread gets when it starts. */
export interface ThreadData {
  path: string;
  /** One number that is set, and notified of, when everything is closed. */
  closed: Int32Array;
}

/** A statement; the answers to it have its `id`. */
export type Statement =
  | { kind: 'rows' | 'lookup'; id: number; sql: string; params: Params; format: string }
  | { kind: 'command'; id: number; sql: string; params: Params }
  | { kind: 'insertFile'; id: number; table: string; columns: readonly string[]; format: string; file: string };

export type ToThread =
  | Statement
  /** The reader has taken as many bytes. */
  | { kind: 'taken'; id: number; bytes: number }
  /** The reader has left, or the statement is aborted. */
  | { kind: 'stop'; id: number }
  | { kind: 'close' };

export type FromThread =
  | { kind: 'opened' }
  | { kind: 'notOpened'; error: SentError }
  /** The thread ends because of an error of its own. */
  | { kind: 'stopped'; reason: string }
  | { kind: 'chunk'; id: number; bytes: Uint8Array }
  | { kind: 'ended'; id: number }
  | { kind: 'failed'; id: number; error: SentError };

/** An error as a message holds it: of a class of our own, only its name would arrive. */
export interface SentError {
  message: string;
  user?: { code: ErrorCode; remedy: string };
}

export function sentError(error: unknown): SentError {
  if (error instanceof UserError) {
    const { message, code, remedy } = error;
    return { message, user: { code, remedy } };
  }
  return { message: error instanceof Error ? error.message : String(error) };
}

export const receivedError = ({ message, user }: SentError): Error =>
  user ? new UserError(user.code, message, user.remedy) : new Error(message);
