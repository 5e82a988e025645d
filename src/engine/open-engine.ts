// Where the data is kept into the engine for it: a ClickHouse server where one is named, else a directory of this process.
import { requireDataDir } from './embedded/data-dir.ts';
import { openEmbeddedEngine } from './embedded/embedded-engine.ts';
import type { Engine } from './engine.ts';
import { serverAddress } from './server/server-start.ts';

/**
 * `OFFHOOK_CLICKHOUSE_URL` and `OFFHOOK_CLICKHOUSE_CLUSTER` in the environment; with the former, no directory is used.
 * @param mustExist a directory that is not there is an error and is not made
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
  // Its client takes a tenth of the time in which a command starts.
  const { openServerEngine } = await import('./server/server-engine.ts');
  return openServerEngine(serverAddress(url, cluster));
}
