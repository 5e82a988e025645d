// The steps of RingCentral's current sign-in against an app, as a client takes them.
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';

export const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

export interface Client {
  clientId: string;
  clientSecret: string;
}

export type Form = Readonly<Record<string, string>>;

export const basicOf = (name: string, secret: string) => `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;

/** Sends forms to the app; `address` is the one that the app sees. */
export function signInCalls(app: FastifyInstance) {
  const post = (url: string, form: Form, headers: Form = {}): Promise<LightMyRequestResponse> =>
    app.inject({
      method: 'POST',
      url,
      payload: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  const platform = (client: Client, form: Form, headers: Form = {}) =>
    post('/restapi/oauth/token', form, {
      authorization: basicOf(client.clientId, client.clientSecret),
      ...headers,
    });
  const exchange = (rcAccessToken: string, query = '?includeRefresh=true') =>
    post(`/api/auth/login/rc/accesstoken${query}`, { rcAccessToken, rcTokenType: 'Bearer' });
  return {
    post,
    platform,
    exchange,
    login: (username: string, password: string, headers: Form = {}) =>
      post('/api/v1/auth/login', { username, password }, headers),
    refresh: (refresh_token: string) => post('/api/auth/token/refresh', { refresh_token }),
    revoke: (client: Client, token: string) =>
      post('/restapi/oauth/revoke', { token }, { authorization: basicOf(client.clientId, client.clientSecret) }),
    /** A call that any signed-in user may make. */
    call: (authorization: string, headers: Form = {}) =>
      app.inject({ method: 'GET', url: '/voice/api/v1/admin/token', headers: { authorization, ...headers } }),
    /** All tokens of one sign-in with a password. */
    async signIn(client: Client, username: string, password: string) {
      const first = (await platform(client, { grant_type: 'password', username, password })).json();
      const second = (await exchange(first.access_token)).json();
      return {
        platform: first.access_token as string,
        platformRefresh: first.refresh_token as string,
        access: second.accessToken as string,
        refresh: second.refreshToken as string,
      };
    },
  };
}
