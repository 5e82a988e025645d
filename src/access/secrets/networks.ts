// The network of a client address: an IPv4 address, or an IPv6 network of 64 bits.
import { isIP, isIPv6 } from 'node:net';

const IPV6_GROUPS = 8;
const IPV6_NETWORK_GROUPS = 4;

/** The address that a proxy reports may be any text. */
const UNKNOWN = 'unknown';

/** An IPv6 client can use all 2^64 addresses of its network, so failures are counted by network. */
export function networkOf(address: string): string {
  if (isIP(address) === 0) return UNKNOWN;
  if (!isIPv6(address) || address.includes('.')) return address.replace(/^::ffff:/i, '');
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const zeros = Array(IPV6_GROUPS - before.length - after.length).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, IPV6_NETWORK_GROUPS).join(':')}::/64`;
}

/** The groups of an IPv6 address, without leading zeros. */
const groupsOf = (text: string) =>
  text
    .split(':')
    .filter(group => group !== '')
    .map(group => Number.parseInt(group, 16).toString(16));
