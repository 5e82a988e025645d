// All of sign-in in one piece: what the server's routes need to know who acts and to hand out tokens.
import type { Engine } from '../engine/engine.ts';
import type { Audit } from './audit.ts';
import { type Authenticate, authenticator } from './authenticate.ts';
import { type Checks, openChecks } from './checks.ts';
import { type Families, openFamilies } from './families.ts';
import { openRefusals } from './refusals.ts';
import { openSigningKeys, type SigningKeys } from './signing-keys.ts';
import { turns } from '../store/turns.ts';
import { openUserAdmin, type UserAdmin } from './user-admin.ts';

export interface Access {
  authenticate: Authenticate;
  checks: Checks;
  families: Families;
  keys: SigningKeys;
  users: UserAdmin;
  /** Writes down what is only counted; for the end of the process. */
  flush: () => Promise<void>;
}

export function openAccess(engine: Engine, audit: Audit, now: () => number): Access {
  const inTurn = turns();
  const refusals = openRefusals(audit, now);
  const checks = openChecks(engine, refusals, inTurn);
  const keys = openSigningKeys(engine, now);
  const authenticate = authenticator(engine, checks, keys, now);
  const changed = () => authenticate.forget();
  return {
    authenticate,
    checks,
    keys,
    flush: refusals.flush,
    families: openFamilies(engine, audit, now, changed),
    users: openUserAdmin({ engine, audit, now, inTurn, changed }),
  };
}
