// The routes' own schemas into the OpenAPI 3.1 document, as JSON and as a page that a person reads.
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { PREFIXES } from '../context.ts';
import { withCommonAnswers } from './openapi-answers.ts';

const DESCRIPTION = `Offhook answers RingCentral's calls: change the base URL and the credentials of a program and it goes on working.

Every resource under \`/voice/api/v1\` also answers under \`/api/v1\`. Credentials are an access token
(\`Authorization: Bearer …\`, from either sign-in), a legacy auth token or a permanent API token (the same, or
\`X-Auth-Token\`). A user name and password (\`Authorization: Basic …\`) may send events, and nothing else. An error is an object with \`errorCode\`,
\`generalMessage\`, \`details\` (how to fix it), \`requestUri\`, \`timestamp\` and \`validationErrors\`; docs/errors.md lists the codes.`;

const TAGS = [
  { name: 'Report', description: 'The agent session report.' },
  { name: 'Sign-in', description: 'RingCentral’s current and legacy flows.' },
  { name: 'Accounts', description: 'Accounts and what they consist of.' },
  { name: 'Directory', description: 'Agents and their groups, with history.' },
  { name: 'Live', description: 'Who is logged in now.' },
  { name: 'Events', description: 'What feeds send.' },
  { name: 'Data quality', description: 'What is missing, unknown or contradictory, and how to fix it.' },
  { name: 'Administration', description: 'Users, programs and the audit log.' },
  { name: 'Server', description: 'The server itself.' },
];

/** Must be registered before the routes that it describes. */
export async function describeRoutes(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Offhook', version, description: DESCRIPTION },
      tags: TAGS,
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          token: { type: 'apiKey', in: 'header', name: 'X-Auth-Token' },
          basic: { type: 'http', scheme: 'basic' },
        },
      },
      security: [{ bearer: [] }, { token: [] }],
    },
    // One description of each resource, under RingCentral's current prefix.
    transform: ({ schema, url }) => ({
      url,
      schema: (url.startsWith(PREFIXES[1]) ? { ...schema, hide: true } : schema) as FastifySchema,
    }),
    transformObject: document =>
      'openapiObject' in document ? withCommonAnswers(document.openapiObject) : document.swaggerObject,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // Nothing from other hosts, and no upgrade to HTTPS, which a server in a local network may not have.
    transformStaticCSP: () => "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'",
    theme: { title: 'Offhook API' },
    uiConfig: {
      layout: 'BaseLayout',
      docExpansion: 'list',
      defaultModelsExpandDepth: -1,
      tryItOutEnabled: false,
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}
