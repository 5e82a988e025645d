// Options that several commands share, each read in one place.
import { isIP } from 'node:net';
import { InvalidArgumentError, Option } from 'commander';

export const DEFAULT_DATA_DIR = './data';
/** A session without logout ends after this silence. */
const DEFAULT_STALE_AFTER = '16h';

export const dataDirOption = () =>
  new Option('--data-dir <dir>', 'where the data is kept').env('OFFHOOK_DATA_DIR').default(DEFAULT_DATA_DIR);

export const accountOption = () => new Option('--account <id>', 'the account').makeOptionMandatory();

export const staleAfterOption = () =>
  new Option('--stale-after <time>', 'silence that ends a session without logout, e.g. 16h, 90m')
    .env('OFFHOOK_SESSION_STALE_AFTER')
    .argParser(durationMs)
    .default(durationMs(DEFAULT_STALE_AFTER), DEFAULT_STALE_AFTER);

/** '16h', '90m', '30s', '500ms' or a plain number of hours, in milliseconds. */
export function durationMs(text: string): number {
  const [, amount, unit = 'h'] = /^(\d+(?:\.\d+)?) ?(ms|s|m|h|d)?$/.exec(text.trim()) ?? [];
  if (amount === undefined) throw new InvalidArgumentError("Write a time such as '16h', '90m' or '2d'.");
  return Math.round(
    Number(amount) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 'ms'],
  );
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}

/** An address, a network (CIDR) or the name of some, of proxies that are believed; several with commas. */
export function proxyNames(text: string): string[] {
  const names = text.split(/[\s,]+/).filter(name => name !== '');
  const wrong = names.find(name => !isProxyName(name));
  if (wrong === undefined) return names;
  throw new InvalidArgumentError(
    `'${wrong}' is no address or network. Write 10.0.0.5, 10.0.0.0/8, fd00::/8, loopback, linklocal or uniquelocal.`,
  );
}

function isProxyName(name: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(name)) return true;
  const [address = '', prefix, ...more] = name.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] as number;
  const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
  return bits > 0 && isPrefix && more.length === 0;
}

/** The end of a command's help. */
export const example = (line: string) => `\nExample:\n  ${line}\n`;
