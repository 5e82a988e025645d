// What applies to all requests: answer headers, unknown addresses, empty bodies and malformed HTTP.
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UserError } from '../../errors.ts';
import type { WebApplication } from '../context.ts';
import { refuseCrossSite } from './cross-site.ts';
import { tolerantJson } from '../schema/json-bodies.ts';
import { asksForPage, sendPage } from './web-files.ts';

/** Answers may contain confidential data: caches must not store them, and browsers must not run them as scripts. */
export const ANSWER_HEADERS = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };

/** Must be registered at the root, before all routes. Without `web`, only the API is served. */
export function everyRequest(app: FastifyInstance, web: WebApplication | undefined): void {
  app.addHook('onRequest', async (request, reply) => {
    // Files of the web application override Cache-Control.
    reply.headers(ANSWER_HEADERS);
    if (isEmpty(request)) delete request.headers['content-type'];
  });
  app.addHook('onRequest', refuseCrossSite);
  app.addHook('onRequest', async request => {
    // Checked before the body is read, so that an unreadable body does not hide the wrong address.
    if (request.is404 && !(web !== undefined && asksForPage(request))) throw notFound(request);
  });
  app.setNotFoundHandler((request, reply) => {
    if (web !== undefined && asksForPage(request)) return sendPage(reply, web);
    throw notFound(request);
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, readBody);
  app.addHook('preValidation', async request => {
    if (request.body === undefined && request.routeOptions.schema?.body) request.body = {};
  });
}

/** Clients send a content type even with an empty body. */
export const isEmpty = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;

/** The default parser; some routes have their own. @throws UserError INVALID_JSON, UNSUPPORTED_MEDIA_TYPE */
async function readBody({ headers }: FastifyRequest, text: string | Buffer): Promise<unknown> {
  if (text.length === 0 || /^application\/(.+\+)?json\b/i.test(headers['content-type'] ?? '')) {
    return tolerantJson(String(text));
  }
  throw unsupportedMediaType();
}

export function unsupportedMediaType(): UserError {
  return new UserError(
    'UNSUPPORTED_MEDIA_TYPE',
    'This call does not accept bodies of this content type.',
    'Send application/x-www-form-urlencoded or application/json.',
  );
}

function notFound({ method, url }: FastifyRequest): UserError {
  return new UserError('NOT_FOUND', `${method} ${url} does not exist.`, 'Check the address and the method.');
}

const BROKEN: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Answers malformed HTTP, for which no hook runs, and closes the connection. */
export function answerBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const body = JSON.stringify({ errorCode: 'INVALID_REQUEST', generalMessage: 'The request is not valid HTTP.' });
  const head = Object.entries({
    ...ANSWER_HEADERS,
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = BROKEN[error.code ?? ''] ?? '400 Bad Request';
  if (socket.writable) socket.write(`HTTP/1.1 ${status}\r\n${head.join('')}\r\n${body}`);
  socket.destroy(error);
}
