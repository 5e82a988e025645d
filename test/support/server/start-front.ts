// A ClickHouse server for a test: the HTTP front over the embedded engine, as a process of its own on a new directory.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Front {
  url: string;
  process: ChildProcess;
}

/** Ends with the process that started it. `config` is a file of the engine's configuration, `profile` its settings. */
export async function startFront(config?: string, profile: object = {}): Promise<Front> {
  const directory = mkdtempSync(join(tmpdir(), 'offhook-front-'));
  const script = join(import.meta.dirname, 'clickhouse-http.ts');
  const child = spawn(
    process.execPath,
    [script, directory, ...(config === undefined ? [] : [config, JSON.stringify(profile)])],
    {
      // Not this process's own arguments: the front must not start a front.
      env: { ...process.env, NODE_OPTIONS: '', UV_THREADPOOL_SIZE: '16' },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  process.once('exit', () => {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
    child.once('exit', code => reject(new Error(`the front ended with ${code}`)));
  });
  // A test file ends when its tests have, whatever else runs.
  child.unref();
  for (const stream of [child.stdin, child.stdout]) (stream as unknown as { unref: () => void }).unref();
  return { url: `http://127.0.0.1:${port}`, process: child };
}
