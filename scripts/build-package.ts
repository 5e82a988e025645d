// Builds what the package runs into dist/: the server as JavaScript with its SQL, and the web application.
// Node strips no types from files under node_modules, where an installed package lies (docs/decisions/017-packaging.md).
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildWeb } from '../src/cli/serve/web-build.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');

rmSync(DIST, { recursive: true, force: true });
execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json'], { cwd: ROOT, stdio: 'inherit' });
for (const file of globSync('**/*.sql', { cwd: join(ROOT, 'src'), exclude: ['**/fixtures/**'] })) {
  cpSync(join(ROOT, 'src', file), join(DIST, file));
}
cpSync(await buildWeb(), join(DIST, 'web'), { recursive: true });
