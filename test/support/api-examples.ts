// Every example of the OpenAPI document as a request, sent in an order in which each finds what it is about.
import { Buffer } from 'node:buffer';
import type { OpenApiDocument, Operation } from '../../scripts/api-page.ts';

export interface ExampleCall {
  /** Such as «PUT /voice/api/v1/admin/users/{username}». */
  name: string;
  method: string;
  path: string;
  operation: Operation;
  contentType?: string;
  body?: unknown;
}

export interface ExampleRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload?: string;
}

/** A variable of an example is the field of that name in an earlier answer: `$viewId`. */
const VARIABLE = /\$(\w+)/g;
/** Comes after all else, since it ends the credentials of the caller. */
const SIGN_OUT = 'DELETE /voice/api/v1/auth/session';
/** Deletes, though it is a POST. */
const REVOKE = 'POST /restapi/oauth/revoke';
const METHODS = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE'];

/** One for each example of a body; what makes things comes first, what deletes them last, the innermost first. */
export function exampleCalls({ paths = {} }: OpenApiDocument): ExampleCall[] {
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([word, operation]) => {
      const method = word.toUpperCase();
      const call = { name: `${method} ${path}`, method, path, operation };
      const [contentType, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
      if (contentType === undefined) return [call];
      const { example, examples = {} } = content!;
      const bodies = [example, ...Object.values(examples).map(({ value }) => value)];
      return bodies.filter(body => body !== undefined).map(body => ({ ...call, contentType, body }));
    }),
  );
  const rank = ({ name, method, path }: ExampleCall): [number, number] => {
    if (name === SIGN_OUT) return [METHODS.length, 0];
    if (name === REVOKE) return [METHODS.indexOf('DELETE'), Number.NEGATIVE_INFINITY];
    return [METHODS.indexOf(method), method === 'DELETE' ? -path.length : 0];
  };
  return calls.sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    return a[0] - b[0] || a[1] - b[1];
  });
}

/** What earlier calls answered. */
export class Answers {
  #answers: { path: string; method: string; body: unknown }[] = [];

  add(method: string, path: string, body: unknown): void {
    this.#answers.push({ method, path, body });
  }

  /** Of the call that made or listed the thing, if there is one: its path is the longest beginning; else of the latest call. */
  field(name: string, path: string): string | undefined {
    const weight = (answer: { path: string; method: string }) =>
      path.startsWith(answer.path) ? answer.path.length * 2 + Number(answer.method === 'POST') : 0;
    const known = this.#answers
      .map((answer, nth) => ({ nth, weight: weight(answer), value: fieldOf(answer.body, name) }))
      .filter(({ value }) => value !== undefined)
      .sort((one, other) => other.weight - one.weight || other.nth - one.nth);
    return known[0]?.value;
  }
}

/** The first field of that name, however deep. */
function fieldOf(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  for (const [key, value] of Object.entries(body)) {
    if (key === name && ['string', 'number'].includes(typeof value)) return String(value);
    const inner = fieldOf(value, name);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** The request as the document gives it; the names of variables that no answer has given yet are added to `missing`. */
export function requestOf(call: ExampleCall, answers: Answers, token: string, missing: Set<string>): ExampleRequest {
  const { method, path, operation, contentType, body } = call;
  const filled = (text: string) =>
    text.replaceAll(VARIABLE, (_, name: string) => {
      const value = answers.field(name, path);
      if (value === undefined) missing.add(name);
      return value ?? '';
    });
  const parameters = operation.parameters ?? [];
  const exampleOf = (name: string) => parameters.find(parameter => parameter.name === name)?.example;
  const query = parameters.filter(({ in: place, example }) => place === 'query' && example !== undefined);
  const words = new URLSearchParams(query.map(({ name, example }) => [name, filled(String(example))]));
  const parts = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(filled(String(exampleOf(name)))));
  const payload = payloadOf(contentType, body, filled);
  return {
    method,
    url: query.length > 0 ? `${parts}?${words}` : parts,
    headers: {
      ...(contentType && { 'content-type': contentType }),
      ...credentialsOf(operation, token, filled),
    },
    ...(payload !== undefined && { payload }),
  };
}

/** As the page of the API shows them: a token where one is taken, else those of a client. */
function credentialsOf(
  { security }: Operation,
  token: string,
  filled: (text: string) => string,
): { authorization?: string } {
  if (security === undefined || security.some(scheme => 'bearer' in scheme)) {
    return { authorization: `Bearer ${token}` };
  }
  if (!security.some(scheme => 'basic' in scheme)) return {};
  const client = Buffer.from(filled('$clientId:$clientSecret')).toString('base64');
  return { authorization: `Basic ${client}` };
}

function payloadOf(
  contentType: string | undefined,
  body: unknown,
  filled: (text: string) => string,
): string | undefined {
  if (body === undefined) return undefined;
  if (typeof body === 'string') return filled(body);
  if (contentType !== 'application/x-www-form-urlencoded') return filled(JSON.stringify(body));
  return new URLSearchParams(
    Object.entries(body as object).map(([name, value]) => [name, filled(String(value))]),
  ).toString();
}
