// What a replay of an account's kept inputs would change, by its settings as they are now. Nothing is written.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { replayRange } from '../../quality/range.ts';
import { countEvents, replay } from '../../quality/replay/replay.ts';
import { feedNamed } from '../../sources/registry.ts';
import { readAccount } from '../../store/accounts.ts';
import { Instant, isoInstant } from '../administration.ts';
import type { ApiContext } from '../context.ts';
import { requireAdministratorOf, signedIn } from '../guard.ts';
import { PathId, readJsonBodies, ShortText, WireId, wireId } from '../lookups.ts';
import { absent, type SchemaTypes } from '../schema.ts';

const count = (description: string) => Type.Integer({ description });

const schema = {
  tags: ['Data quality'],
  summary: 'See what a replay would change',
  description:
    'Kept inputs are decoded again by the account’s zone, states and agent rule as they are now, and compared with what is ' +
    'stored. Nothing is written: `./offhook replay --account ID` does that while the server is stopped.',
  params: Type.Object({ accountId: PathId }),
  body: Type.Object(
    {
      source: absent(ShortText, { description: 'The feed; absent: all.' }),
      from: absent(ShortText, { description: 'Sessions that go on then or later; of the account’s zone.' }),
      to: absent(ShortText, { description: 'And that began by then; it is included.' }),
    },
    { examples: [{ from: '2026-04-20', to: '2026-04-26' }] },
  ),
  response: {
    200: Type.Object({
      inputs: count('Inputs that were read again.'),
      refused: count('Inputs of stored events that the feed would refuse now: they would stay.'),
      withoutInput: count('Events whose input was not kept: they would stay.'),
      rejectsUsed: count('Rejects that would be events.'),
      sessions: count('Sessions with any change.'),
      changes: Type.Array(
        Type.Object({
          what: Type.String({ description: 'Such as «UNKNOWN → TRAINING», «moved by +3 h», «stateLabel».' }),
          events: Type.Integer(),
          sessions: Type.Integer(),
          durationMs: count('How long the states concerned last; 0 where no state changes.'),
          examples: Type.Array(
            Type.Object({
              ...{ loginSessionId: WireId, agentId: WireId, at: Instant },
              ...{ events: Type.Integer(), durationMs: Type.Integer() },
            }),
          ),
        }),
      ),
      unknownSources: Type.Array(Type.String(), { description: 'Feeds that this version does not know.' }),
    }),
  },
};

export async function replayPreviewRoutes(plain: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, slots, now } = context;
  plain.addHook('onRequest', signedIn(context));
  readJsonBodies(plain);
  plain
    .withTypeProvider<SchemaTypes>()
    .post('/admin/accounts/:accountId/replayPreview', { schema }, async (request, reply) => {
      const { accountId } = request.params;
      requireAdministratorOf(request, accountId);
      const { source, from, to } = request.body;
      if (source) feedNamed(source);
      const { timezone } = await readAccount(offhook.engine, accountId);
      const range = replayRange(from || undefined, to || undefined, timezone, now());
      const asked = { accountId, source: source || undefined, isPreview: true, ...range };
      const left = new AbortController();
      reply.raw.once('close', () => left.abort());
      const release = await slots.take(request.principal.username, left.signal);
      try {
        requireFew(await countEvents(offhook.engine, asked), accountId);
        const context = { accountId, isAllowed: () => true, receivedAt: now(), live: false };
        const { changes, ...counts } = await replay(offhook, asked, await offhook.decodeContext(context));
        return { ...counts, changes: changes.map(shown) };
      } finally {
        release();
      }
    });
}

type Replayed = Awaited<ReturnType<typeof replay>>;

const shown = ({ examples, ...change }: Replayed['changes'][number]) => ({
  ...change,
  examples: examples.map(({ loginSessionId, agentId, atMs, ...example }) => ({
    ...{ loginSessionId: wireId(loginSessionId), agentId: wireId(agentId), at: isoInstant(atMs) },
    ...example,
  })),
});

function requireFew(events: number, accountId: string): void {
  if (events <= LIMITS.replayPreviewEvents) return;
  throw new UserError(
    'INVALID_REQUEST',
    `The range holds ${events} events; a preview here decodes at most ${LIMITS.replayPreviewEvents}.`,
    `Ask for a shorter range, or stop the server and run './offhook replay --account ${accountId} --preview'.`,
    [{ attributeName: 'from', message: 'holds too many events', value: events }],
  );
}
