// The OpenAPI document is valid, describes every route, and each of its examples is what the server takes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { OpenApiDocument } from '../scripts/api-page.ts';
import { routesOf } from './support/routes.ts';
import { bearer, temporaryServer } from './support/temporary-server.ts';

const { app } = await temporaryServer();
const document = (await app.inject({ url: '/openapi.json' })).json() as OpenApiDocument & { openapi: string };
const calls = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

test('the document is valid OpenAPI 3.1', async () => {
  assert.equal(document.openapi, '3.1.0');
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  assert.ok(valid, JSON.stringify(errors, undefined, 1));
});

test('every call has a name and a place in the page', () => {
  const tags = (document.tags ?? []).map(({ name }) => name);
  for (const { path, method, operation } of calls) {
    assert.ok(operation.summary, `${method} ${path} has no summary`);
    assert.ok(tags.includes(operation.tags?.[0] ?? ''), `${method} ${path} has no tag of the page`);
  }
});

test('every route is described, but for those of the pages that describe', () => {
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

for (const { path, method, operation } of calls) {
  const [contentType, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const examples =
    body === undefined ? [] : [body.example, ...Object.values(body.examples ?? {}).map(({ value }) => value)];
  for (const example of examples.filter(value => value !== undefined)) {
    test(`${method} ${path} takes its example`, async () => {
      const isForm = contentType === 'application/x-www-form-urlencoded';
      const answer = await app.inject({
        method: method.toUpperCase() as 'POST',
        url: path.replaceAll(/\{(\w+)\}/g, (_, name) => (name === 'source' ? 'ringcx' : '15300002')),
        headers: { ...bearer('administrator'), 'content-type': contentType as string },
        payload: isForm
          ? new URLSearchParams(example as Record<string, string>).toString()
          : (example as object),
      });
      assert.ok(answer.statusCode < 500, answer.body);
      if (answer.statusCode >= 400) assert.notEqual(answer.json().errorCode, 'INVALID_REQUEST', answer.body);
    });
  }
}
