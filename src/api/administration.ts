// What the routes for administrators of all accounts share: who may call them, and how bodies are read.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Actor } from '../access/user-admin.ts';
import { LIMITS } from '../limits.ts';
import type { ApiContext } from './context.ts';
import { requireAdministrator, signedIn } from './guard.ts';
import { tolerantJson } from './schema.ts';

/** Checks the caller before a body is read; bodies are JSON, whatever they call themselves. */
export function administrationScope(app: FastifyInstance, context: ApiContext): void {
  app.addHook('onRequest', signedIn(context));
  app.addHook('onRequest', async request => requireAdministrator(request));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_: unknown, text: string) => tolerantJson(text));
}

/** The caller, as the record names them. */
export const actorOf = ({ principal, ip }: FastifyRequest): Actor => ({
  username: principal.username,
  address: ip,
});

/** A name that people give to a thing. */
export const Label = Type.String({ maxLength: LIMITS.nameChars, description: 'A name for people.' });

/** An instant of an answer. */
export const Instant = Type.String({ description: 'UTC, ISO 8601.', examples: ['2026-03-02T09:00:00.000Z'] });

export const isoInstant = (ms: number): string => new Date(ms).toISOString();
