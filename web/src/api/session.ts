// The signed-in user and their rights; signing in and out.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { api, answerOf } from './client.ts';
import { queryClient } from './query-client.ts';
import { forgetToken, keepToken, useToken } from './token.ts';

export interface Session {
  username: string;
  /** Administrator of all accounts. */
  isAdministrator: boolean;
  /** Rights by account; an empty account id means all. */
  grants: readonly { accountId: string; role: string; agentGroupIds: readonly string[] }[];
}

const query = (token: string | undefined) => ({
  queryKey: ['/api/v1/auth/session', token],
  queryFn: () => answerOf(api.GET('/api/v1/auth/session')) as Promise<Session>,
  staleTime: 60_000,
});

/** For the shell, which waits for the session; pages are shown only when there is one, and use `useSession`. */
export const useSessionQuery = () => {
  const token = useToken();
  return { ...useQuery({ ...query(token), enabled: token !== undefined }), isSignedIn: token !== undefined };
};

export function useSession(): Session & { signOut: () => Promise<void> } {
  return { ...useSuspenseQuery(query(useToken())).data, signOut };
}

/** Whether the user may change the account. */
export function mayAdminister({ grants }: Session, accountId: string): boolean {
  return grants.some(
    grant => grant.role === 'administrator' && (grant.accountId === '' || grant.accountId === accountId),
  );
}

/** Whether the user sees the agents of all groups, and so what is about no single agent. */
export function seesAllGroups({ grants }: Session, accountId: string): boolean {
  return grants.some(
    grant =>
      grant.role !== 'ingest' &&
      grant.agentGroupIds.length === 0 &&
      (grant.accountId === '' || grant.accountId === accountId),
  );
}

/** @throws ApiError NOT_AUTHENTICATED, TOO_MANY_ATTEMPTS */
export async function signIn(username: string, password: string, stayLoggedIn: boolean): Promise<void> {
  const { authToken } = await answerOf(
    api.POST('/api/v1/auth/login', {
      body: { username, password, stayLoggedIn },
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    }),
  );
  queryClient.clear();
  keepToken(authToken, stayLoggedIn);
}

/** Revokes the token on the server, too; here it is forgotten whatever the server answers. */
async function signOut(): Promise<void> {
  try {
    await api.DELETE('/api/v1/auth/session');
  } catch {
    // An unused token expires by itself.
  } finally {
    forgetToken();
    queryClient.clear();
  }
}
