// YAML files as values, by the library that writes the API's description.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { parseAllDocuments } = createRequire(import.meta.resolve('@fastify/swagger'))('yaml') as {
  parseAllDocuments: (text: string, options: object) => { errors: unknown[]; toJS: () => unknown }[];
};

/** The documents of a file. Fails the test that calls it if the file has errors. */
export function yamlDocuments<Document>(path: string): Document[] {
  const parsed = parseAllDocuments(readFileSync(path, 'utf8'), { merge: true });
  assert.deepEqual(
    parsed.flatMap(({ errors }) => errors),
    [],
    path,
  );
  return parsed.map(document => document.toJS() as Document);
}
