// Builds the HTTP server with all its routes.
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { Type } from 'typebox';
import { openAccess } from '../access/access.ts';
import { openAudit } from '../access/audit/audit.ts';
import { realTimeAgent } from './live/real-time-agent.ts';
import { LIMITS } from '../limits.ts';
import { openDemo } from '../simulate/demo.ts';
import { openReportViews } from '../report/views/views.ts';
import { type ApiContext, PREFIXES, type ServerSettings } from './context.ts';
import { errorHandler } from './http/errors.ts';
import { ANSWER_HEADERS, answerBroken, everyRequest } from './http/every-request.ts';
import type { LiveAgent } from '../live/live-agents.ts';
import { openLiveFeeds } from '../live/live-feeds.ts';
import { describeRoutes } from './schema/openapi.ts';
import { decodedBody } from './http/request-encoding.ts';
import { reportSlots } from './report/report-slots.ts';
import { accountRoutes } from './directory/accounts.ts';
import { agentAliasRoutes } from './directory/agent-aliases.ts';
import { agentGroupRoutes } from './directory/agent-groups.ts';
import { agentRoutes } from './directory/agents.ts';
import { agentsImportRoutes } from './directory/agents-import.ts';
import { auditLogRoutes } from './users/audit-log.ts';
import { authRoutes } from './sign-in/auth.ts';
import { authSessionRoutes } from './sign-in/auth-session.ts';
import { auxStateRoutes } from './directory/aux-states.ts';
import { clientRoutes } from './users/clients.ts';
import { dataQualityRoutes } from './quality/data-quality.ts';
import { demoRoutes } from './installation/demo.ts';
import { dialGroupRoutes } from './directory/dial-groups.ts';
import { engageAuthRoutes } from './sign-in/engage-auth.ts';
import { feedRoutes } from './quality/feeds.ts';
import { feedTokenRoutes } from './ingest/feed-tokens.ts';
import { ingestRoutes } from './ingest/ingest.ts';
import { installationRoutes } from './installation/installation.ts';
import { jwtCredentialRoutes } from './users/jwt-credentials.ts';
import { loginSessionRoutes } from './sessions/login-sessions.ts';
import { platformAuthRoutes } from './sign-in/platform-auth.ts';
import { realTimeRoutes } from './live/real-time.ts';
import { realTimeStreamRoutes } from './live/real-time-stream.ts';
import { rejectRoutes } from './quality/rejects.ts';
import { replayRoutes } from './quality/replay.ts';
import { reportRoutes } from './report/report.ts';
import { reportColumnsRoutes } from './report/report-columns.ts';
import { reportRowsRoutes } from './report/report-rows.ts';
import { savedViewRoutes } from './report/saved-views.ts';
import { templateRoutes } from './report/template.ts';
import { trendsRoutes } from './report/trends.ts';
import { userRoutes } from './users/users.ts';
import { validatorCompiler } from './schema/schema.ts';
import { webFiles } from './http/web-files.ts';

const HEALTH = {
  tags: ['Server'],
  summary: 'Check that the server and its database engine are running',
  security: [],
  response: { 200: Type.Object({ status: Type.Literal('ok'), version: Type.String() }) },
};

/** The routes that are available under both of RingCentral's prefixes. */
const RESOURCES = [
  authRoutes,
  authSessionRoutes,
  reportRoutes,
  templateRoutes,
  realTimeRoutes,
  loginSessionRoutes,
  realTimeStreamRoutes,
  trendsRoutes,
  dataQualityRoutes,
  accountRoutes,
  agentGroupRoutes,
  agentRoutes,
  agentsImportRoutes,
  agentAliasRoutes,
  auxStateRoutes,
  dialGroupRoutes,
  reportRowsRoutes,
  reportColumnsRoutes,
  savedViewRoutes,
  feedRoutes,
  rejectRoutes,
  replayRoutes,
  installationRoutes,
  demoRoutes,
  feedTokenRoutes,
  userRoutes,
  clientRoutes,
  jwtCredentialRoutes,
  auditLogRoutes,
];

/** @param logLive logs the error of a live stream */
function openContext(settings: ServerSettings, logLive: (error: unknown) => void): ApiContext {
  const { offhook, now, staleAfterMs } = settings;
  const { engine, onStored } = offhook;
  const access = settings.access ?? openAccess(engine, openAudit(engine, now), now);
  const toJson = (agent: LiveAgent, accountName: string, asOfMs: number) =>
    JSON.stringify(realTimeAgent(agent, accountName, asOfMs));
  return {
    ...settings,
    audit: access.audit,
    access,
    authenticate: access.authenticate,
    slots: reportSlots(LIMITS.reports),
    views: openReportViews(engine, now),
    live: openLiveFeeds({ engine, onStored, now, staleAfterMs, toJson }, logLive),
    demo: settings.demo ?? openDemo(offhook, now),
  };
}

/** Builds the server. It does not listen yet: tests inject requests. */
export async function buildApp(
  settings: ServerSettings,
  logger: FastifyServerOptions['logger'] = false,
): Promise<FastifyInstance> {
  const { offhook, now, version, web } = settings;
  const context = openContext(settings, error => app.log.error(error, 'a live stream failed'));
  const answerError = errorHandler(now);
  const app = Fastify({
    logger,
    bodyLimit: LIMITS.requestBodyBytes,
    requestTimeout: LIMITS.requestTimeoutMs,
    connectionTimeout: LIMITS.silentConnectionMs,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply.headers(ANSWER_HEADERS)),
    clientErrorHandler: answerBroken,
    trustProxy: settings.trustedProxies?.length ? [...settings.trustedProxies] : false,
    // Session ids of some feeds are longer than Fastify's default of 100 characters.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1024 },
  });
  app.addHook('preParsing', decodedBody);
  app.addHook('preClose', context.live.close);
  app.addHook('preClose', context.demo.stop);
  app.addHook('onClose', () => context.access.flush().catch(error => app.log.error(error)));
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => data => JSON.stringify(data));
  app.setErrorHandler(answerError);
  everyRequest(app, web);
  if (web !== undefined) await webFiles(app, web);
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
