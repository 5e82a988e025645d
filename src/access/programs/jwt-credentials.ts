// JWT credentials: assertions with which a program signs in as a user. Each is shown once and stored as a hash.
import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Engine } from '../../engine/engine.ts';

import { hashOf, newId } from '../secrets/secrets.ts';
import { endTokens, listTokens, NEW_TOKEN, readToken, writeTokens } from '../tokens/token-table.ts';
import { findPrincipal, noSuchUser } from '../users/users.ts';

export interface JwtCredential {
  credentialId: string;
  username: string;
  label: string;
  createdMs: number;
}

/**
 * Creates a credential for the user. Its assertion cannot be read again later.
 * @throws UserError NOT_FOUND if the user does not exist
 */
export async function createJwtCredential(
  engine: Engine,
  { username, label }: { username: string; label: string },
  nowMs: number,
): Promise<JwtCredential & { assertion: string }> {
  if ((await findPrincipal(engine, username)) === undefined) throw noSuchUser(username);
  const credentialId = newId();
  // Clients expect a JWT, but it is looked up by its hash and never verified, so its key is not kept.
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(username)
    .setJti(credentialId)
    .setIssuedAt(Math.floor(nowMs / 1000))
    .sign(randomBytes(32));
  const credential = { credentialId, username, label, createdMs: nowMs };
  const row = { ...NEW_TOKEN, ...credential, tokenHash: hashOf(assertion), kind: 'jwt' } as const;
  await writeTokens(engine, [row], nowMs);
  return { ...credential, assertion };
}

/** The credentials of all users, oldest first. */
export async function listJwtCredentials(engine: Engine): Promise<JwtCredential[]> {
  return (await listTokens(engine, 'jwt')).map(({ credentialId, username, label, createdMs }) => ({
    credentialId,
    username,
    label,
    createdMs,
  }));
}

/** Deletes the credential and revokes all tokens obtained with it. Returns undefined if it does not exist. */
export async function deleteJwtCredential(engine: Engine, credentialId: string): Promise<JwtCredential | undefined> {
  const all = await listJwtCredentials(engine);
  const credential = all.find(one => one.credentialId === credentialId);
  if (credential !== undefined) await endTokens(engine, 'credential_id', credentialId);
  return credential;
}

/** The credential with this assertion, if it was not deleted. */
export async function checkAssertion(engine: Engine, assertion: string): Promise<JwtCredential | undefined> {
  const row = await readToken(engine, hashOf(assertion), ['jwt']);
  return row !== undefined && (await findPrincipal(engine, row.username)) ? row : undefined;
}
