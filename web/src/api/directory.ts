// What several pages ask of the directory: agents, groups, users. Lists that belong together share the start of their key.
import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from './client.ts';

export const AGENTS_KEY = 'agents';
export const GROUPS_KEY = 'agentGroups';
export const USERS_KEY = 'users';

export type Role = 'administrator' | 'reader' | 'ingest';

export interface Grant {
  /** Empty: all accounts. */
  accountId: string;
  role: Role;
  /** The groups whose agents a reader sees; empty: all. */
  agentGroupIds: readonly string[];
}

export interface User {
  username: string;
  grants: readonly Grant[];
}

export const groupsQuery = (accountId: string) =>
  queryOptions({
    queryKey: [GROUPS_KEY, accountId],
    queryFn: () =>
      answerOf(api.GET('/api/v1/admin/accounts/{accountId}/agentGroups', { params: { path: { accountId } } })),
  });

export const usersQuery = queryOptions({
  queryKey: [USERS_KEY],
  queryFn: () => answerOf(api.GET('/api/v1/admin/users')) as Promise<User[]>,
});
