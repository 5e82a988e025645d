// PostgreSQL: loads a CSV of sessions into a temporary server, and copies the 39 columns to nowhere.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NUMBERS, POSTGRESQL, selectList, TEXTS } from './expressions.ts';

/** Seconds of a COPY in order of login, by an index; undefined if PostgreSQL is not installed. */
export function copyOfPostgres(csvFile: string, dir: string, runs: number): number | undefined {
  if (spawnSync('initdb', ['--version']).status !== 0) return undefined;
  const home = join(dir, 'postgresql');
  mkdirSync(home);
  for (const path of [dir, home, csvFile]) chmodSync(path, 0o777);
  const data = join(home, 'data');
  asServerUser(['initdb', '--auth=trust', '--username=bench', '-D', data]);
  const options = `-c listen_addresses='' -c unix_socket_directories=${home} -c shared_buffers=2GB -c max_wal_size=8GB -c work_mem=512MB`;
  asServerUser(['pg_ctl', '-D', data, '-o', options, '-w', '-l', join(home, 'log'), 'start']);
  try {
    const columns = [...TEXTS.map(name => `${name} text`), ...NUMBERS.map(name => `${name} bigint`)];
    sql(home, `CREATE TABLE sessions (${columns.join(', ')})`);
    sql(home, `COPY sessions FROM '${csvFile}' (FORMAT csv)`);
    sql(home, 'CREATE INDEX ON sessions (login_ms, login_session_id)');
    sql(home, 'VACUUM ANALYZE sessions');
    let bestMs = Number.POSITIVE_INFINITY;
    for (let i = 0; i < runs; i++) {
      const startMs = performance.now();
      sql(
        home,
        `COPY (SELECT ${selectList(POSTGRESQL)} FROM sessions ORDER BY login_ms, login_session_id) TO '/dev/null' (FORMAT csv, HEADER)`,
      );
      bestMs = Math.min(bestMs, performance.now() - startMs);
    }
    return bestMs / 1000;
  } finally {
    asServerUser(['pg_ctl', '-D', data, '-w', '-m', 'fast', 'stop']);
  }
}

function sql(home: string, statement: string): void {
  execFileSync('psql', ['-q', '-h', home, '-U', 'bench', '-d', 'postgres', '-v', 'ON_ERROR_STOP=1', '-c', statement]);
}

/** PostgreSQL refuses to run as root. */
function asServerUser([program, ...words]: [string, ...string[]]): void {
  const isRoot = process.getuid?.() === 0;
  const stdio = 'ignore';
  if (isRoot) execFileSync('runuser', ['-u', 'nobody', '--', program, ...words], { stdio, cwd: '/' });
  else execFileSync(program, words, { stdio });
}
