// The page docs/api.md from the OpenAPI document: each call with its fields and a curl line.

export interface Schema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
}

interface Content {
  schema: Schema;
  example?: unknown;
  /** Several examples, by name. */
  examples?: Record<string, { value: unknown }>;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: Schema;
  example?: unknown;
}

/** The answer of a successful call, or a reference to a common one. */
export interface Answer {
  $ref?: string;
  content?: Record<string, Content>;
}

export interface Operation {
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Content> };
  responses?: Record<string, Answer>;
  /** Absent: any credentials of a user; empty: no credentials. */
  security?: Record<string, unknown>[];
}

export interface OpenApiDocument {
  info: { description?: string };
  tags?: { name: string; description?: string }[];
  paths?: Record<string, Record<string, Operation>>;
}

export function apiPage({ info, tags = [], paths = {} }: OpenApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const sections = tags.map(({ name, description }) => {
    const calls = operations.filter(({ operation }) => operation.tags?.includes(name));
    return `## ${name}\n\n${description}\n\n${calls.map(call).join('\n')}`;
  });
  return `# The HTTP API

This page is generated from the schemas that validate the requests. A running server has the same description as OpenAPI 3.1 at
\`/openapi.json\` and as a web page at \`/docs\`.

${info.description}

In the examples, \`$OFFHOOK\` is the address of the server and \`$TOKEN\` an access token or any other token of a user. The other
variables are fields of earlier answers: \`$clientId\` and \`$clientSecret\` come from creating an API client, \`$viewId\` from saving
a view.

${sections.join('\n')}`;
}

function call({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const [body] = Object.values(operation.requestBody?.content ?? {});
  const rows = [
    ...(operation.parameters ?? []).map(({ name, in: place, description, schema }) =>
      row(name, place, schema, description),
    ),
    ...(body ? fields(body.schema, '') : []),
  ];
  const table = rows.length > 0 ? `\n| Field | In | Type | Meaning |\n| --- | --- | --- | --- |\n${rows.join('')}` : '';
  const description = operation.description ? `\n${operation.description}\n` : '';
  return `### ${operation.summary}

\`${method} ${path}\`
${description}${table}
\`\`\`sh
${curl(path, method, operation)}
\`\`\`
`;
}

function row(name: string, place: string, schema: Schema, description = schema.description ?? ''): string {
  return `| \`${name}\` | ${place} | ${typeOf(schema)} | ${description.replaceAll('|', '\\|')} |\n`;
}

function fields(schema: Schema, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const object = [field, ...(field.anyOf ?? [])].find(({ properties }) => properties !== undefined);
    return [row(prefix + name, 'body', field), ...(object ? fields(object, `${prefix}${name}.`) : [])];
  });
}

function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map(value => `\`${JSON.stringify(value)}\``).join(' ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(', ');
  if (schema.items) return `list of ${typeOf(schema.items)}`;
  return String(schema.type ?? 'any');
}

function curl(path: string, method: string, operation: Operation): string {
  const address = addressOf(path, operation);
  const query = (operation.parameters ?? [])
    .filter(({ in: place, required, example }) => place === 'query' && (required || example !== undefined))
    .map(({ name, example = '' }) => `${name}=${encodeURIComponent(String(example))}`);
  const question = query.length > 0 ? `?${query.join('&')}` : '';
  const [contentType, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const words = [
    `curl -sS${method === 'GET' ? '' : ` -X ${method}`} "$OFFHOOK${address}${question}"`,
    ...credentials(operation),
    ...(body === undefined ? [] : bodyWords(contentType as string, body)),
  ];
  return words.join(' \\\n  ');
}

/** The path with example values. */
const addressOf = (path: string, { parameters = [] }: Operation): string =>
  path.replace(/\{(\w+)\}/g, (_, part: string) =>
    String(parameters.find(({ in: place, name }) => place === 'path' && name === part)?.example),
  );

/** Platform calls authenticate the client program; others a user, or nobody. */
function credentials({ security }: Operation): string[] {
  const takesTokens = security === undefined || security.some(scheme => 'bearer' in scheme);
  if (takesTokens) return ['-H "Authorization: Bearer $TOKEN"'];
  return security.some(scheme => 'basic' in scheme) ? ['-u "$clientId:$clientSecret"'] : [];
}

function bodyWords(contentType: string, { example, examples = {} }: Content): string[] {
  const value = example ?? Object.values(examples)[0]?.value;
  if (value === undefined) return [];
  if (contentType === 'application/x-www-form-urlencoded') {
    return Object.entries(value as object).map(([name, field]) => `--data-urlencode ${quoted(`${name}=${field}`)}`);
  }
  const type = `-H 'Content-Type: ${contentType}'`;
  return typeof value === 'string'
    ? [type, `--data-binary ${quoted(value)}`]
    : [type, `-d ${quoted(JSON.stringify(value))}`];
}

/** Shells expand variables only in double quotes. */
const quoted = (text: string) =>
  /\$\w/.test(text) ? `"${text.replaceAll('"', '\\"')}"` : `'${text.replaceAll("'", "'\\''")}'`;
