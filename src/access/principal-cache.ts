// Caches the users of valid credentials for a short time.
import { LIMITS } from '../limits.ts';
import type { Principal } from './principal.ts';
import { hashOf } from './secrets/secrets.ts';

export interface FoundPrincipal {
  principal: Principal;
  /** When the credentials expire, UTC milliseconds. */
  untilMs: number;
}

export interface PrincipalCache<Credentials> {
  read: (credentials: Credentials, address: string) => Promise<Principal>;
  clear: () => void;
}

/** @param lookUp finds the user of credentials that are not in the cache; its errors are thrown and not cached */
export function openPrincipalCache<Credentials>(
  now: () => number,
  lookUp: (credentials: Credentials, address: string) => Promise<FoundPrincipal>,
): PrincipalCache<Credentials> {
  const cache = new Map<string, FoundPrincipal>();
  const pending = new Map<string, Promise<FoundPrincipal>>();

  function add(key: string, { principal, untilMs }: FoundPrincipal): void {
    if (cache.size >= LIMITS.rememberedCredentials) cache.delete(cache.keys().next().value as string);
    cache.set(key, { principal, untilMs: Math.min(untilMs, now() + LIMITS.rememberCredentialsMs) });
  }

  return {
    async read(credentials, address) {
      const key = hashOf(JSON.stringify(credentials));
      const cached = cache.get(key);
      if (cached !== undefined && cached.untilMs > now()) return cached.principal;
      cache.delete(key);
      // Concurrent requests with the same credentials share one lookup and count as one attempt.
      const running = pending.get(key);
      if (running !== undefined) return (await running).principal;
      const lookup = lookUp(credentials, address);
      pending.set(key, lookup);
      try {
        const found = await lookup;
        // After clear() the result may be older than the change: these requests may use it, but it is not cached.
        if (pending.get(key) === lookup) add(key, found);
        return found.principal;
      } finally {
        if (pending.get(key) === lookup) pending.delete(key);
      }
    },
    clear() {
      cache.clear();
      pending.clear();
    },
  };
}
