// Replays: decode the kept inputs of an account again with its present settings, or preview what would change.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { replayRange } from '../../quality/range.ts';
import { countEvents, type Replayed, replay } from '../../quality/replay/replay.ts';
import { feedNamed } from '../../sources/registry.ts';
import { readAccount } from '../../directory/accounts.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { recordAction, requireAdministratorOf, signedInScope } from '../guard.ts';
import { runInSlot } from '../report/report-slots.ts';
import { AccountParams, WireId, wireId } from '../schema/ids.ts';
import { ShortText } from '../schema/texts.ts';
import { nullish } from '../schema/schema.ts';

const count = (description: string) => Type.Integer({ description });

const ReplayBody = Type.Object(
  {
    source: nullish(ShortText, { description: 'The feed. Default: all.' }),
    from: nullish(ShortText, {
      description: 'Only sessions that end at this time or later, in the account’s time zone.',
    }),
    to: nullish(ShortText, { description: 'Only sessions that start by this time; included.' }),
  },
  { examples: [{ from: '2026-04-20', to: '2026-04-26' }] },
);
const common = {
  tags: ['Data quality'],
  params: AccountParams,
  body: ReplayBody,
  response: {
    200: Type.Object({
      inputs: count('Inputs that were decoded again.'),
      refused: count('Inputs of stored events that the feed would reject now. Their events do not change.'),
      withoutInput: count('Events that were stored without their input. They do not change.'),
      rejectsUsed: count('Rejects that became events.'),
      sessions: count('Sessions that change.'),
      changes: Type.Array(
        Type.Object({
          what: Type.String({
            description: 'The change, such as «UNKNOWN → TRAINING», «moved by +3 h» or «stateLabel».',
          }),
          events: Type.Integer(),
          sessions: Type.Integer(),
          durationMs: count('Total duration of the changed states; 0 if no state changes.'),
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
      unknownSources: Type.Array(Type.String(), {
        description: 'Feeds that this version of Offhook does not support.',
      }),
    }),
  },
};

const preview = {
  ...common,
  summary: 'Preview a replay',
  description:
    'Decodes the kept inputs again with the account’s present time zone, states and agent rule, and compares the result with the ' +
    'stored events. Nothing is changed.',
};
const apply = {
  ...common,
  summary: 'Replay the kept inputs',
  description:
    'Decodes the kept inputs again with the account’s present time zone, states and agent rule, and replaces the stored events: a ' +
    'label that got a base state then also counts as this state in the past. Events that arrive during the replay may wait for a ' +
    'few seconds. Also on the command line: `./offhook replay`.',
};

export async function replayRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const typed = signedInScope(app, context);

  typed.post('/admin/accounts/:accountId/replayPreview', { schema: preview }, async (request, reply) => {
    const { accountId } = request.params;
    requireAdministratorOf(request, accountId);
    return runReplay(context, request, reply, { ...request.body, accountId, isPreview: true });
  });

  typed.post('/admin/accounts/:accountId/replay', { schema: apply }, async (request, reply) => {
    const { accountId } = request.params;
    requireAdministratorOf(request, accountId);
    const answer = await runReplay(context, request, reply, { ...request.body, accountId, isPreview: false });
    const { sessions, rejectsUsed } = answer;
    const { source, from, to } = request.body;
    const detail = { source, from, to, sessions, rejectsUsed };
    await recordAction(context, request, 'EVENTS_REPLAYED', accountId, detail);
    return answer;
  });
}

async function runReplay(
  { offhook, slots, now }: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { accountId, isPreview, source, from, to }: Static<typeof ReplayBody> & { accountId: string; isPreview: boolean },
) {
  if (source) feedNamed(source);
  const { timezone } = await readAccount(offhook.engine, accountId);
  const range = replayRange(from || undefined, to || undefined, timezone, now());
  const scope = { accountId, source: source || undefined, isPreview, ...range };
  return runInSlot(slots, request, reply, async () => {
    requireFew(await countEvents(offhook.engine, scope), accountId);
    const context = { accountId, isAllowed: () => true, receivedAt: now(), live: false };
    const settings = await offhook.decodeContext(context);
    const { changes, ...counts } = await replay(isPreview ? offhook : offhook.replaying, scope, settings);
    return { ...counts, changes: changes.map(changeAnswer) };
  });
}

const changeAnswer = ({ examples, ...change }: Replayed['changes'][number]) => ({
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
    `The range has ${events} events; a replay over HTTP can decode at most ${LIMITS.replayEvents}.`,
    `Choose a shorter range, or stop the server and run './offhook replay --account ${accountId}'.`,
    [{ attributeName: 'from', message: 'has too many events in its range', value: events }],
  );
}
