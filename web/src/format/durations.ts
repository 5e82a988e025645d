// Durations in milliseconds into text.

/** `h:mm:ss`, seconds cut off, as a clock that runs shows them: 3_723_400 is `1:02:03`. */
export function formatDuration(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const text = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return ms < 0 ? `−${text}` : text;
}
