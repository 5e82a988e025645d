// Who acts, and what they may do.

/** administrator does everything, reader reads reports and lookups, ingest only sends events. */
export const ROLES = ['administrator', 'reader', 'ingest'] as const;
export type Role = (typeof ROLES)[number];

export interface Principal {
  username: string;
  role: Role;
  /** Accounts the user may use; empty: all. */
  accountIds: readonly string[];
}

export function mayUseAccount(principal: Principal, accountId: string): boolean {
  return principal.accountIds.length === 0 || principal.accountIds.includes(accountId);
}

export function mayRead(principal: Principal, accountId: string): boolean {
  return principal.role !== 'ingest' && mayUseAccount(principal, accountId);
}

export function mayIngest(principal: Principal): boolean {
  return principal.role !== 'reader';
}
