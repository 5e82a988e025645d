// Sends single RingCX events to a running server, as fast as acknowledged or at a fixed rate, and returns answer times in milliseconds.
import { Agent, request } from 'node:http';

interface Sending {
  port: number;
  connections: number;
  seconds: number;
  /** Requests per second; 0: as fast as they are acknowledged. */
  perSecond: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const headers = {
  authorization: `Basic ${Buffer.from('admin:bench').toString('base64')}`,
  'content-type': 'application/json',
};
let nextId = process.pid * 1_000_000;

function body(): string {
  const id = nextId++;
  const time = new Date(Date.UTC(2026, 5, 1) + (id % 1_000_000) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return JSON.stringify({
    event_type: 'ENGAGED',
    event_aux_type: '',
    prev_state: 'TRANSITION',
    prev_aux_state: '',
    duration: '7',
    agent_login_id: String(600_000_000 + (id % 2000)),
    account_id: '15300002',
    agent_id: String(1_300_000 + (id % 2000)),
    username: 'rc.guest@example.com',
    external_agent_id: null,
    agent_phone: '16505550100*1212@RC_SOFTPHONE',
    source_ip: '192.168.82.182',
    date_time: time,
    pending_disp: '1',
    call_id: String(id).padStart(30, '2'),
    call_source_id: '72992',
    call_source_name: 'My Queue',
    dnis: '2095550101',
    call_type: 'ACD',
  });
}

function send(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, host: '127.0.0.1', agent, method: 'POST', path: '/ingest/v1/ringcx', headers },
      answer => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode === 200));
      },
    );
    sent.once('error', reject);
    sent.end(body());
  });
}

/** Times from when a request was due to its answer, so that a server that falls behind does not look fast. */
async function run({
  port,
  connections,
  seconds,
  perSecond,
}: Sending): Promise<{ times: number[]; failed: number; ms: number }> {
  const times: number[] = [];
  let failed = 0;
  let due = 0;
  const startMs = performance.now();
  const endMs = startMs + seconds * 1000;
  const sender = async () => {
    for (;;) {
      let dueMs = performance.now();
      if (perSecond > 0) {
        dueMs = startMs + (due++ / perSecond) * 1000;
        const waitMs = dueMs - performance.now();
        if (waitMs > 0) await new Promise(resolve => setTimeout(resolve, waitMs));
      }
      if (dueMs >= endMs || performance.now() >= endMs) return;
      if (!(await send(port))) failed++;
      times.push(performance.now() - dueMs);
    }
  };
  await Promise.all(Array.from({ length: connections }, sender));
  return { times, failed, ms: performance.now() - startMs };
}

process.once('message', async (sending: Sending) => {
  // Waits until it is sent: tens of thousands of times do not fit into a pipe at once.
  process.send?.(await run(sending), () => process.disconnect());
});
