// Builds the web application. A build is reused until the sources change.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { USERS_UMASK } from '../files.ts';

const run = promisify(execFile);

const WEB = join(import.meta.dirname, '../../../web');
const DIST = join(WEB, 'dist');
/** The build that an installed package brings instead of the sources (scripts/build-package.ts). */
const PACKAGED = join(import.meta.dirname, '../../web');
/** npm installs it in either of these places. */
const VITE_PLACES = [WEB, join(WEB, '..')].map(root => join(root, 'node_modules/vite/bin/vite.js'));

/** Builds that are kept: a server that is still running uses its own. */
const KEPT_BUILDS = 5;
/** A build takes only seconds, so an older unfinished one was abandoned. */
const ABANDONED_MS = 3_600_000;

/** Each build has its own directory, named after the hash of its sources. */
const buildOf = (hash: string) => join(DIST, `build-${hash}`);

/** The build of the present sources, if it exists. Takes milliseconds. */
export function presentBuild(): string | undefined {
  if (existsSync(PACKAGED)) return PACKAGED;
  const directory = buildOf(hashOfSources());
  return existsSync(directory) ? directory : undefined;
}

/** The newest build of any sources. */
export function newestBuild(): string | undefined {
  return newestFirst('build-*')[0]?.path;
}

/**
 * Builds the present sources, unless the build exists. Several processes may build at the same time: each uses its own directory,
 * and the first to finish renames it.
 * @throws Error with the output of the bundler, or if it is not installed
 */
export async function buildWeb(signal?: AbortSignal): Promise<string> {
  const directory = buildOf(hashOfSources());
  if (existsSync(directory)) return directory;
  const temporary = join(DIST, `making-${process.pid}-${Date.now()}`);
  try {
    await runVite(temporary, signal);
    // If another process was faster, its build is the same.
    await rename(temporary, directory).catch(error => {
      if (!existsSync(directory)) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  const old = [...newestFirst('build-*').slice(KEPT_BUILDS), ...newestFirst('making-*').filter(isAbandoned)];
  await Promise.all(old.map(({ path }) => rm(path, { recursive: true, force: true })));
  return directory;
}

/** A short hash of everything that the build depends on. */
function hashOfSources(): string {
  const files = globSync(['src/**/*.*', 'public/*', '*.*', '../package-lock.json'], { cwd: WEB }).sort();
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\0`);
    hash.update(readFileSync(join(WEB, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

interface Build {
  path: string;
  madeMs: number;
}

function newestFirst(pattern: string): Build[] {
  return globSync(pattern, { cwd: DIST })
    .map(name => join(DIST, name))
    .map(path => ({ path, madeMs: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.madeMs - a.madeMs);
}

/** Whether the process that made the build was killed. */
const isAbandoned = ({ madeMs }: Build): boolean => Date.now() - madeMs > ABANDONED_MS;

async function runVite(outDir: string, signal: AbortSignal | undefined): Promise<void> {
  const vite = VITE_PLACES.find(existsSync);
  if (vite === undefined) throw new Error('Vite is not installed.');
  const vites = [vite, 'build', WEB, '--outDir', outDir, '--logLevel', 'warn'];
  // The files are not secret: other users may serve from this directory, too.
  const args = ['-c', 'umask "$0" && exec "$@"', USERS_UMASK.toString(8), process.execPath, ...vites];
  const env = { ...process.env, NO_COLOR: '1' };
  await run('/bin/sh', args, { env, ...(signal && { signal }) });
}
