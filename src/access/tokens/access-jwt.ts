// The access token of RingCentral's current flow: a signed JWT with a user and a token family, valid for five minutes.
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { SIGNING_ALGORITHM, type SigningKeys } from './signing-keys.ts';

export interface AccessClaims {
  username: string;
  /** The token family of the platform token that it was exchanged for. */
  family: string;
}

const seconds = (ms: number) => Math.floor(ms / 1000);

export async function signAccess(keys: SigningKeys, claims: AccessClaims, nowMs: number): Promise<string> {
  const { keyId, privateKey } = await keys.current();
  return new SignJWT({ fam: claims.family })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: 'JWT', kid: keyId })
    .setSubject(claims.username)
    .setIssuedAt(seconds(nowMs))
    .setExpirationTime(seconds(nowMs + LIMITS.accessTokenMs))
    .sign(privateKey);
}

/**
 * The claims of a token; undefined if none of our keys signed it.
 * @throws UserError JWT_EXPIRED
 */
export async function readAccess(
  keys: SigningKeys,
  token: string,
  nowMs: number,
): Promise<(AccessClaims & { expiresMs: number }) | undefined> {
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = kid === undefined ? undefined : await keys.byId(kid);
        if (key === undefined) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      {
        algorithms: [SIGNING_ALGORITHM],
        currentDate: new Date(nowMs),
        requiredClaims: ['sub', 'fam', 'exp'],
      },
    );
    return claimsOf(payload);
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw jwtExpired();
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

function claimsOf({ sub, fam, exp }: JWTPayload): AccessClaims & { expiresMs: number } {
  return { username: sub as string, family: fam as string, expiresMs: (exp as number) * 1000 };
}

function jwtExpired(): UserError {
  return new UserError(
    'JWT_EXPIRED',
    'The access token has expired.',
    'Get a new one with POST /api/auth/token/refresh.',
  );
}
