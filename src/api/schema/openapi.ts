// Serves the OpenAPI 3.1 document, made from the schemas of the routes, as JSON and as a web page.
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { PREFIXES } from '../context.ts';
import { withCommonAnswers } from './openapi-answers.ts';

const DESCRIPTION = `Offhook implements RingCentral's API: a program keeps working with another base URL and other credentials.

All paths under \`/voice/api/v1\` also work under \`/api/v1\`. Credentials are an access token (\`Authorization: Bearer …\`,
from either sign-in), or a legacy auth token or permanent API token (the same, or \`X-Auth-Token\`). A user name and password
(\`Authorization: Basic …\`) can only be used to send events. An error is an object with \`errorCode\`, \`generalMessage\`,
\`details\` (how to fix it), \`requestUri\`, \`timestamp\` and \`validationErrors\`; docs/errors.md lists the codes.`;

const TAGS = [
  { name: 'Report', description: 'The agent session report.' },
  { name: 'Sign-in', description: 'RingCentral’s current and legacy sign-in flows.' },
  { name: 'Accounts', description: 'Accounts, their settings and their states.' },
  { name: 'Directory', description: 'Agents and agent groups, with their history.' },
  { name: 'Live', description: 'Who is logged in now.' },
  { name: 'Events', description: 'Events that feeds send.' },
  { name: 'Data quality', description: 'Missing, unknown or contradictory data, and how to fix it.' },
  { name: 'Administration', description: 'Users, API clients and the audit log.' },
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
    // Each call is described once, under RingCentral's current prefix.
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
    // Allows nothing from other hosts, and does not force HTTPS, which a server in a local network may not have.
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
