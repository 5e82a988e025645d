// Options that several commands share, and parsers of option values.
import { isIP } from 'node:net';
import { InvalidArgumentError, Option } from 'commander';
import { LIMITS } from '../limits.ts';

export const DEFAULT_DATA_DIR = './data';
const DEFAULT_STALE_AFTER = '16h';
/** Long enough to notice the announcement after a weekend. */
const DEFAULT_DELETE_AFTER = '7d';

export const dataDirOption = () =>
  new Option('--data-dir <dir>', 'directory of the data').env('OFFHOOK_DATA_DIR').default(DEFAULT_DATA_DIR);

export const accountOption = () => new Option('--account <id>', 'the account').makeOptionMandatory();

export const staleAfterOption = () =>
  new Option(
    '--stale-after <time>',
    'time without events after which a session without a logout counts as ended, e.g. 16h, 90m',
  )
    .env('OFFHOOK_SESSION_STALE_AFTER')
    .argParser(durationMs)
    .default(durationMs(DEFAULT_STALE_AFTER), DEFAULT_STALE_AFTER);

export const deleteAfterOption = () =>
  new Option(
    '--delete-after <time>',
    'time between the announcement and the deletion of data that an account no longer keeps, e.g. 7d, 36h',
  )
    .env('OFFHOOK_DELETE_AFTER')
    .argParser(durationMs)
    .default(durationMs(DEFAULT_DELETE_AFTER), DEFAULT_DELETE_AFTER);

export const unaccountedAboveOption = () =>
  new Option('--unaccounted-above <time>', 'unaccounted time of a session above which it is reported, e.g. 0s, 5m')
    .env('OFFHOOK_UNACCOUNTED_ABOVE')
    .argParser(durationMs)
    .default(LIMITS.unaccountedMs, '1m');

/** '16h', '90m', '30s', '500ms' or a plain number of hours, in milliseconds. */
export function durationMs(text: string): number {
  const [, amount, unit = 'h'] = /^(\d+(?:\.\d+)?) ?(ms|s|m|h|d)?$/.exec(text.trim()) ?? [];
  if (amount === undefined) throw new InvalidArgumentError("Use a duration such as '16h', '90m' or '2d'.");
  return Math.round(Number(amount) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 'ms']);
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Use a whole number.');
  return Number(text);
}

export function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError('Use a number from 0 to 65535.');
  return port;
}

/** Trusted proxies, separated by commas or spaces: addresses, networks (CIDR) or names of networks. */
export function proxyNames(text: string): string[] {
  const names = text.split(/[\s,]+/).filter(name => name !== '');
  const wrong = names.find(name => !isProxyName(name));
  if (wrong === undefined) return names;
  throw new InvalidArgumentError(
    `'${wrong}' is not an address or a network. Use forms like 10.0.0.5, 10.0.0.0/8 or fd00::/8, or loopback, linklocal or ` +
      'uniquelocal.',
  );
}

function isProxyName(name: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(name)) return true;
  const [address = '', prefix, ...more] = name.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] as number;
  const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
  return bits > 0 && isPrefix && more.length === 0;
}
