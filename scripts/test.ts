// Runs all test files, or those given as arguments, each in a process of its own.
import { globSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism, freemem } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
/** Longest first, browsers before all others, so that no processor waits for the last file. */
const FOLDERS = ['test/web/', 'test/', 'src/'];
/** For one file. Properties that are tried more often (test/support/property-runs.ts) take longer. */
const TIMEOUT_MS = 300_000 * Math.max(1, Number(process.env.OFFHOOK_TEST_RUNS ?? 1));
const MEMORY_DISK = '/dev/shm';
/** Far more than the tests write at a time. */
const MEMORY_BYTES = 6 * 2 ** 30;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { import: { type: 'string' } } });
// Most processes of the tests load the same modules: with them compiled, one starts in half the processor time.
process.env.NODE_COMPILE_CACHE ??= join(ROOT, 'node_modules/.cache/node');
const directory = memoryDirectory();
if (directory !== undefined) process.env.TMPDIR = directory;

const tests = run({
  files: positionals.length > 0 ? positionals : allFiles(),
  cwd: ROOT,
  // One more than there are processors: browsers, servers under test and other readers leave them idle now and then.
  concurrency: availableParallelism() + 1,
  timeout: TIMEOUT_MS,
  execArgv: values.import === undefined ? [] : ['--import', values.import],
});
tests.on('test:fail', () => {
  process.exitCode = 1;
});
const output = tests.compose(new spec());
output.pipe(process.stdout);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
process.once('exit', () => {
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
});
await finished(output);

function allFiles(): string[] {
  const rank = (file: string) => FOLDERS.findIndex(folder => file.startsWith(folder));
  return globSync('{src,test}/**/*.test.ts', { cwd: ROOT }).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** A directory in memory for what the tests write, since every insert waits for the disk; undefined without enough memory. */
function memoryDirectory(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(MEMORY_DISK);
    const isExecutable = !new RegExp(` ${MEMORY_DISK} \\S+ \\S*noexec`).test(readFileSync('/proc/mounts', 'utf8'));
    if (!isExecutable || Math.min(bavail * bsize, freemem()) < MEMORY_BYTES) return undefined;
    return mkdtempSync(join(MEMORY_DISK, 'offhook-tests-'));
  } catch {
    // No such file system: not Linux, or not in this container.
    return undefined;
  }
}
