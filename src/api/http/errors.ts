// Turns errors into answers in RingCentral's format. A bug becomes status 500 and a log line; its message is not sent.
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_CODES, type ErrorCode, UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { isFromBrowser } from './cross-site.ts';
import { unsupportedMediaType } from './every-request.ts';
import { deliveryAnswer, REQUEST_ID_HEADER } from '../../sources/amazon-connect/firehose.ts';

/** Errors of Fastify itself. */
const FASTIFY_CODES: Readonly<Record<string, (limit: number) => UserError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: limit =>
    new UserError('BODY_TOO_LARGE', `The body is larger than ${limit} bytes.`, 'Send it in several smaller requests.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: unsupportedMediaType,
};

export function errorHandler(now: () => number) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const userError =
      (error as Error) instanceof UserError
        ? (error as unknown as UserError)
        : FASTIFY_CODES[error.code]?.(request.routeOptions.bodyLimit);
    if (userError !== undefined) return answer(userError, request, reply, now());
    if (error.statusCode !== undefined && error.statusCode < 500) {
      const refused = new UserError('INVALID_REQUEST', error.message, 'Correct the request.');
      return answer(refused, request, reply, now());
    }
    // A disconnected client is not a bug.
    if ((error as Error).name !== 'AbortError') request.log.error(error);
    return reply.code(500).send({
      errorCode: 'INTERNAL_ERROR',
      generalMessage: 'An internal error occurred. The server log has the details.',
      requestUri: request.url,
      timestamp: now(),
    });
  };
}

function answer(error: UserError, request: FastifyRequest, reply: FastifyReply, timestamp: number): FastifyReply {
  const { status } = ERROR_CODES[error.code];
  reply.code(status);
  // RingCentral's SDK looks for this text and then refreshes its token.
  if (error.code === 'JWT_EXPIRED') return reply.type('text/plain').send('Jwt is expired');
  if (error.code === 'ACCESS_DENIED') {
    // RingCentral's own text, which its clients look for.
    const generalMessage = 'You do not have permission to access this resource';
    return reply.send({ errorCode: 'access.denied.exception', generalMessage, timestamp });
  }
  const retryAfterSeconds = error.retryAfterSeconds ?? (status === 503 ? LIMITS.retryAfterSeconds : undefined);
  if (retryAfterSeconds !== undefined) reply.header('Retry-After', retryAfterSeconds);
  if (status === 401) reply.header('WWW-Authenticate', challengeFor(error.code, request));
  // Amazon Firehose does not understand other error formats.
  const deliveryId = request.headers[REQUEST_ID_HEADER];
  if (typeof deliveryId === 'string') return reply.send(deliveryAnswer(deliveryId, timestamp, error.message));
  return reply.send({
    ...(request.url.startsWith('/restapi/') ? oauthError(error) : {}),
    errorCode: error.code,
    generalMessage: error.message,
    details: error.remedy,
    developerMessage: `${error.code}: ${ERROR_CODES[error.code].meaning}`,
    requestUri: request.url,
    timestamp,
    validationErrors: error.validationErrors,
  });
}

/** Browsers must not ask for a password: they would send it with every later request, even from other websites. */
function challengeFor(code: ErrorCode, request: FastifyRequest): string {
  return code === 'INVALID_CLIENT' && !isFromBrowser(request) ? 'Basic realm="Offhook"' : 'Bearer';
}

/** The error fields of OAuth 2.0 (RFC 6749, section 5.2). */
function oauthError({ code, message }: UserError): { error: string; error_description: string } {
  const isNamed = ['INVALID_CLIENT', 'INVALID_GRANT', 'UNSUPPORTED_GRANT_TYPE'].includes(code);
  return { error: isNamed ? code.toLowerCase() : 'invalid_request', error_description: message };
}
