// All of sign-in in one piece: what the server's routes need to know who acts and to hand out tokens.
import type { Engine } from '../engine/engine.ts';
import type { Audit } from './audit.ts';
import { type Authenticate, authenticator } from './authenticate.ts';
import { type Checks, openChecks } from './checks.ts';
import { type Families, openFamilies } from './families.ts';
import { openSigningKeys, type SigningKeys } from './signing-keys.ts';
import { type InTurn, turns } from '../store/turns.ts';
import { openUserAdmin, type UserAdmin } from './user-admin.ts';

export interface Access {
  authenticate: Authenticate;
  checks: Checks;
  families: Families;
  keys: SigningKeys;
  users: UserAdmin;
  /** Of a user name: a password is checked, and its token made, in one turn. */
  inTurn: InTurn;
}

export function openAccess(engine: Engine, audit: Audit, now: () => number): Access {
  const checks = openChecks(engine, audit);
  const keys = openSigningKeys(engine, now);
  const authenticate = authenticator(engine, checks, keys, now);
  const changed = () => authenticate.forget();
  const inTurn = turns();
  return {
    ...{ authenticate, checks, keys, inTurn },
    families: openFamilies(engine, audit, now, changed),
    users: openUserAdmin({ engine, audit, now, inTurn, changed }),
  };
}
