// Durations in milliseconds as text.
import { twoDigits } from './numbers.ts';

/** `h:mm:ss`, cut to whole seconds as a running clock is: 3_723_400 is `1:02:03`. */
export function formatDuration(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const text = `${Math.floor(seconds / 3600)}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
  return ms < 0 ? `−${text}` : text;
}

/** `h:mm:ss`, or `h:mm:ss.mmm` where it has a fraction. */
export function formatExactDuration(ms: number): string {
  const fractionMs = Math.abs(ms) % 1000;
  return `${formatDuration(ms)}${fractionMs === 0 ? '' : `.${String(fractionMs).padStart(3, '0')}`}`;
}
