// The entry point: runs the command line and sets the exit code.
import { readFileSync } from 'node:fs';
import { runCommandLine } from './cli/commands.ts';
import { reportError } from './cli/output.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

// A reader that stops early, such as `head`, is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await runCommandLine(process.argv.slice(2), version);
} catch (error) {
  process.exitCode = reportError(error, process.stderr);
}
