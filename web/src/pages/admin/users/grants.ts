// Rights of a user, as they are edited and as words.
import type { Grant, Role } from '../../../api/directory.ts';

export const ROLES = {
  administrator: { name: 'Administrator', text: 'does everything' },
  reader: { name: 'Reader', text: 'reads reports' },
  ingest: { name: 'Feed', text: 'only sends events' },
} as const satisfies Record<Role, object>;

/** «Reader of Phoenix, 2 groups» */
export function grantText({ accountId, role, agentGroupIds }: Grant, nameOf: (accountId: string) => string): string {
  const groups =
    agentGroupIds.length === 0 ? '' : `, ${agentGroupIds.length} ${agentGroupIds.length === 1 ? 'group' : 'groups'}`;
  return `${ROLES[role].name} of ${accountId === '' ? 'all accounts' : nameOf(accountId)}${groups}`;
}
