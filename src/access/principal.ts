// Who acts, and what they may do in which account.

/** administrator does everything, reader reads reports and lookups, ingest only sends events. */
export const ROLES = ['administrator', 'reader', 'ingest'] as const;
export type Role = (typeof ROLES)[number];

/** The account of a grant that holds for all accounts. */
export const ALL_ACCOUNTS = '';

export interface Grant {
  accountId: string;
  role: Role;
  /** The groups whose agents a reader sees; empty: all. */
  agentGroupIds: readonly string[];
}

export interface Principal {
  username: string;
  /** Those of main accounts are repeated for their sub-accounts. */
  grants: readonly Grant[];
}

function grantsFor({ grants }: Principal, accountId: string, ...roles: Role[]): readonly Grant[] {
  return grants.filter(
    grant => roles.includes(grant.role) && (grant.accountId === ALL_ACCOUNTS || grant.accountId === accountId),
  );
}

/** Administrator of the whole installation: users, clients, the audit log. */
export function isAdministrator(principal: Principal): boolean {
  return grantsFor(principal, ALL_ACCOUNTS, 'administrator').length > 0;
}

/** Administrator of the account: its settings, groups, agents and states. */
export function mayAdminister(principal: Principal, accountId: string): boolean {
  return grantsFor(principal, accountId, 'administrator').length > 0;
}

export function mayRead(principal: Principal, accountId: string): boolean {
  return grantsFor(principal, accountId, 'administrator', 'reader').length > 0;
}

/** The groups whose agents the user sees in an account that they may read; undefined: all. */
export function visibleGroups(principal: Principal, accountId: string): readonly string[] | undefined {
  const grants = grantsFor(principal, accountId, 'administrator', 'reader');
  if (grants.some(({ agentGroupIds }) => agentGroupIds.length === 0)) return undefined;
  return grants.flatMap(({ agentGroupIds }) => agentGroupIds);
}

export function mayIngest(principal: Principal, accountId: string): boolean {
  return grantsFor(principal, accountId, 'administrator', 'ingest').length > 0;
}

/** Whether the user may send events of any account, and which one inputs belong to that name none (''; none). */
export function ingestDefault({ grants }: Principal): { allowed: boolean; accountId: string } {
  const accounts = new Set(grants.filter(({ role }) => role !== 'reader').map(({ accountId }) => accountId));
  const [only] = accounts;
  return { allowed: accounts.size > 0, accountId: accounts.size === 1 ? (only as string) : '' };
}
