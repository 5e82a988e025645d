// The built web application's files, and its page at every address that a browser opens and the API does not know.
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WebApplication } from '../context.ts';

/**
 * Nothing from other hosts, no script that is not a file of ours, no frame around the page. Styles may be in the page: the
 * components write theirs there.
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

/** Addresses of programs: what is not there is answered with an error that they read. */
const OF_PROGRAMS = /^\/(voice|api|restapi|ingest|docs|openapi\.json|health|assets|favicon\.svg)(\/|\?|$)/;

const YEAR = '365d';

/** Registered at the root, before the routes; the page itself is `sendPage`, for the handler of unknown addresses. */
export async function webFiles(app: FastifyInstance, web: WebApplication): Promise<void> {
  await app.register(fastifyStatic, { serve: false, preCompressed: true });

  app.get('/', { schema: { hide: true } }, (_, reply) => sendPage(reply, web));
  // The names hold a hash of the content: a file of this name never changes.
  app.get<{ Params: { name: string } }>('/assets/:name', { schema: { hide: true } }, (request, reply) =>
    sendFile(reply, web, `assets/${request.params.name}`, { maxAge: YEAR, immutable: true }),
  );
  app.get('/favicon.svg', { schema: { hide: true } }, (_, reply) =>
    sendFile(reply, web, 'favicon.svg', { maxAge: '1d' }),
  );
}

/** Whether a browser asks for a page, at an address that only the web application knows. */
export function asksForPage({ method, url, headers }: FastifyRequest): boolean {
  const acceptsPage = headers.accept?.includes('text/html') ?? false;
  return (method === 'GET' || method === 'HEAD') && acceptsPage && !OF_PROGRAMS.test(url);
}

/** The page, or a sentence on why there is none. Browsers ask again each time, so that an update reaches them. */
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
  const refresh = state.isComing ? '<meta http-equiv="refresh" content="2">' : '';
  return reply
    .code(503)
    .headers({ 'Cache-Control': 'no-store', 'Retry-After': 2 })
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}` +
        `<title>Offhook</title><body><h1>Offhook</h1><p>${state.why}</p><p>The API answers: <a href="/docs">its documentation</a>.</p>`,
    );
}
