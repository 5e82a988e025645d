// Output of the commands: rows of lists, progress on a terminal, and errors with their remedy.
import { CommanderError } from 'commander';
import { ERROR_CODES, UserError } from '../errors.ts';

/** Prints rows to standard output, with tabs between the columns. */
export function printRows(rows: readonly (readonly string[])[]): void {
  for (const row of rows) process.stdout.write(`${row.join('\t')}\n`);
}

/** Progress is written to standard error, to keep it out of a report on standard output. */
export interface Progress {
  /** `fraction` is the finished part, from 0 to 1, if the total is known. */
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

/** Resolved by SIGINT or SIGTERM. */
export function endSignal(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** Prints an error and returns the exit code. A `UserError` is printed with its remedy, a bug with its stack trace. */
export function reportError(error: unknown, stream: NodeJS.WritableStream): number {
  // Commander has already printed the help or the invalid argument.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : ERROR_CODES.INVALID_REQUEST.exit;
  if (!(error instanceof UserError)) {
    stream.write(`offhook: internal error\n${error instanceof Error ? error.stack : String(error)}\n`);
    return 70;
  }
  const list = error.validationErrors.map(({ message }) => `  ${message}\n`);
  // A single validation error is already in the message.
  const listed = list.length > 1 ? list.join('') : '';
  stream.write(`offhook: ${error.message}\n${listed}${error.remedy}\n(${error.code})\n`);
  return ERROR_CODES[error.code].exit;
}
