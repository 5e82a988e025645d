// Who is logged in now, and each change of it, as server-sent events.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { mayRead, visibleGroups } from '../../access/principal.ts';
import { Instant } from '../schema/instants.ts';
import type { ApiContext } from '../context.ts';
import { requireReader, signedIn } from '../guard.ts';
import { RealTimeAgent } from './real-time-agent.ts';
import type { LiveWatcher } from '../../live/live-feed.ts';
import { changeData, snapshotData } from './stream-data.ts';
import type { Visible } from '../../live/live-picture.ts';
import { WireId } from '../schema/ids.ts';
import type { SchemaTypes } from '../schema/schema.ts';

const Snapshot = Type.Object(
  { serverTime: Instant, agents: Type.Array(RealTimeAgent) },
  { title: 'snapshot', description: 'All open sessions that the user may see, by name.' },
);
const Change = Type.Object(
  {
    serverTime: Instant,
    upserted: Type.Array(RealTimeAgent, { description: 'Sessions that are new or changed, whole.' }),
    removed: Type.Array(WireId, { description: '`agentLoginId` of sessions that are not there any more.' }),
  },
  { title: 'change' },
);
const End = Type.Object(
  { reason: Type.Enum(['signedOut', 'rightsChanged', 'shutdown', 'error']) },
  { title: 'end', description: 'The stream ends with it; connect again, with credentials that hold.' },
);

const schema = {
  tags: ['Live'],
  summary: 'Who is logged in now, as it changes',
  description:
    'Server-sent events. The first is `snapshot`, then come `change` events within a second of an event of the account being ' +
    'durable, whichever process stored it; a comment line every 15 seconds says that the stream lives. What only the passing ' +
    'of time changes is sent in no event: count on from `stateSince`, `loginSince` and `asOf`, with `serverTime` as the clock. ' +
    'The stream ends when its credentials do. A client that connects again, with or without `Last-Event-ID`, gets a snapshot; ' +
    'one that reads too slowly is cut.',
  params: Type.Object({ accountId: Type.String() }),
  response: {
    200: {
      description: 'The data of each event, by the event’s name.',
      content: { 'text/event-stream': { schema: Type.Union([Snapshot, Change, End]) } },
    },
  },
};

export async function realTimeStreamRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  app.addHook('onRequest', signedIn(context));
  app
    .withTypeProvider<SchemaTypes>()
    .get(
      '/admin/accounts/:accountId/realTimeData/agent/stream',
      { schema, exposeHeadRoute: false },
      async (request, reply) => {
        const { accountId } = request.params;
        requireReader(request, accountId);
        const stream = new Readable({ read() {} });
        const watcher = watcherOf(context, request, accountId, stream);
        const leave = context.live.watch(accountId, request.principal.username, watcher);
        stream.once('close', leave);
        // An ended stream's connection ends with it: kept alive, it would hold up the server's own end.
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
      const now = await authenticate(headers, ip).catch(refusal);
      if (now === undefined) end('signedOut');
      else if (!mayRead(now, accountId) || !isSame(visibleGroups(now, accountId), visible)) end('rightsChanged');
      else return true;
      return false;
    },
    begin: picture => write(`event: snapshot\ndata: ${snapshotData(picture, now(), visible)}\n\n`),
    change(changes) {
      const data = changeData(changes, now(), visible);
      if (data !== undefined) write(`event: change\ndata: ${data}\n\n`);
    },
    heartbeat: () => write(': alive\n\n'),
    end,
  };
}

/** Credentials that do not hold any more end a stream; anything else that goes wrong is an error. */
function refusal(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error;
}

const isSame = (one: Visible, other: Visible) => JSON.stringify(one) === JSON.stringify(other);
