// What the commands say to a person: progress on a terminal, errors with their remedy, nothing when piped.
import { CommanderError } from 'commander';
import { ERROR_CODES, UserError } from '../errors.ts';

/** Progress goes to standard error, so that a report on standard output stays clean. */
export interface Progress {
  /** `fraction` done between 0 and 1, where the whole is known. */
  update: (line: string, fraction?: number) => void;
  end: () => void;
}

/** Redraws one line at most ten times a second, on a terminal only. */
export function terminalProgress(stream: NodeJS.WriteStream, nowMs: () => number): Progress {
  if (!stream.isTTY) return { update: () => {}, end: () => {} };
  const startMs = nowMs();
  let drawnMs = 0;
  return {
    update(line, fraction) {
      if (nowMs() - drawnMs < 100) return;
      drawnMs = nowMs();
      stream.write(`\r\x1b[K${line}${eta(fraction, drawnMs - startMs)}`);
    },
    end: () => stream.write('\r\x1b[K'),
  };
}

function eta(fraction: number | undefined, elapsedMs: number): string {
  if (fraction === undefined || fraction <= 0) return '';
  const seconds = Math.round((elapsedMs * (1 - fraction)) / fraction / 1000);
  return ` · ${Math.floor(fraction * 100)} % · ${seconds} s left`;
}

/** Resolved when somebody asks the process to end. */
export function endSignal(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** Prints an error and returns the exit code: a user's error says how to fix it, a bug prints its trace. */
export function reportError(error: unknown, stream: NodeJS.WritableStream): number {
  // Help was asked for, or the words were wrong: commander has said so.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : ERROR_CODES.INVALID_REQUEST.exit;
  if (!(error instanceof UserError)) {
    stream.write(`offhook: internal error\n${error instanceof Error ? error.stack : String(error)}\n`);
    return 70;
  }
  const list = error.validationErrors.map(({ message }) => `  ${message}\n`);
  // A single one is in the message.
  const listed = list.length > 1 ? list.join('') : '';
  stream.write(`offhook: ${error.message}\n${listed}${error.remedy}\n(${error.code})\n`);
  return ERROR_CODES[error.code].exit;
}
