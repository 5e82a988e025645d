// Records refused sign-ins in the audit log: the first of each minute one by one, the rest as a count.
import { LIMITS } from '../../limits.ts';
import type { Audit } from '../audit/audit.ts';
import { networkOf } from './networks.ts';

/** What the client sent, for the audit log. Never contains the secret. */
export type RefusedSignInDetail = Readonly<Record<string, string>>;

export interface RefusedSignIns {
  /** Resolved when the refusal is stored durably or counted. */
  record: (sender: { address: string; username?: string }, detail: RefusedSignInDetail) => Promise<void>;
  /** Records the counts; resolved when they are stored durably. */
  flush: () => Promise<void>;
}

export function openRefusedSignIns(audit: Audit, now: () => number): RefusedSignIns {
  let minute = 0;
  let recorded = 0;
  const recordedByNetwork = new Map<string, number>();
  /** By network; '' stands for all networks that have no count of their own. */
  const counts = new Map<string, number>();

  async function flush(): Promise<void> {
    const entries = [...counts];
    counts.clear();
    await Promise.all(
      entries.map(([address, refusals]) =>
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
    recorded = 0;
    recordedByNetwork.clear();
    await flush();
  }

  return {
    flush,
    async record({ address, username = '' }, detail) {
      await beginMinute();
      const network = networkOf(address);
      const before = recordedByNetwork.get(network) ?? 0;
      if (before < LIMITS.refusedSignInsPerAddress && recorded < LIMITS.refusedSignInsPerMinute) {
        recorded++;
        recordedByNetwork.set(network, before + 1);
        const short = Object.entries(detail).map(([name, value]) => [name, shortened(value)]);
        const entry = { username: shortened(username), address, detail: Object.fromEntries(short) };
        return audit.record({ action: 'SIGN_IN_REFUSED', ...entry });
      }
      const key = counts.has(network) || counts.size < LIMITS.countedAddresses ? network : '';
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
  };
}

const shortened = (text: string): string =>
  text.length <= LIMITS.recordedChars ? text : `${text.slice(0, LIMITS.recordedChars)}…`;
