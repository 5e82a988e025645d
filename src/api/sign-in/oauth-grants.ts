// The OAuth grant types of the platform sign-in: each turns the fields of a form into a token family.
import type { ApiClient } from '../../access/programs/clients.ts';
import type { IssuedTokens } from '../../access/tokens/token-families.ts';
import { UserError } from '../../errors.ts';
import type { ApiContext } from '../context.ts';

export interface GrantForm {
  username?: string | null;
  password?: string | null;
  extension?: string | null;
  assertion?: string | null;
  refresh_token?: string | null;
}

/** @throws UserError INVALID_GRANT, TOO_MANY_ATTEMPTS */
type Grant = (
  context: ApiContext,
  form: GrantForm,
  sender: { client: ApiClient; address: string },
) => Promise<IssuedTokens>;

const GRANTS: Readonly<Record<string, Grant>> = {
  password: async ({ access, audit }, form, { client: { clientId }, address }) => {
    const { username, password, extension } = form;
    const user = { username: username ?? '', password: password ?? '', extension: extension ?? '' };
    const detail = { credentials: 'password', clientId };
    const issued = await access.credentialChecks.password(user, address, detail, principal =>
      signIn(access, audit, { username: principal.username, clientId, credentialId: '' }, address),
    );
    if (issued === undefined) throw invalidGrant('The user name or password is wrong.');
    return issued;
  },
  'urn:ietf:params:oauth:grant-type:jwt-bearer': async ({ access, audit }, form, sender) => {
    const credential = await access.credentialChecks.assertion(form.assertion ?? '', sender.address);
    if (credential === undefined) throw invalidGrant('The assertion is wrong or was revoked.');
    const { username, credentialId } = credential;
    return signIn(access, audit, { username, clientId: sender.client.clientId, credentialId }, sender.address);
  },
  refresh_token: async ({ access, audit }, form, { client: { clientId }, address }) => {
    const sender = { address, clientId };
    const issued = await access.tokenFamilies.refresh(form.refresh_token ?? '', 'platform_refresh', sender);
    if (issued === undefined) {
      await access.credentialChecks.recordRefused({ address }, { credentials: 'refresh token', clientId });
      throw invalidGrant('The refresh token is wrong, expired, revoked or already used.');
    }
    const detail = { kind: 'platform', clientId };
    await audit.record({ action: 'TOKEN_ISSUED', username: issued.username, address, detail });
    return issued;
  },
};

/** Returns undefined for an unsupported grant type. */
export function grantFor(grantType: string): Grant | undefined {
  return Object.hasOwn(GRANTS, grantType) ? GRANTS[grantType] : undefined;
}

/** Starts a token family. It is recorded in the audit log before the tokens can be used. */
async function signIn(
  { tokenFamilies }: ApiContext['access'],
  audit: ApiContext['audit'],
  origin: { username: string; clientId: string; credentialId: string },
  address: string,
): Promise<IssuedTokens> {
  const issued = await tokenFamilies.begin(origin);
  const { username, clientId, credentialId } = origin;
  const credentials = credentialId === '' ? { credentials: 'password' } : { credentials: 'assertion', credentialId };
  await Promise.all([
    audit.record({ action: 'SIGN_IN', username, address, detail: { ...credentials, clientId } }),
    audit.record({ action: 'TOKEN_ISSUED', username, address, detail: { kind: 'platform', clientId } }),
  ]);
  return issued;
}

function invalidGrant(message: string): UserError {
  return new UserError('INVALID_GRANT', message, 'Sign in again with valid credentials.');
}
