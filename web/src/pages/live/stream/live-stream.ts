// The server's live stream into a picture of who is logged in: connected again, after growing pauses, as often as it breaks.
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { ApiError } from '../../../api/api-error.ts';
import { fetchSignedIn } from '../../../api/client.ts';
import { subscribe as onConnection } from '../../../api/connection.ts';
import type { LiveAgent } from '../live-agent.ts';

export interface LivePicture {
  status: 'connecting' | 'live' | 'reconnecting';
  /** undefined: nothing has come yet. */
  agents: ReadonlyMap<string, LiveAgent> | undefined;
  /** A refusal that trying again will not mend. */
  error: Error | undefined;
  /** The server's clock at the moment `receivedAt` of this page's own, in milliseconds. */
  serverMs: number;
  receivedAt: number;
}

export const NOTHING_YET: LivePicture = {
  status: 'connecting',
  agents: undefined,
  error: undefined,
  serverMs: Date.now(),
  receivedAt: 0,
};

/** What the server's clock shows now; a clock of this machine that is wrong, or set anew, does no harm. */
export const serverNow = ({ serverMs, receivedAt }: LivePicture): number => serverMs + performance.now() - receivedAt;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** The server says every 15 seconds that it lives. */
const SILENCE_MS = 40_000;

/** Shows picture after picture until the signal is aborted. */
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
        const { serverTime, ...news } = JSON.parse(data);
        change({
          status: 'live',
          error: undefined,
          serverMs: Date.parse(serverTime),
          receivedAt: performance.now(),
          agents: event === 'snapshot' ? byId(news.agents) : changed(picture.agents, news),
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

/** Events of one connection; silence for too long ends it. @throws ApiError, TypeError */
async function* eventsOf(accountId: string, signal: AbortSignal) {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const heard = new TransformStream<Uint8Array, Uint8Array>({
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
      .pipeThrough(heard)
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

function changed(
  before: LivePicture['agents'],
  { upserted, removed }: { upserted: readonly LiveAgent[]; removed: readonly (string | number)[] },
): ReadonlyMap<string, LiveAgent> {
  const after = new Map(before);
  for (const agent of upserted) after.set(idOf(agent), agent);
  for (const id of removed) after.delete(String(id));
  return after;
}

/** Ends sooner when the connection comes back, or when nobody waits any more. */
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
