// The access token of the current flow: a user and a token family, signed, for five minutes.
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { SIGNING_ALGORITHM, type SigningKeys } from './signing-keys.ts';

export interface AccessClaims {
  username: string;
  /** The family of the platform token that it came from. */
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
 * What a token says, if one of our keys signed it; undefined if not.
 * @throws UserError JWT_EXPIRED for a token of ours that is too old
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
    if (error instanceof errors.JWTExpired) throw expired();
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

function claimsOf({ sub, fam, exp }: JWTPayload): AccessClaims & { expiresMs: number } {
  return { username: sub as string, family: fam as string, expiresMs: (exp as number) * 1000 };
}

function expired(): UserError {
  return new UserError(
    'JWT_EXPIRED',
    'The access token has expired.',
    'Get a new one with POST /api/auth/token/refresh.',
  );
}
