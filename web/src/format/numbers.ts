// Numbers into text, in the reader's own way of writing them.

const whole = new Intl.NumberFormat();
const twoDecimals = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 2 });

export const formatCount = (value: number): string => whole.format(value);

/** Minutes of a duration in milliseconds, two decimals. */
export const formatMinutes = (ms: number): string => twoDecimals.format(ms / 60_000);

/** 0.1857 is `18.57%`. */
export const formatPercent = (ratio: number): string => percent.format(ratio);
