// Remembers which credentials were recently valid, without storing them.
import { createHmac, randomBytes } from 'node:crypto';
import { LIMITS } from '../../limits.ts';

export interface ValidCredentials {
  /** A fingerprint of credentials that does not reveal them. */
  fingerprintOf: (credentials: readonly string[]) => string;
  has: (fingerprint: string) => boolean;
  add: (fingerprint: string) => void;
  remove: (fingerprint: string) => void;
}

export function openValidCredentials(now: () => number): ValidCredentials {
  /** When each fingerprint was last valid, oldest first. */
  const validAt = new Map<string, number>();
  // The key exists in this process only.
  const key = randomBytes(32);

  return {
    fingerprintOf: credentials => createHmac('sha256', key).update(JSON.stringify(credentials)).digest('base64'),
    has: fingerprint => (validAt.get(fingerprint) ?? Number.NEGATIVE_INFINITY) + LIMITS.validCredentialsMs > now(),
    add(fingerprint) {
      validAt.delete(fingerprint);
      validAt.set(fingerprint, now());
      if (validAt.size > LIMITS.validCredentials) validAt.delete(validAt.keys().next().value as string);
    },
    remove: fingerprint => void validAt.delete(fingerprint),
  };
}
