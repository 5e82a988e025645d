// Numbers, counts and durations as text for messages.

/** A whole number with thousands separated by spaces. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** `1 event`, `2 events`, `12 000 events`. */
export const counted = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;

/** A duration in its two largest units: `3 h 14 min`, `14 min`, `59 s`. */
export function spelledTime(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts: [amount: number, unit: string][] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first < 0) return `${ms} ms`;
  const largest = parts.slice(first, first + 2).filter(([amount]) => amount > 0);
  return largest.map(([amount, unit]) => `${amount} ${unit}`).join(' ');
}
