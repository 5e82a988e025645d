// Numbers as text, written as the reader's language writes them.

const whole = new Intl.NumberFormat();
const twoDecimals = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 2 });
const shortPercent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

export const formatCount = (value: number): string => whole.format(value);

/** `1 session`, `2 sessions`. The plural needs to be given only where it does not end in `s`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** Two decimals. */
export const formatDecimals = (value: number): string => twoDecimals.format(value);

/** 0.1857 is `18.57%`. */
export const formatPercent = (ratio: number): string => percent.format(ratio);

/** For axes: 0.1857 is `18.6%`. */
export const formatShortPercent = (ratio: number): string => shortPercent.format(ratio);

/** For axes: 12_345 is `12.3K`. */
export const formatShortCount = (value: number): string => short.format(value);

/** 7 is `07`. */
export const twoDigits = (value: number): string => String(value).padStart(2, '0');
