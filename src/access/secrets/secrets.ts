// Random secrets, and the hashes that are kept in their place.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits: nobody guesses one, so that a plain SHA-256 of it is safe to keep. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** A password that a person may have to type once: 96 random bits. */
export const newPassword = (): string => randomBytes(12).toString('base64url');

/** A name for something that is made often: 96 random bits. */
export const newId = (): string => randomBytes(12).toString('base64url');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares two SHA-256 in hex in a time that does not tell where they differ. */
export function sameHash(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'));
}
