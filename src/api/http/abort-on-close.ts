// Stops the work for a client that disconnects.
import type { FastifyReply } from 'fastify';

/** Aborted when the connection of the answer closes: at the end of the answer, or when the client disconnects. */
export function abortOnClose(reply: FastifyReply): AbortController {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller;
}
