// The rights of a user as text.
import type { Grant, Role } from '../../../api/directory.ts';
import { counted } from '../../../format/numbers.ts';

export const ROLES = {
  administrator: { name: 'Administrator', text: 'full access' },
  reader: { name: 'Reader', text: 'reads reports' },
  ingest: { name: 'Feed', text: 'sends events only' },
} as const satisfies Record<Role, object>;

/** «Reader of Phoenix, 2 groups» */
export function grantText({ accountId, role, agentGroupIds }: Grant, nameOf: (accountId: string) => string): string {
  const groups = agentGroupIds.length === 0 ? '' : `, ${counted(agentGroupIds.length, 'group')}`;
  return `${ROLES[role].name} of ${accountId === '' ? 'all accounts' : nameOf(accountId)}${groups}`;
}
