// Sizes of files as text.

const unit = (name: string, decimals: number) =>
  new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: name,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
const kilobytes = unit('kilobyte', 0);
const megabytes = unit('megabyte', 1);

/** 12_345_678 is `12.3 MB`. */
export const formatBytes = (bytes: number): string =>
  bytes < 1e6 ? kilobytes.format(bytes / 1e3) : megabytes.format(bytes / 1e6);
