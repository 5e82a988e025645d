// A CSV of sessions into DuckDB's own table, and its COPY of the 39 columns to nowhere.
import { createRequire } from 'node:module';
import { DUCKDB, NUMBERS, selectList, TEXTS } from './expressions.ts';

interface Connection {
  run: (sql: string) => Promise<unknown>;
}
interface DuckDb {
  DuckDBInstance: { create: (path: string) => Promise<{ connect: () => Promise<Connection> }> };
}

/** Seconds of a COPY in order of login; undefined where DuckDB is not installed (npm install --prefix bench/compare). */
export async function copyOfDuckDb(csvFile: string, runs: number): Promise<number | undefined> {
  const duckdb = loaded();
  if (duckdb === undefined) return undefined;
  const connection = await (await duckdb.DuckDBInstance.create(`${csvFile}.duckdb`)).connect();
  const types = [...TEXTS.map(name => `'${name}': 'VARCHAR'`), ...NUMBERS.map(name => `'${name}': 'BIGINT'`)];
  await connection.run(
    `CREATE TABLE sessions AS SELECT * FROM read_csv('${csvFile}', header = false, columns = {${types.join(', ')}})`,
  );
  await connection.run('CHECKPOINT');
  let bestMs = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    const startMs = performance.now();
    await connection.run(
      `COPY (SELECT ${selectList(DUCKDB)} FROM sessions ORDER BY login_ms, login_session_id) TO '/dev/null' (FORMAT csv, HEADER)`,
    );
    bestMs = Math.min(bestMs, performance.now() - startMs);
  }
  return bestMs / 1000;
}

function loaded(): DuckDb | undefined {
  try {
    return createRequire(import.meta.url)('@duckdb/node-api') as DuckDb;
  } catch {
    return undefined;
  }
}
