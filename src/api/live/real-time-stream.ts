// The stream of logged-in agents and their changes, as server-sent events.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { mayRead, visibleGroups } from '../../access/principal.ts';
import { Instant } from '../schema/instants.ts';
import type { ApiContext } from '../context.ts';
import { requireReader, signedInScope } from '../guard.ts';
import { RealTimeAgent } from './real-time-agent.ts';
import type { LiveWatcher } from '../../live/live-watchers.ts';
import { changeData, snapshotData } from './stream-data.ts';
import type { Visible } from '../../live/live-snapshot.ts';
import { WireId } from '../schema/ids.ts';

const Snapshot = Type.Object(
  { serverTime: Instant, agents: Type.Array(RealTimeAgent) },
  { title: 'snapshot', description: 'All open sessions that the user may see, sorted by agent name.' },
);
const Change = Type.Object(
  {
    serverTime: Instant,
    upserted: Type.Array(RealTimeAgent, { description: 'New and changed sessions, with all fields.' }),
    removed: Type.Array(WireId, { description: '`agentLoginId` of sessions that ended.' }),
  },
  { title: 'change' },
);
const End = Type.Object(
  { reason: Type.Enum(['signedOut', 'rightsChanged', 'shutdown', 'error']) },
  { title: 'end', description: 'The last event of the stream. Connect again with valid credentials.' },
);

const schema = {
  tags: ['Live'],
  summary: 'Stream of the logged-in agents',
  description:
    'Server-sent events. The first is `snapshot`; then a `change` follows within a second after an event of the account is stored, ' +
    'by any process. A comment line is sent every 15 seconds as a heartbeat. Values that only change with time are not sent again: ' +
    'compute them from `stateSince`, `loginSince` and `asOf`, with `serverTime` as the clock. The stream ends when the credentials ' +
    'become invalid. A client that reconnects, with or without `Last-Event-ID`, gets a new snapshot. A client that reads too slowly ' +
    'is disconnected.',
  params: Type.Object({ accountId: Type.String() }),
  response: {
    200: {
      description: 'The data of the events, by event name.',
      content: { 'text/event-stream': { schema: Type.Union([Snapshot, Change, End]) } },
    },
  },
};

export async function realTimeStreamRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  signedInScope(app, context).get(
    '/admin/accounts/:accountId/realTimeData/agent/stream',
    { schema, exposeHeadRoute: false },
    async (request, reply) => {
      const { accountId } = request.params;
      requireReader(request, accountId);
      const stream = new Readable({ read() {} });
      const watcher = watcherOf(context, request, accountId, stream);
      const leave = context.live.watch(accountId, request.principal.username, watcher);
      stream.once('close', leave);
      // Closes the connection with the stream: a kept-alive connection would delay the shutdown of the server.
      reply.headers({ 'X-Accel-Buffering': 'no', Connection: 'close' });
      return reply.type('text/event-stream; charset=utf-8').send(stream);
    },
  );
}

function watcherOf(
  { authenticate, now }: ApiContext,
  { principal, headers, ip }: FastifyRequest,
  accountId: string,
  stream: Readable,
): LiveWatcher {
  const visible: Visible = visibleGroups(principal, accountId);
  const write = (text: string) => {
    if (stream.destroyed) return;
    stream.push(text);
    if (stream.readableLength > LIMITS.liveWaitingBytes) stream.destroy();
  };
  const end = (reason: string) => {
    if (stream.readableEnded || stream.destroyed) return;
    write(`event: end\ndata: ${JSON.stringify({ reason })}\n\n`);
    stream.push(null);
  };
  return {
    async check() {
      const current = await authenticate(headers, ip).catch(undefinedIfRefused);
      if (current === undefined) end('signedOut');
      else if (!mayRead(current, accountId) || !isSame(visibleGroups(current, accountId), visible))
        end('rightsChanged');
      else return true;
      return false;
    },
    begin: snapshot => write(`event: snapshot\ndata: ${snapshotData(snapshot, now(), visible)}\n\n`),
    change(changes) {
      const data = changeData(changes, now(), visible);
      if (data !== undefined) write(`event: change\ndata: ${data}\n\n`);
    },
    heartbeat: () => write(': alive\n\n'),
    end,
  };
}

/** Invalid credentials end the stream; other errors are thrown. */
function undefinedIfRefused(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error;
}

const isSame = (one: Visible, other: Visible) => JSON.stringify(one) === JSON.stringify(other);
