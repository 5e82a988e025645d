// Serves the web application: its files, and its page at all addresses that do not belong to the API.
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WebApplication } from '../context.ts';

/**
 * Allows nothing from other hosts, no inline scripts and no frames. Inline styles are allowed because the components use
 * them.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:",
  "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
};

/** Addresses of the API and of files: if they do not exist, the answer is an error and not the page. */
const API_OR_FILE = /^\/(voice|api|restapi|ingest|docs|openapi\.json|health|assets|favicon\.svg)(\/|\?|$)/;

const YEAR = '365d';

/** Must be registered at the root, before the routes. The handler of unknown addresses calls `sendPage`. */
export async function webFiles(app: FastifyInstance, web: WebApplication): Promise<void> {
  await app.register(fastifyStatic, { serve: false, preCompressed: true });

  app.get('/', { schema: { hide: true } }, (_, reply) => sendPage(reply, web));
  // The file names contain a hash of the content, so the files never change.
  app.get<{ Params: { name: string } }>('/assets/:name', { schema: { hide: true } }, (request, reply) =>
    sendFile(reply, web, `assets/${request.params.name}`, { maxAge: YEAR, immutable: true }),
  );
  app.get('/favicon.svg', { schema: { hide: true } }, (_, reply) =>
    sendFile(reply, web, 'favicon.svg', { maxAge: '1d' }),
  );
}

/** Whether a browser requests a page of the web application. */
export function asksForPage({ method, url, headers }: FastifyRequest): boolean {
  const acceptsPage = headers.accept?.includes('text/html') ?? false;
  return (method === 'GET' || method === 'HEAD') && acceptsPage && !API_OR_FILE.test(url);
}

/** Sends the page, or the reason why it is missing. Browsers revalidate it each time, so that they notice updates. */
export function sendPage(reply: FastifyReply, web: WebApplication): FastifyReply {
  reply.code(200);
  return sendFile(reply, web, 'index.html', { maxAge: 0 });
}

function sendFile(
  reply: FastifyReply,
  web: WebApplication,
  path: string,
  options: { maxAge: string | number; immutable?: true },
): FastifyReply {
  const state = web();
  reply.headers(HEADERS);
  if ('directory' in state) {
    if (path === 'index.html') {
      reply.header('Cache-Control', 'no-cache');
      return reply.sendFile(path, state.directory, { cacheControl: false });
    }
    return reply.sendFile(path, state.directory, options);
  }
  const refresh = state.isBuilding ? '<meta http-equiv="refresh" content="2">' : '';
  return reply
    .code(503)
    .headers({ 'Cache-Control': 'no-store', 'Retry-After': 2 })
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}` +
        `<title>Offhook</title><body><h1>Offhook</h1><p>${state.reason}</p><p>The API is running: see <a href="/docs">its documentation</a>.</p>`,
    );
}
