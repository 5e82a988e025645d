// Requests that a page of another site made a browser send: refused where the browser adds the credentials by itself.
import type { FastifyRequest } from 'fastify';
import { UserError } from '../../errors.ts';

/**
 * A hook for all routes. Whoever sends a token has it from us, and put it there on purpose; Basic credentials (and any other
 * scheme that a browser knows) are added by the browser to whatever a foreign page asks of us.
 * @throws UserError CROSS_SITE_REQUEST
 */
export async function refuseCrossSite(request: FastifyRequest): Promise<void> {
  if (!isAmbient(request.headers.authorization) || !isCrossSite(request)) return;
  throw new UserError(
    'CROSS_SITE_REQUEST',
    'A browser sent this request for a page of another site, with credentials that it added by itself.',
    'Open the address of Offhook itself; a program on another site sends a token as Authorization: Bearer.',
  );
}

/** Credentials that are sent without a script that knows them. */
const isAmbient = (authorization: string | undefined): boolean =>
  authorization !== undefined && !/^bearer\s/i.test(authorization);

/** What the browser says of the page that asks. Programs that are no browsers say nothing. */
function isCrossSite({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  // A page of another port or subdomain is «same-site», and is not ours.
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  return headers.origin !== undefined && hostOf(headers.origin) !== hostOf(`http://${host}`);
}

/** With the scheme's own port left out; undefined: none, such as of a page in a sandbox («null»). */
function hostOf(origin: string): string | undefined {
  const url = URL.parse(origin);
  return url?.host === '' ? undefined : url?.host.replace(/:(80|443)$/, '');
}

/** Whether the request says of itself that a browser sends it: one is never asked for a name and password. */
export const isOfBrowser = ({ headers }: FastifyRequest): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
