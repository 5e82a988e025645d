// Follows the server's live stream of agents; reconnects after growing pauses when it breaks.
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { ApiError } from '../../../api/api-error.ts';
import { fetchSignedIn } from '../../../api/client.ts';
import { subscribe as onConnection } from '../../../api/connection.ts';
import type { LiveAgent } from '../live-agent.ts';

export interface LivePicture {
  status: 'connecting' | 'live' | 'reconnecting';
  /** By session; undefined: nothing received yet. */
  agents: ReadonlyMap<string, LiveAgent> | undefined;
  /** An error that the server answered with. */
  error: Error | undefined;
  /** The server's clock at `receivedAt`, in milliseconds. */
  serverMs: number;
  /** `performance.now()` of the last update. */
  receivedAt: number;
}

export const NOTHING_YET: LivePicture = {
  status: 'connecting',
  agents: undefined,
  error: undefined,
  serverMs: Date.now(),
  receivedAt: 0,
};

/** The server's clock now, in milliseconds; independent of this device's clock. */
export const serverNow = ({ serverMs, receivedAt }: LivePicture): number => serverMs + performance.now() - receivedAt;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** The server sends at least every 15 seconds. */
const SILENCE_MS = 40_000;

/** Calls `show` with each update until the signal is aborted. */
export async function followLive(
  accountId: string,
  show: (picture: LivePicture) => void,
  signal: AbortSignal,
): Promise<void> {
  let picture = NOTHING_YET;
  let pauseMs = FIRST_PAUSE_MS;
  const change = (changes: Partial<LivePicture>) => {
    picture = { ...picture, ...changes };
    if (!signal.aborted) show(picture);
  };
  while (!signal.aborted) {
    try {
      for await (const { event, data } of eventsOf(accountId, signal)) {
        if (event === 'end') break;
        pauseMs = FIRST_PAUSE_MS;
        const { serverTime, ...update } = JSON.parse(data);
        change({
          status: 'live',
          error: undefined,
          serverMs: Date.parse(serverTime),
          receivedAt: performance.now(),
          agents: event === 'snapshot' ? byId(update.agents) : updated(picture.agents, update),
        });
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError) change({ error });
    }
    if (signal.aborted) return;
    change({ status: picture.agents === undefined ? 'connecting' : 'reconnecting' });
    await pause(pauseMs, signal);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
}

/** The events of one connection, which ends after too long a silence. @throws ApiError, TypeError */
async function* eventsOf(accountId: string, signal: AbortSignal) {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const watched = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      controller.enqueue(chunk);
    },
  });
  try {
    const url = `/api/v1/admin/accounts/${encodeURIComponent(accountId)}/realTimeData/agent/stream`;
    const response = await fetchSignedIn(new URL(url, location.origin).href, {
      signal: AbortSignal.any([signal, silence.signal]),
    });
    const reader = (response.body as ReadableStream<Uint8Array>)
      .pipeThrough(watched)
      .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
      .pipeThrough(new EventSourceParserStream())
      .getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

const idOf = ({ agentLoginId }: LiveAgent) => String(agentLoginId);
const byId = (agents: readonly LiveAgent[]) => new Map(agents.map(agent => [idOf(agent), agent]));

function updated(
  before: LivePicture['agents'],
  { upserted, removed }: { upserted: readonly LiveAgent[]; removed: readonly (string | number)[] },
): ReadonlyMap<string, LiveAgent> {
  const after = new Map(before);
  for (const agent of upserted) after.set(idOf(agent), agent);
  for (const id of removed) after.delete(String(id));
  return after;
}

/** Resolves early when the connection is back, or when the signal is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    const stop = onConnection(end);
    signal.addEventListener('abort', end, { once: true });
  });
}
