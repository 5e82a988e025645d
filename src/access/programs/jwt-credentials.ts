// JWT credentials: assertions that sign a program in as a user, shown once and kept as a hash, until deleted.
import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Engine } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
import { hashOf, newId } from '../secrets/secrets.ts';
import { endTokens, listTokens, NEW_TOKEN, readToken, writeTokens } from '../tokens/token-table.ts';
import { findPrincipal } from '../users/users.ts';

export interface JwtCredential {
  credentialId: string;
  username: string;
  label: string;
  createdMs: number;
}

/**
 * Makes a credential of the user; its assertion cannot be read again.
 * @throws UserError NOT_FOUND when there is no such user
 */
export async function createJwtCredential(
  engine: Engine,
  { username, label }: { username: string; label: string },
  nowMs: number,
): Promise<JwtCredential & { assertion: string }> {
  if ((await findPrincipal(engine, username)) === undefined) {
    throw new UserError('NOT_FOUND', `There is no user '${username}'.`, 'List the users, or make this one.');
  }
  const credentialId = newId();
  // Clients want a JWT, but it is looked up like any secret and never verified: its key is thrown away.
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

/** Everybody's credentials, in order of making. */
export async function listJwtCredentials(engine: Engine): Promise<JwtCredential[]> {
  return (await listTokens(engine, 'jwt')).map(({ credentialId, username, label, createdMs }) => ({
    credentialId,
    username,
    label,
    createdMs,
  }));
}

/** Ends the credential and all tokens that it was exchanged for; undefined: there is none of this id. */
export async function deleteJwtCredential(engine: Engine, credentialId: string): Promise<JwtCredential | undefined> {
  const all = await listJwtCredentials(engine);
  const credential = all.find(known => known.credentialId === credentialId);
  if (credential !== undefined) await endTokens(engine, 'credential_id', credentialId);
  return credential;
}

/** The credential that the assertion is, if it was not deleted. */
export async function checkAssertion(engine: Engine, assertion: string): Promise<JwtCredential | undefined> {
  const row = await readToken(engine, hashOf(assertion), ['jwt']);
  return row !== undefined && (await findPrincipal(engine, row.username)) ? row : undefined;
}
