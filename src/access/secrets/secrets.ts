// Random secrets, and the hashes that are stored instead of them.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits. Such a secret cannot be guessed, so storing its plain SHA-256 is safe. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** A password that is short enough to type: 96 random bits. */
export const newPassword = (): string => randomBytes(12).toString('base64url');

/** A random id of 96 bits, in hex: an id that began with '-' would be taken for an option on the command line. */
export const newId = (): string => randomBytes(12).toString('hex');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares two SHA-256 hashes (hex) in constant time. */
export function sameHash(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'));
}
