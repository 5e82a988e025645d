// Programs that tests need in addition to Node: found, or installed from Debian's packages if the tests run as root.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Only one test file installs at a time. */
const LOCK = join(tmpdir(), 'offhook-tests-apt.lock');

/** The first of the programs that is on the PATH. */
export const programOnPath = (...names: string[]): string | undefined =>
  (process.env.PATH ?? '')
    .split(':')
    .flatMap(directory => names.map(name => join(directory, name)))
    .find(existsSync);

/** The result of `find`, after installing the packages if needed. @throws Error that says what to install */
export function withPackages<Found>(packages: readonly string[], find: () => Found | undefined): Found {
  const before = find();
  if (before !== undefined) return before;
  install(packages);
  const found = find();
  if (found !== undefined) return found;
  throw new Error(`These tests need more programs: apt-get install ${packages.join(' ')}.`);
}

function install(packages: readonly string[]): void {
  if (process.getuid?.() !== 0 || programOnPath('apt-get') === undefined) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const aptGet = (...options: string[]) =>
    execFileSync('flock', [LOCK, 'apt-get', ...options], { stdio: 'ignore', env });
  aptGet('update');
  aptGet('install', '--yes', '--no-install-recommends', ...packages);
}
