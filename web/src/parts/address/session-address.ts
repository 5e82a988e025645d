// The address of a login session's page.

export interface SessionId {
  accountId: string;
  loginSessionId: string;
}

/** Ids are encoded, since they may contain slashes. */
export const sessionAddress = ({ accountId, loginSessionId }: SessionId): string =>
  `/session/${encodeURIComponent(accountId)}/${encodeURIComponent(loginSessionId)}`;

/** @param pathname of the location itself, not yet decoded */
export function sessionIdOf(pathname: string): SessionId {
  const [, , accountId = '', loginSessionId = ''] = pathname.split('/').map(part => decodeURIComponent(part));
  return { accountId, loginSessionId };
}
