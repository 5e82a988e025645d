// A process whose readers of a report stall, or leave before its end.
// node bench/clients/readers.ts URL BODY stall COUNT AUTHORIZATION, ends with its standard input; says when all have a first byte
// node bench/clients/readers.ts URL BODY leave COUNT AUTHORIZATION, ends when all have left
import { request } from 'node:http';

const [url = '', body = '', what, count, authorization = ''] = process.argv.slice(2);
const AT_ONCE = 4;
/** The longest time after which one leaves: some before the first byte, some after it. */
const LEAVE_MS = 400;

const headers = { authorization, 'content-type': 'application/json' };
const report = () => request(url, { method: 'POST', headers, agent: false });

/** Reads no more than arrives with the headers of the answer. */
function stall(): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = report();
    sent.once('response', answer => {
      answer.once('readable', resolve);
      answer.once('error', () => {});
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

function leave(afterMs: number): Promise<void> {
  return new Promise(resolve => {
    const sent = report();
    sent.once('response', answer => answer.resume().once('error', () => {}));
    sent.once('error', () => {});
    sent.once('close', resolve);
    sent.end(body);
    setTimeout(() => sent.destroy(), afterMs);
  });
}

if (what === 'stall') {
  await Promise.all(Array.from({ length: Number(count) }, stall));
  process.stdout.write('stalled\n');
  process.stdin.once('end', () => process.exit(0)).resume();
} else {
  let next = 0;
  const reader = async () => {
    while (next < Number(count)) await leave((next++ * 37) % LEAVE_MS);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
}
