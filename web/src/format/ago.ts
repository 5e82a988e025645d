// How long ago something was, in the reader's language.

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** 7_200_000 is «2 hours ago»; less than a minute is given in seconds. */
export function formatAgo(ms: number): string {
  const [unit, size] = STEPS.find(([, least]) => ms >= least) ?? ['second', 1000];
  return relative.format(-Math.floor(Math.max(ms, 0) / size), unit);
}
