// Completes the criteria of a request with the account's time zone and the user's rights.
import type { FastifyRequest } from 'fastify';
import { readAccount } from '../../directory/accounts.ts';
import type { ReportCriteria } from '../../report/query/criteria.ts';
import type { ApiContext } from '../context.ts';
import { requireReader, visibleGroupsOf } from '../guard.ts';
import type { RequestedCriteria } from './report-request.ts';

/**
 * The criteria of a report that the user may read.
 * @param accountId the account in the address
 * @throws UserError ACCESS_DENIED for an account that the user may not read
 */
export async function completeCriteria(
  { offhook }: ApiContext,
  request: FastifyRequest,
  accountId: string,
  requested: RequestedCriteria,
): Promise<ReportCriteria> {
  for (const id of [accountId, ...requested.accountIds]) requireReader(request, id);
  const timezone = requested.timezone ?? (await readAccount(offhook.engine, accountId)).timezone;
  return { ...requested, timezone, visibleGroups: visibleGroupsOf(request, requested.accountIds) };
}
