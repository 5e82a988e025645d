// Generates the web application's API types from the server's OpenAPI document; --check only compares them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../src/api/app.ts';
import { openOffhook } from '../src/pipeline.ts';

const WEB = join(import.meta.dirname, '../web');
const FILE = join(WEB, 'src/api/schema.d.ts');

/** The document as text. Every resource has two prefixes; the web application uses the shorter one. */
async function documentText(dataDir: string): Promise<string> {
  const offhook = await openOffhook(dataDir);
  const app = await buildApp({ offhook, now: Date.now, staleAfterMs: 0, keepFormulas: false, version: '' });
  await app.ready();
  const text = JSON.stringify(app.swagger()).replaceAll('"/voice/api/v1/', '"/api/v1/');
  await app.close();
  await offhook.close();
  return text;
}

const directory = mkdtempSync(join(tmpdir(), 'offhook-types-'));
const [input, output] = [join(directory, 'openapi.json'), join(directory, 'schema.d.ts')];
writeFileSync(input, await documentText(join(directory, 'data')));
execFileSync(
  process.execPath,
  [join(WEB, 'node_modules/openapi-typescript/bin/cli.js'), input, '--alphabetize', '--output', output],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
const types = readFileSync(output, 'utf8');
rmSync(directory, { recursive: true });

if (!process.argv.includes('--check')) writeFileSync(FILE, types);
else if (readFileSync(FILE, 'utf8') !== types) {
  console.error('web/src/api/schema.d.ts is not current: run npm run web:types');
  process.exitCode = 1;
}
