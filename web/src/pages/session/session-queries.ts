// The session page's calls of the API.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { SessionId } from '../../parts/address/session-address.ts';

const SESSION = '/api/v1/admin/accounts/{accountId}/loginSessions/{loginSessionId}';
const OPEN_REFRESH_MS = 15_000;

export const sessionQuery = (path: SessionId) =>
  queryOptions({
    queryKey: [SESSION, path],
    queryFn: () => answerOf(api.GET(SESSION, { params: { path } })),
    // An open session grows.
    refetchInterval: query => (query.state.data?.endReason === 'OPEN' ? OPEN_REFRESH_MS : false),
  });

/** @param asOf end of the session as shown: when it changes, the explanation reloads */
export const whyQuery = (path: SessionId & { columnKey: string }, asOf: string) =>
  queryOptions({
    queryKey: [`${SESSION}/columns/{columnKey}`, path, asOf],
    queryFn: () => answerOf(api.GET(`${SESSION}/columns/{columnKey}`, { params: { path } })),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

export const rawQuery = (path: SessionId & { eventId: string }) =>
  queryOptions({
    queryKey: [`${SESSION}/events/{eventId}/raw`, path],
    queryFn: () => answerOf(api.GET(`${SESSION}/events/{eventId}/raw`, { params: { path } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
