// The HTTP side: every route of the server over one pipeline.
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { openAccess } from '../access/access.ts';
import { openAudit } from '../access/audit.ts';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { type ApiContext, PREFIXES, type ServerSettings } from './context.ts';
import { errorHandler } from './errors.ts';
import { describeRoutes } from './openapi.ts';
import { reportSlots } from './report-slots.ts';
import { accountRoutes } from './routes/accounts.ts';
import { agentGroupRoutes } from './routes/agent-groups.ts';
import { agentRoutes } from './routes/agents.ts';
import { agentsImportRoutes } from './routes/agents-import.ts';
import { auditLogRoutes } from './routes/audit-log.ts';
import { authRoutes } from './routes/auth.ts';
import { auxStateRoutes } from './routes/aux-states.ts';
import { clientRoutes } from './routes/clients.ts';
import { dataQualityRoutes } from './routes/data-quality.ts';
import { dialGroupRoutes } from './routes/dial-groups.ts';
import { engageAuthRoutes } from './routes/engage-auth.ts';
import { ingestRoutes } from './routes/ingest.ts';
import { jwtCredentialRoutes } from './routes/jwt-credentials.ts';
import { platformAuthRoutes } from './routes/platform-auth.ts';
import { realTimeRoutes } from './routes/real-time.ts';
import { reportRoutes } from './routes/report.ts';
import { templateRoutes } from './routes/template.ts';
import { userRoutes } from './routes/users.ts';
import { validatorCompiler } from './schema.ts';

const HEALTH = { tags: ['Server'], summary: 'Whether the server and its engine answer', security: [] };

/** RingCentral's resources, each under both prefixes. */
const RESOURCES = [
  ...[authRoutes, reportRoutes, templateRoutes, realTimeRoutes, dataQualityRoutes],
  ...[accountRoutes, agentGroupRoutes, agentRoutes, agentsImportRoutes, auxStateRoutes, dialGroupRoutes],
  ...[userRoutes, clientRoutes, jwtCredentialRoutes, auditLogRoutes],
];

/** An app that is ready to listen or to be injected into. */
export async function buildApp(
  settings: ServerSettings,
  logger: FastifyServerOptions['logger'] = false,
): Promise<FastifyInstance> {
  const { offhook, now, version } = settings;
  const audit = openAudit(offhook.engine, now);
  const access = openAccess(offhook.engine, audit, now);
  const context: ApiContext = {
    ...settings,
    audit,
    access,
    authenticate: access.authenticate,
    slots: reportSlots(LIMITS.reports),
  };
  const app = Fastify({
    ...{ logger, bodyLimit: LIMITS.requestBodyBytes, requestTimeout: LIMITS.requestTimeoutMs },
    connectionTimeout: LIMITS.silentConnectionMs,
    // A proxy on this machine says who its client is; nobody else is believed.
    trustProxy: 'loopback',
    routerOptions: { ignoreTrailingSlash: true },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => data => JSON.stringify(data));
  app.setErrorHandler(errorHandler(now));
  app.setNotFoundHandler(({ method, url }) => {
    throw new UserError(
      'NOT_FOUND',
      `There is nothing at ${method} ${url}.`,
      'Check the address and the method.',
    );
  });
  await describeRoutes(app, version);
  app.get('/health', { schema: HEALTH }, async () => {
    await offhook.engine.query('SELECT 1');
    return { status: 'ok', version };
  });
  await app.register(scope => ingestRoutes(scope, context));
  await app.register(scope => platformAuthRoutes(scope, context));
  for (const prefix of ['/voice', '']) {
    await app.register(scope => engageAuthRoutes(scope, context), { prefix });
  }
  for (const prefix of PREFIXES) {
    for (const routes of RESOURCES) await app.register(scope => routes(scope, context), { prefix });
  }
  return app;
}
