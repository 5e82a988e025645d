// The OpenAPI document is valid and describes all routes, and the server accepts all its examples.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { routesOf } from '../support/routes.ts';
import type { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Answer, OpenApiDocument, Operation, Schema } from '../../scripts/api-page.ts';
import type { Demo } from '../../src/simulate/demo.ts';
import { Answers, type ExampleCall, type ExampleRequest, exampleCalls, requestOf } from '../support/api-examples.ts';
import { bearer, temporaryServer } from '../support/temporary-server.ts';

/** The real demo takes a few seconds to load. */
const DEMO: Demo = {
  state: () => ({ state: 'ABSENT', progress: 0, problem: '' }),
  stop: async () => {},
  check: async () => {},
  load: async () => '',
  remove: async () => {},
  resume: async () => {},
};
const { app } = await temporaryServer(undefined, DEMO);
const document = (await app.inject({ url: '/openapi.json' })).json() as OpenApiDocument & {
  openapi: string;
  components: { schemas: Record<string, object> };
};
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const calls = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

test('the document is valid OpenAPI 3.1', async () => {
  assert.equal(document.openapi, '3.1.0');
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  assert.ok(valid, JSON.stringify(errors, undefined, 1));
});

test('every call has a summary and a tag', () => {
  const tags = (document.tags ?? []).map(({ name }) => name);
  for (const { path, method, operation } of calls) {
    assert.ok(operation.summary, `${method} ${path} has no summary`);
    assert.ok(tags.includes(operation.tags?.[0] ?? ''), `${method} ${path} has no tag of the page`);
  }
});

test('every route is described, except the documentation itself', () => {
  const described = new Set(
    calls.map(({ path, method }) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  const routes = routesOf(app);
  const missing = routes.filter(
    route => !described.has(route) && !/^\S+ \/(docs|openapi|api\/v1|api\/auth|voice\/api\/auth)/.test(route),
  );
  assert.ok(routes.length > 50);
  assert.deepEqual(missing, []);
});

/** The successful answers of the call, by status. */
const successes = (operation: Operation): [status: string, answer: Answer][] =>
  Object.entries(operation.responses ?? {}).filter(([status]) => status.startsWith('2'));

test('every call describes its answers and its errors', () => {
  for (const { path, method, operation } of calls) {
    const name = `${method.toUpperCase()} ${path}`;
    for (const [status, { content }] of successes(operation)) {
      const isDescribed = Object.values(content ?? {}).some(({ schema }) => schema !== undefined);
      assert.ok(
        status === '204' || isDescribed,
        `${name} does not say what it answers: add «response: { ${status}: … }» to the schema of its route in src/api`,
      );
    }
    assert.equal(successes(operation).length, 1, name);
    const refusals = Object.entries(operation.responses ?? {}).filter(([status]) => status >= '4');
    const expected = /^(get \/health)$/.test(`${method} ${path}`) ? ['500', '503'] : ['401', '429', '500'];
    for (const status of expected)
      assert.ok(
        refusals.some(([each]) => each === status),
        `${name} has no ${status}`,
      );
    for (const [status, { $ref }] of refusals) assert.equal($ref, `#/components/responses/Error${status}`, name);
  }
});

test('an error is as the document describes it', async () => {
  const schema = document.components.schemas.Error as Type.TSchema;
  const headers = { authorization: 'Bearer wrong' };
  for (const answer of [
    await app.inject({ method: 'GET', url: '/api/v1/admin/accounts', headers }),
    await app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      headers: FORM,
      payload: 'username=a&password=b',
    }),
    await app.inject({ method: 'POST', url: '/restapi/oauth/token', headers: FORM, payload: 'grant_type=x' }),
    await app.inject({ method: 'POST', url: '/api/auth/token/refresh', headers: FORM, payload: '' }),
  ]) {
    assert.ok(answer.statusCode >= 400);
    assert.deepEqual(undescribed(schema, answer.json()), [], answer.body);
  }
});

test('every example can be sent as it is, and its answer matches the document', async () => {
  await seed();
  const login = 'username=administrator&password=administrator';
  const signedIn = await app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    headers: FORM,
    payload: login,
  });
  const { authToken } = signedIn.json();
  const answers = new Answers();
  const waiting = exampleCalls(document);
  const failed: string[] = [];
  while (waiting.length > 0) {
    const unknown = new Map<string, string>();
    const next = waiting.findIndex(call => {
      const missing = new Set<string>();
      requestOf(call, answers, authToken, missing);
      for (const name of missing) unknown.set(call.name, name);
      return missing.size === 0;
    });
    assert.ok(
      next >= 0,
      `No earlier answer has a field for the variables of these calls: ${JSON.stringify([...unknown])}. Give the parameter an ` +
        'example in PATH_EXAMPLES (src/api/schema/openapi-answers.ts), or let the call that makes the thing answer with its id.',
    );
    const [call] = waiting.splice(next, 1) as [ExampleCall];
    const request = requestOf(call, answers, authToken, new Set());
    await run(call, request, answers).catch((error: Error) => failed.push(error.message));
  }
  assert.deepEqual(failed, []);
});

async function run(call: ExampleCall, request: ExampleRequest, answers: Answers): Promise<void> {
  const [[status, { content = {} }] = ['', {}]] = successes(call.operation);
  // A stream does not end, so the test does not wait for it.
  const isStream = 'text/event-stream' in content;
  const answer = await app.inject({ ...request, method: request.method as 'GET', payloadAsStream: isStream });
  const what = `${call.name} ${JSON.stringify(request)}`;
  if (isStream) answer.stream().destroy();
  assert.equal(String(answer.statusCode), status, `${what}: ${isStream ? '' : answer.body}`);
  if (status === '204' || isStream) return;
  const contentType = String(answer.headers['content-type']).split(';')[0] as string;
  const described = Object.entries(content).find(([type]) => type.startsWith(contentType));
  assert.ok(described, `${what} answers ${contentType}, not ${Object.keys(content)}`);
  if (contentType !== 'application/json') return answers.add('POST', call.path, { apiToken: answer.body });
  answers.add(call.method, call.path, answer.json());
  assert.deepEqual(undescribed(described[1].schema as Type.TSchema, answer.json()), [], `${what}: ${answer.body}`);
}

/** Where the value does not match the schema or has fields that the schema does not have. */
function undescribed(schema: Type.TSchema, value: unknown): string[] {
  return [
    ...Value.Errors(schema, value).map(({ instancePath, message }) => `${instancePath} ${message}`),
    ...unnamed(schema, value, ''),
  ];
}

function unnamed(schema: Schema, value: unknown, path: string): string[] {
  const { anyOf, items, properties } = schema;
  if (anyOf) {
    const fitting = anyOf.find(each => Value.Check(each as Type.TSchema, value));
    return fitting === undefined ? [] : unnamed(fitting, value, path);
  }
  if (items && Array.isArray(value)) return value.flatMap((item, nth) => unnamed(items, item, `${path}/${nth}`));
  if (properties === undefined || Object.keys(properties).length === 0) return [];
  return Object.entries(value as object).flatMap(([key, field]) =>
    properties[key] === undefined
      ? [`${path}/${key} is not described`]
      : unnamed(properties[key], field, `${path}/${key}`),
  );
}

/** The events at the beginning of the README, and one invalid input. */
async function seed(): Promise<void> {
  const example = (name: string) => readFileSync(join(import.meta.dirname, '../../examples', name), 'utf8');
  const headers = bearer('administrator');
  const events = `${example('events.ndjson')}{"event_type":"NEWS","account_id":"15300002"}`;
  await app.inject({ method: 'POST', url: '/ingest/v1/ringcx', headers, payload: events });
  const url = '/api/v1/admin/accounts/15300002/agentsImport';
  await app.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'text/csv' },
    payload: example('agents.csv'),
  });
}
