// Finds the built web application when the server starts, or builds it in the background.
import type { WebApplication } from '../../api/context.ts';
import { buildWeb, newestBuild, presentBuild } from './web-build.ts';

/** The server does not wait for the build: receiving events is more important. Aborting the signal stops the build. */
export function servedWeb(signal: AbortSignal): WebApplication {
  const present = presentBuild();
  let state: ReturnType<WebApplication> =
    present === undefined
      ? {
          reason: 'The web application is being built. This takes a few seconds; then this page loads by itself.',
          isBuilding: true,
        }
      : { directory: present };
  if (present === undefined) {
    buildWeb(signal)
      .catch(error => (signal.aborted ? undefined : previousBuild(error)))
      .then(directory => {
        state = directory === undefined ? NOT_BUILT : { directory };
      });
  }
  return () => state;
}

const NOT_BUILT = {
  reason:
    'The web application could not be built; the server log says why. Run npm ci and npm run web:build, then restart the server.',
  isBuilding: false,
};

function previousBuild(error: Error): string | undefined {
  process.stderr.write(`The web application could not be built: ${error.message}\n`);
  return newestBuild();
}
