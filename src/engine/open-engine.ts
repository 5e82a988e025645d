// Opens the engine: a ClickHouse server if the environment names one, else a data directory in this process.
import { requireDataDir } from './embedded/data-dir.ts';
import { openEmbeddedEngine } from './embedded/embedded-engine.ts';
import type { Engine } from './engine.ts';
import { serverAddress } from './server/server-start.ts';

/**
 * `OFFHOOK_CLICKHOUSE_URL` and `OFFHOOK_CLICKHOUSE_CLUSTER` in the environment; with the former, no directory is used.
 * @param mustExist whether a missing directory is an error; else it is created
 */
export async function openEngine(
  dataDir: string,
  { OFFHOOK_CLICKHOUSE_URL: url, OFFHOOK_CLICKHOUSE_CLUSTER: cluster }: NodeJS.ProcessEnv,
  mustExist = false,
): Promise<Engine> {
  if (!url) {
    if (mustExist) requireDataDir(dataDir);
    return openEmbeddedEngine(dataDir);
  }
  // Loaded when needed: the client takes a tenth of the start of a command.
  const { openServerEngine } = await import('./server/server-engine.ts');
  return openServerEngine(serverAddress(url, cluster));
}
