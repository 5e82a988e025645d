// Calls of the public API with the user's token; the server's errors are thrown.
import createClient from 'openapi-fetch';
import { apiErrorOf } from './api-error.ts';
import { connectionFailed } from './connection.ts';
import type { paths } from './schema.d.ts';
import { forgetToken, readToken } from './token.ts';

/**
 * `fetch` with the user's token, for answers that are read as a stream. A token that the server no longer accepts is
 * forgotten, which leads to the sign-in page.
 * @throws ApiError when the server answers with an error, TypeError when it cannot be reached
 */
export async function fetchSignedIn(input: string | Request, init?: RequestInit): Promise<Response> {
  const token = readToken();
  // With the browser's own credentials allowed, a 401 would open the browser's own sign-in window.
  const request = new Request(input, { ...init, credentials: 'omit' });
  if (token !== undefined) request.headers.set('Authorization', `Bearer ${token}`);
  const response = await fetch(request).catch(error => {
    if (!request.signal.aborted) connectionFailed();
    throw error;
  });
  if (response.ok) return response;
  if (response.status === 401 && token !== undefined && token === readToken()) forgetToken();
  throw await apiErrorOf(response);
}

export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: request => fetchSignedIn(request),
});

/** The body of an answer, as in `answerOf(api.GET('/api/v1/admin/accounts'))`. @throws ApiError, TypeError */
export async function answerOf<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}
