// Network addresses into what one client owns: an IPv4 address, or an IPv6 network of 64 bits.
import { isIP, isIPv6 } from 'node:net';

const IPV6_GROUPS = 8;
const IPV6_NETWORK_GROUPS = 4;

/** What a proxy says is an address need not be one. */
const UNKNOWN = 'unknown';

/** An IPv6 client owns all 2^64 addresses of its network, so that the network is what counts. */
export function networkOf(address: string): string {
  if (isIP(address) === 0) return UNKNOWN;
  if (!isIPv6(address) || address.includes('.')) return address.replace(/^::ffff:/i, '');
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const zeros = Array(IPV6_GROUPS - before.length - after.length).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, IPV6_NETWORK_GROUPS).join(':')}::/64`;
}

/** Without the zeros that may stand before each. */
const groupsOf = (text: string) =>
  text
    .split(':')
    .filter(group => group !== '')
    .map(group => Number.parseInt(group, 16).toString(16));
