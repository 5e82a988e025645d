// A process that requests a URL repeatedly, and prints the answer times when it ends.
// node bench/clients/prober.ts URL AUTHORIZATION, ends when its standard input does
const [url, authorization] = process.argv.slice(2) as [string, string];
const PAUSE_MS = 20;

const took: number[] = [];
let isOver = false;
process.stdin.on('end', () => {
  isOver = true;
});
process.stdin.resume();

async function ask(): Promise<void> {
  const response = await fetch(url, { headers: { authorization } });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
}

// The first takes this process longer, not the server.
await ask();
while (!isOver) {
  const startMs = performance.now();
  await ask();
  took.push(performance.now() - startMs);
  await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
}
took.sort((a, b) => a - b);
const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
process.stdout.write(
  `${took.length} answers: p50 ${at(0.5).toFixed(0)} ms, p99 ${at(0.99).toFixed(0)} ms, slowest ${at(1).toFixed(0)} ms`,
);
