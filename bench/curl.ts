// Requests by curl, which needs hardly any processor time. A small shell starts it: a copy of the server's process would cost the
// server page faults for as long as the request takes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Fetched {
  /** Milliseconds until the first byte, and until the last. */
  firstMs: number;
  wholeMs: number;
  bytes: number;
}

export interface Curl {
  /** Posts a body, one at a time. @throws Error for an answer that is none of 2xx */
  post: (url: string, body: string) => Promise<Fetched>;
  close: () => Promise<void>;
}

const LOOP = `
while IFS= read -r url && IFS= read -r body; do
  curl -sS --fail-with-body -o /dev/null -X POST -H "Authorization: $AUTHORIZATION" -d "$body" \\
    -w '%{time_starttransfer} %{time_total} %{size_download}\\n' "$url" || exit 1
done`;

export function openCurl(authorization: string): Curl {
  const shell = spawn('sh', ['-c', LOOP], {
    env: { ...process.env, AUTHORIZATION: authorization },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
  return {
    async post(url, body) {
      shell.stdin.write(`${url}\n${body}\n`);
      const { done, value } = await lines.next();
      if (done) throw new Error(`the request to ${url} failed`);
      const [first, whole, bytes] = value.split(' ').map(Number) as [number, number, number];
      return { firstMs: Math.round(first * 1000), wholeMs: Math.round(whole * 1000), bytes };
    },
    async close() {
      shell.stdin.end();
      if (shell.exitCode === null) await once(shell, 'close');
    },
  };
}
