// Refused sign-ins into the audit log: the first of each minute one by one, the others as a number of more.
import { LIMITS } from '../../limits.ts';
import type { Audit } from '../audit/audit.ts';
import { networkOf } from './networks.ts';

/** What the client sent, for the record; never the secret itself. */
export type RefusalDetail = Readonly<Record<string, string>>;

export interface Refusals {
  /** Resolved when it is durable, or counted. */
  record: (who: { address: string; username?: string }, detail: RefusalDetail) => Promise<void>;
  /** Writes down what was counted; resolved when it is durable. */
  flush: () => Promise<void>;
}

export function openRefusals(audit: Audit, now: () => number): Refusals {
  let minute = 0;
  let listed = 0;
  const listedOf = new Map<string, number>();
  /** By network; '' holds those of all networks beyond the ones that are counted by themselves. */
  const more = new Map<string, number>();

  async function flush(): Promise<void> {
    const counted = [...more];
    more.clear();
    await Promise.all(
      counted.map(([address, refusals]) =>
        audit.record({
          action: 'SIGN_IN_REFUSED',
          username: '',
          address,
          detail: { moreRefusals: refusals },
        }),
      ),
    );
  }

  async function beginMinute(): Promise<void> {
    const present = Math.floor(now() / 60_000);
    if (present === minute) return;
    minute = present;
    listed = 0;
    listedOf.clear();
    await flush();
  }

  return {
    flush,
    async record({ address, username = '' }, detail) {
      await beginMinute();
      const network = networkOf(address);
      const before = listedOf.get(network) ?? 0;
      if (before < LIMITS.refusalsPerAddress && listed < LIMITS.refusalsPerMinute) {
        listed++;
        listedOf.set(network, before + 1);
        const cut = Object.entries(detail).map(([name, value]) => [name, recorded(value)]);
        const about = { username: recorded(username), address, detail: Object.fromEntries(cut) };
        return audit.record({ action: 'SIGN_IN_REFUSED', ...about });
      }
      const counted = more.has(network) || more.size < LIMITS.countedAddresses ? network : '';
      more.set(counted, (more.get(counted) ?? 0) + 1);
    },
  };
}

const recorded = (text: string): string =>
  text.length <= LIMITS.recordedChars ? text : `${text.slice(0, LIMITS.recordedChars)}…`;
