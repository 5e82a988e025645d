// The HTTP side: every route of the server over one pipeline.
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { ApiContext } from './context.ts';
import { errorHandler } from './errors.ts';
import { authRoutes } from './routes/auth.ts';
import { ingestRoutes } from './routes/ingest.ts';
import { reportRoutes } from './routes/report.ts';

/** An app that is ready to listen or to be injected into. */
export async function buildApp(
  context: ApiContext,
  logger: FastifyServerOptions['logger'] = false,
): Promise<FastifyInstance> {
  const app = Fastify({
    ...{ logger, bodyLimit: LIMITS.requestBodyBytes, requestTimeout: LIMITS.requestTimeoutMs },
    routerOptions: { ignoreTrailingSlash: true },
  });
  app.setErrorHandler(errorHandler(context.now));
  app.setNotFoundHandler(({ method, url }) => {
    throw new UserError(
      'NOT_FOUND',
      `There is nothing at ${method} ${url}.`,
      'Check the address and the method.',
    );
  });
  app.get('/health', async () => {
    await context.offhook.engine.query('SELECT 1');
    return { status: 'ok', version: context.version };
  });
  await app.register(scope => authRoutes(scope, context));
  await app.register(scope => ingestRoutes(scope, context));
  await app.register(scope => reportRoutes(scope, context));
  return app;
}
