// DuckDB: loads a CSV of sessions into a table, and copies the 39 columns to nowhere.
import { DuckDBInstance } from '@duckdb/node-api';
import { DUCKDB, NUMBERS, selectList, TEXTS } from './expressions.ts';

/** Seconds of a COPY in order of login. */
export async function copyOfDuckDb(csvFile: string, runs: number): Promise<number> {
  const connection = await (await DuckDBInstance.create(`${csvFile}.duckdb`)).connect();
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
