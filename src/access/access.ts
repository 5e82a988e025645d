// Everything that the server's routes need to authenticate users and issue tokens.
import type { Engine } from '../engine/engine.ts';
import type { Audit } from './audit/audit.ts';
import { type Authenticate, authenticator } from './authenticate.ts';
import { type CredentialChecks, openCredentialChecks } from './secrets/credential-checks.ts';
import { type TokenFamilies, openTokenFamilies } from './tokens/token-families.ts';
import { openRefusedSignIns } from './secrets/refused-sign-ins.ts';
import { openSigningKeys, type SigningKeys } from './tokens/signing-keys.ts';
import { keyedMutex } from '../engine/keyed-mutex.ts';
import { openUserAdmin, type UserAdmin } from './users/user-admin.ts';

export interface Access {
  authenticate: Authenticate;
  credentialChecks: CredentialChecks;
  tokenFamilies: TokenFamilies;
  keys: SigningKeys;
  users: UserAdmin;
  audit: Audit;
  /** Records the refused sign-ins that were only counted so far; call it before the process ends. */
  flush: () => Promise<void>;
}

export function openAccess(engine: Engine, audit: Audit, now: () => number): Access {
  const mutex = keyedMutex();
  const refusedSignIns = openRefusedSignIns(audit, now);
  const checks = openCredentialChecks(engine, refusedSignIns, mutex);
  const keys = openSigningKeys(engine, now);
  const authenticate = authenticator(engine, checks, keys, now);
  const changed = () => authenticate.forget();
  return {
    authenticate,
    credentialChecks: checks,
    keys,
    audit,
    flush: refusedSignIns.flush,
    tokenFamilies: openTokenFamilies(engine, audit, now, changed),
    users: openUserAdmin({ engine, audit, now, mutex, changed }),
  };
}
