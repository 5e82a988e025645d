// A signed-in user and their rights in each account.

/** An administrator may do everything, a reader may read reports and the directory, an ingest user may only send events. */
export const ROLES = ['administrator', 'reader', 'ingest'] as const;
export type Role = (typeof ROLES)[number];

/** The account id of a grant for all accounts. */
export const ALL_ACCOUNTS = '';

export interface Grant {
  accountId: string;
  role: Role;
  /** The agent groups that a reader sees; empty: all. */
  agentGroupIds: readonly string[];
}

export interface Principal {
  username: string;
  /** Grants for main accounts are repeated for their sub-accounts. */
  grants: readonly Grant[];
}

function grantsFor({ grants }: Principal, accountId: string, ...roles: Role[]): readonly Grant[] {
  return grants.filter(
    grant => roles.includes(grant.role) && (grant.accountId === ALL_ACCOUNTS || grant.accountId === accountId),
  );
}

/** Whether the user administers the whole installation: users, API clients, the audit log. */
export function isAdministrator(principal: Principal): boolean {
  return grantsFor(principal, ALL_ACCOUNTS, 'administrator').length > 0;
}

/** Whether the user administers the account: its settings, groups, agents and states. */
export function mayAdminister(principal: Principal, accountId: string): boolean {
  return grantsFor(principal, accountId, 'administrator').length > 0;
}

export function mayRead(principal: Principal, accountId: string): boolean {
  return grantsFor(principal, accountId, 'administrator', 'reader').length > 0;
}

/** The agent groups that the user sees in an account that they may read; undefined: all. */
export function visibleGroups(principal: Principal, accountId: string): readonly string[] | undefined {
  const grants = grantsFor(principal, accountId, 'administrator', 'reader');
  if (grants.some(({ agentGroupIds }) => agentGroupIds.length === 0)) return undefined;
  return grants.flatMap(({ agentGroupIds }) => agentGroupIds);
}

export function mayIngest(principal: Principal, accountId: string): boolean {
  return grantsFor(principal, accountId, 'administrator', 'ingest').length > 0;
}

/** Whether the user may send events at all, and the account of inputs that name none ('': no such account). */
export function ingestDefault({ grants }: Principal): { allowed: boolean; accountId: string } {
  const accounts = new Set(grants.filter(({ role }) => role !== 'reader').map(({ accountId }) => accountId));
  const [only] = accounts;
  return { allowed: accounts.size > 0, accountId: accounts.size === 1 ? (only as string) : '' };
}
