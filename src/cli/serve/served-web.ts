// The web application for a server that starts: there at once if it is built, else as soon as it is.
import type { WebApplication } from '../../api/context.ts';
import { buildWeb, newestBuild, presentBuild } from './web-build.ts';

/** The server does not wait for the build: feeds come first. Aborting the signal ends a build that runs. */
export function servedWeb(signal: AbortSignal): WebApplication {
  const present = presentBuild();
  let state: ReturnType<WebApplication> =
    present === undefined
      ? {
          why: 'The web application is being built. This takes some seconds; the page opens by itself.',
          isComing: true,
        }
      : { directory: present };
  if (present === undefined) {
    buildWeb(signal)
      .catch(error => (signal.aborted ? undefined : insteadOfBuild(error)))
      .then(directory => {
        state = directory === undefined ? NOT_BUILT : { directory };
      });
  }
  return () => state;
}

const NOT_BUILT = {
  why: 'The web application is not built, and could not be built here; the log says why. Run npm ci, then npm run web:build.',
  isComing: false,
};

function insteadOfBuild(error: Error): string | undefined {
  process.stderr.write(`The web application was not built: ${error.message}\n`);
  return newestBuild();
}
