// A replay of an account's kept inputs by its settings as they are now: what it would change, and doing it.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { replayRange } from '../../quality/range.ts';
import { countEvents, type Replayed, replay } from '../../quality/replay/replay.ts';
import { feedNamed } from '../../sources/registry.ts';
import { readAccount } from '../../directory/accounts.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { recordAction, requireAdministratorOf, signedIn } from '../guard.ts';
import { PathId, WireId, wireId } from '../schema/ids.ts';
import { readJsonBodies } from '../schema/json-bodies.ts';
import { ShortText } from '../schema/texts.ts';
import { absent, type SchemaTypes } from '../schema/schema.ts';

const count = (description: string) => Type.Integer({ description });

const common = {
  tags: ['Data quality'],
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
      refused: count('Inputs of stored events that the feed would refuse now: they stay.'),
      withoutInput: count('Events whose input was not kept: they stay.'),
      rejectsUsed: count('Rejects that are events now.'),
      sessions: count('Sessions with any change.'),
      changes: Type.Array(
        Type.Object({
          what: Type.String({ description: 'Such as «UNKNOWN → TRAINING», «moved by +3 h», «stateLabel».' }),
          events: Type.Integer(),
          sessions: Type.Integer(),
          durationMs: count('How long the states concerned last; 0 where no state changes.'),
          examples: Type.Array(
            Type.Object({
              loginSessionId: WireId,
              agentId: WireId,
              at: Instant,
              events: Type.Integer(),
              durationMs: Type.Integer(),
            }),
          ),
        }),
      ),
      unknownSources: Type.Array(Type.String(), { description: 'Feeds that this version does not know.' }),
    }),
  },
};

const preview = {
  ...common,
  summary: 'See what a replay would change',
  description:
    'Kept inputs are decoded again by the account’s zone, states and agent rule as they are now, and compared with what is ' +
    'stored. Nothing is written.',
};
const apply = {
  ...common,
  summary: 'Decode kept inputs again',
  description:
    'Kept inputs are decoded again by the account’s zone, states and agent rule as they are now, and take the place of what is ' +
    'stored: so a label that has been given a base state counts as it in the past, too. Events that arrive meanwhile wait for some ' +
    'seconds at a time. Also on the command line: `./offhook replay`.',
};

export async function replayRoutes(plain: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, slots, now } = context;
  plain.addHook('onRequest', signedIn(context));
  readJsonBodies(plain);
  const typed = plain.withTypeProvider<SchemaTypes>();

  typed.post('/admin/accounts/:accountId/replayPreview', { schema: preview }, async (request, reply) => {
    const { accountId } = request.params;
    requireAdministratorOf(request, accountId);
    return replayed({ ...request.body, accountId, isPreview: true }, request.principal.username, reply.raw);
  });

  typed.post('/admin/accounts/:accountId/replay', { schema: apply }, async (request, reply) => {
    const { accountId } = request.params;
    requireAdministratorOf(request, accountId);
    const { username } = request.principal;
    const answer = await replayed({ ...request.body, accountId, isPreview: false }, username, reply.raw);
    const { sessions, rejectsUsed } = answer;
    const { source, from, to } = request.body;
    const detail = { source, from, to, sessions, rejectsUsed };
    await recordAction(context, request, 'EVENTS_REPLAYED', accountId, detail);
    return answer;
  });

  async function replayed({ accountId, isPreview, source, from, to }: Asked, username: string, answer: Answer) {
    if (source) feedNamed(source);
    const { timezone } = await readAccount(offhook.engine, accountId);
    const range = replayRange(from || undefined, to || undefined, timezone, now());
    const asked = { accountId, source: source || undefined, isPreview, ...range };
    const left = new AbortController();
    answer.once('close', () => left.abort());
    const release = await slots.take(username, left.signal);
    try {
      requireFew(await countEvents(offhook.engine, asked), accountId);
      const context = { accountId, isAllowed: () => true, receivedAt: now(), live: false };
      const settings = await offhook.decodeContext(context);
      const { changes, ...counts } = await replay(isPreview ? offhook : offhook.replaying, asked, settings);
      return { ...counts, changes: changes.map(shown) };
    } finally {
      release();
    }
  }
}

type Answer = FastifyReply['raw'];
interface Asked {
  accountId: string;
  isPreview: boolean;
  source?: string | null;
  from?: string | null;
  to?: string | null;
}

const shown = ({ examples, ...change }: Replayed['changes'][number]) => ({
  ...change,
  examples: examples.map(({ loginSessionId, agentId, atMs, ...example }) => ({
    loginSessionId: wireId(loginSessionId),
    agentId: wireId(agentId),
    at: isoInstant(atMs),
    ...example,
  })),
});

function requireFew(events: number, accountId: string): void {
  if (events <= LIMITS.replayEvents) return;
  throw new UserError(
    'INVALID_REQUEST',
    `The range holds ${events} events; a replay here decodes at most ${LIMITS.replayEvents}.`,
    `Ask for a shorter range, or stop the server and run './offhook replay --account ${accountId}'.`,
    [{ attributeName: 'from', message: 'holds too many events', value: events }],
  );
}
