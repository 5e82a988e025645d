// What the signed-in user may see and change in an account, so that only that is shown.
import type { Session } from '../../api/session.ts';

/** Whether the user sees the agents of all groups; what is about no one agent is for them only. */
export function seesAllGroups({ grants }: Session, accountId: string): boolean {
  return grants.some(
    grant =>
      grant.role !== 'ingest' &&
      grant.agentGroupIds.length === 0 &&
      (grant.accountId === '' || grant.accountId === accountId),
  );
}
