// How long other requests take while something runs, and how late the event loop of this process gets meanwhile.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 1;

/** Requests the URL from another process while `run` does; returns the figures as text. */
export async function probing(url: string, authorization: string, run: () => Promise<unknown>): Promise<string> {
  const prober = spawn(process.execPath, [join(import.meta.dirname, 'clients/prober.ts'), url, authorization]);
  prober.stderr.pipe(process.stderr);
  let output = '';
  prober.stdout.on('data', chunk => {
    output += chunk;
  });
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await run();
  delay.disable();
  prober.stdin.end();
  await new Promise(resolve => prober.once('close', resolve));
  const late = (ns: number) => `${Math.max(0, ns / 1e6 - RESOLUTION_MS).toFixed(0)} ms`;
  return `${output} · event loop late: p99 ${late(delay.percentile(99))}, at most ${late(delay.max)}`;
}
