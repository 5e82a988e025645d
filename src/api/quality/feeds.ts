// The feeds of an account: how many events each sent, and when.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { visibleGroups } from '../../access/principal.ts';
import { readFeeds } from '../../quality/feeds.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { accessDenied, requireReader, signedInScope } from '../guard.ts';
import { AccountParams } from '../schema/ids.ts';

const count = (description: string) => Type.Integer({ description });
const MaybeInstant = (description: string) => Type.Union([Instant, Type.Null()], { description });

const schema = {
  tags: ['Data quality'],
  summary: 'The feeds of an account',
  description:
    'Sorted by the last received input, latest first. For readers of all agent groups. An event that was received twice may count ' +
    'twice for a few minutes.',
  params: AccountParams,
  response: {
    200: Type.Array(
      Type.Object({
        source: Type.String({ description: 'The feed’s name, as in POST /ingest/v1/{source}.' }),
        events: count('All stored events.'),
        firstEventAt: MaybeInstant('When the earliest event happened.'),
        lastEventAt: MaybeInstant('When the latest event happened.'),
        lastReceivedAt: Type.String({ description: 'When the last input was received, valid or not. UTC, ISO 8601.' }),
        eventsLastMinute: count('Events received in the last minute.'),
        eventsLastHour: count('Events received in the last hour.'),
        eventsLastDay: count('Events received in the last 24 hours.'),
        rejects: count('Inputs that could not be used. They are kept.'),
        rejectsLastDay: count('Rejects received in the last 24 hours.'),
        eventsByMinute: Type.Array(Type.Integer(), {
          description: 'Events received in each of the last 60 minutes, oldest first.',
        }),
      }),
    ),
  },
};

export async function feedRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now } = context;
  signedInScope(app, context).get('/admin/accounts/:accountId/feeds', { schema }, async request => {
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
