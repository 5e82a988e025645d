// All of sign-in in one piece: what the server's routes need to know who acts and to hand out tokens.
import type { Engine } from '../engine/engine.ts';
import type { Audit } from './audit/audit.ts';
import { type Authenticate, authenticator } from './authenticate.ts';
import { type Checks, openChecks } from './secrets/checks.ts';
import { type Families, openFamilies } from './tokens/families.ts';
import { openRefusals } from './secrets/refusals.ts';
import { openSigningKeys, type SigningKeys } from './tokens/signing-keys.ts';
import { keyedMutex } from '../engine/keyed-mutex.ts';
import { openUserAdmin, type UserAdmin } from './users/user-admin.ts';

export interface Access {
  authenticate: Authenticate;
  checks: Checks;
  families: Families;
  keys: SigningKeys;
  users: UserAdmin;
  audit: Audit;
  /** Writes down what is only counted; for the end of the process. */
  flush: () => Promise<void>;
}

export function openAccess(engine: Engine, audit: Audit, now: () => number): Access {
  const mutex = keyedMutex();
  const refusals = openRefusals(audit, now);
  const checks = openChecks(engine, refusals, mutex);
  const keys = openSigningKeys(engine, now);
  const authenticate = authenticator(engine, checks, keys, now);
  const changed = () => authenticate.forget();
  return {
    authenticate,
    checks,
    keys,
    audit,
    flush: refusals.flush,
    families: openFamilies(engine, audit, now, changed),
    users: openUserAdmin({ engine, audit, now, mutex, changed }),
  };
}
