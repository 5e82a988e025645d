// What each feed of an account sent, and when it was last heard of.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { visibleGroups } from '../../access/principal.ts';
import { readFeeds } from '../../quality/feeds.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { accessDenied, requireReader, signedIn } from '../guard.ts';
import { PathId } from '../schema/ids.ts';
import type { SchemaTypes } from '../schema/schema.ts';

const count = (description: string) => Type.Integer({ description });
const MaybeInstant = (description: string) => Type.Union([Instant, Type.Null()], { description });

const schema = {
  tags: ['Data quality'],
  summary: 'What each feed of an account sends',
  description:
    'The feed that sent last comes first. For readers of all groups. An event that came twice may count twice for some minutes.',
  params: Type.Object({ accountId: PathId }),
  response: {
    200: Type.Array(
      Type.Object({
        source: Type.String({ description: 'The feed’s name, as in POST /ingest/v1/{source}.' }),
        events: count('All that are stored.'),
        firstEventAt: MaybeInstant('When the earliest event happened.'),
        lastEventAt: MaybeInstant('When the latest event happened.'),
        lastReceivedAt: Type.String({ description: 'When the last input came, used or not. UTC, ISO 8601.' }),
        eventsLastMinute: count('Those that came within the last minute.'),
        eventsLastHour: count('Those that came within the last hour.'),
        eventsLastDay: count('Those that came within the last 24 hours.'),
        rejects: count('Inputs that could not be used and are kept.'),
        rejectsLastDay: count('Of these, those that came within the last 24 hours.'),
        eventsByMinute: Type.Array(Type.Integer(), {
          description: 'Events that came in each of the last sixty minutes, the oldest first.',
        }),
      }),
    ),
  },
};

export async function feedRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now } = context;
  app.addHook('onRequest', signedIn(context));
  app.withTypeProvider<SchemaTypes>().get('/admin/accounts/:accountId/feeds', { schema }, async request => {
    const { accountId } = request.params;
    requireReader(request, accountId);
    if (visibleGroups(request.principal, accountId) !== undefined) throw accessDenied();
    const instant = (ms: number | undefined) => (ms === undefined ? null : isoInstant(ms));
    const feeds = await readFeeds(offhook.engine, accountId, now());
    return feeds.map(({ firstEventMs, lastEventMs, lastReceivedMs, ...counts }) => ({
      ...counts,
      firstEventAt: instant(firstEventMs),
      lastEventAt: instant(lastEventMs),
      lastReceivedAt: isoInstant(lastReceivedMs),
    }));
  });
}
