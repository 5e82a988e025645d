// Refuses requests that a page on another website made the browser send with saved credentials.
import type { FastifyRequest } from 'fastify';
import { UserError } from '../../errors.ts';

/**
 * A hook for all routes. A token is always sent on purpose, but a browser adds Basic credentials (and those of other schemes
 * that it supports) to requests of any page.
 * @throws UserError CROSS_SITE_REQUEST
 */
export async function refuseCrossSite(request: FastifyRequest): Promise<void> {
  if (!isAmbient(request.headers.authorization) || !isCrossSite(request)) return;
  throw new UserError(
    'CROSS_SITE_REQUEST',
    'A page on another website made the browser send this request with the credentials it had saved.',
    "Open Offhook at its own address. A program on another website must send a token as 'Authorization: Bearer'.",
  );
}

/** Whether a browser may have added the credentials by itself. */
const isAmbient = (authorization: string | undefined): boolean =>
  authorization !== undefined && !/^bearer\s/i.test(authorization);

/** Browsers send these headers about the page that makes the request; other programs do not. */
function isCrossSite({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  // A page on another port or subdomain is «same-site», but not part of Offhook.
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  return headers.origin !== undefined && hostOf(headers.origin) !== hostOf(`http://${host}`);
}

/** The host without the scheme's default port; undefined if there is none, as for a page in a sandbox («null»). */
function hostOf(origin: string): string | undefined {
  const url = URL.parse(origin);
  return url?.host === '' ? undefined : url?.host.replace(/:(80|443)$/, '');
}

/** Whether a browser sent the request. Browsers are never asked for a user name and password. */
export const isFromBrowser = ({ headers }: FastifyRequest): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
