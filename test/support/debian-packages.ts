// Programs that tests need beside Node: found, or installed from Debian's packages where the tests run as root.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of several test files at once, one installs. */
const LOCK = join(tmpdir(), 'offhook-tests-apt.lock');

/** The first of the programs that is on the PATH. */
export const programOnPath = (...names: string[]): string | undefined =>
  (process.env.PATH ?? '')
    .split(':')
    .flatMap(directory => names.map(name => join(directory, name)))
    .find(existsSync);

/** What is found, if need be after the packages are installed. @throws Error that says what to install */
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
  const aptGet = (...words: string[]) => execFileSync('flock', [LOCK, 'apt-get', ...words], { stdio: 'ignore', env });
  aptGet('update');
  aptGet('install', '--yes', '--no-install-recommends', ...packages);
}
