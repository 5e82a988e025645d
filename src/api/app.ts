// The HTTP side: every route of the server over one pipeline.
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { Type } from 'typebox';
import { openAccess } from '../access/access.ts';
import { openAudit } from '../access/audit.ts';
import { keepAccess } from '../access/housekeeping.ts';
import { LIMITS } from '../limits.ts';
import { openDemo } from '../simulate/demo.ts';
import { openReportViews } from '../report/views.ts';
import { type ApiContext, PREFIXES, type ServerSettings } from './context.ts';
import { errorHandler } from './errors.ts';
import { ANSWER_HEADERS, answerBroken, everyRequest } from './every-request.ts';
import { openLiveFeeds } from './live-feeds.ts';
import { describeRoutes } from './openapi.ts';
import { decodedBody } from './request-encoding.ts';
import { reportSlots } from './report-slots.ts';
import { accountRoutes } from './routes/accounts.ts';
import { agentAliasRoutes } from './routes/agent-aliases.ts';
import { agentGroupRoutes } from './routes/agent-groups.ts';
import { agentRoutes } from './routes/agents.ts';
import { agentsImportRoutes } from './routes/agents-import.ts';
import { auditLogRoutes } from './routes/audit-log.ts';
import { authRoutes } from './routes/auth.ts';
import { authSessionRoutes } from './routes/auth-session.ts';
import { auxStateRoutes } from './routes/aux-states.ts';
import { clientRoutes } from './routes/clients.ts';
import { dataQualityRoutes } from './routes/data-quality.ts';
import { demoRoutes } from './routes/demo.ts';
import { dialGroupRoutes } from './routes/dial-groups.ts';
import { engageAuthRoutes } from './routes/engage-auth.ts';
import { feedRoutes } from './routes/feeds.ts';
import { feedTokenRoutes } from './routes/feed-tokens.ts';
import { ingestRoutes } from './routes/ingest.ts';
import { installationRoutes } from './routes/installation.ts';
import { jwtCredentialRoutes } from './routes/jwt-credentials.ts';
import { loginSessionRoutes } from './routes/login-sessions.ts';
import { platformAuthRoutes } from './routes/platform-auth.ts';
import { realTimeRoutes } from './routes/real-time.ts';
import { realTimeStreamRoutes } from './routes/real-time-stream.ts';
import { rejectRoutes } from './routes/rejects.ts';
import { replayRoutes } from './routes/replay.ts';
import { reportRoutes } from './routes/report.ts';
import { reportColumnsRoutes } from './routes/report-columns.ts';
import { reportRowsRoutes } from './routes/report-rows.ts';
import { savedViewRoutes } from './routes/saved-views.ts';
import { templateRoutes } from './routes/template.ts';
import { trendsRoutes } from './routes/trends.ts';
import { userRoutes } from './routes/users.ts';
import { validatorCompiler } from './schema.ts';
import { webFiles } from './web.ts';

const HEALTH = {
  tags: ['Server'],
  summary: 'Whether the server and its engine answer',
  security: [],
  response: { 200: Type.Object({ status: Type.Literal('ok'), version: Type.String() }) },
};

/** RingCentral's resources, each under both prefixes. */
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

/** An app that is ready to listen or to be injected into. */
export async function buildApp(
  settings: ServerSettings,
  logger: FastifyServerOptions['logger'] = false,
): Promise<FastifyInstance> {
  const { offhook, now, version, web } = settings;
  const audit = openAudit(offhook.engine, now);
  const access = openAccess(offhook.engine, audit, now);
  const context: ApiContext = {
    ...settings,
    audit,
    access,
    authenticate: access.authenticate,
    slots: reportSlots(LIMITS.reports),
    views: openReportViews(offhook.engine, now),
    live: openLiveFeeds(settings, error => app.log.error(error, 'a live stream failed')),
    demo: settings.demo ?? openDemo(offhook, now),
  };
  const answerError = errorHandler(now);
  const app = Fastify({
    logger,
    bodyLimit: LIMITS.requestBodyBytes,
    requestTimeout: LIMITS.requestTimeoutMs,
    connectionTimeout: LIMITS.silentConnectionMs,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply.headers(ANSWER_HEADERS)),
    clientErrorHandler: answerBroken,
    trustProxy: settings.trustedProxies?.length ? [...settings.trustedProxies] : false,
    // Ids of feeds without sessions are longer than the usual hundred characters.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1024 },
  });
  app.addHook('preParsing', decodedBody);
  app.addHook('preClose', context.live.close);
  app.addHook('preClose', context.demo.stop);
  const { auditKeepMonths = LIMITS.auditKeepMonths } = settings;
  const housekeeping = { engine: offhook.engine, audit, now, auditKeepMonths, flush: access.flush };
  app.addHook(
    'onClose',
    keepAccess(housekeeping, error => app.log.error(error)),
  );
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
