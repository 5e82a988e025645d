// The types of the web application are those of the server as it is.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

test('web/src/api/schema.d.ts is what the server says', () => {
  const script = join(import.meta.dirname, '../../scripts/generate-api-types.ts');
  execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' });
});
