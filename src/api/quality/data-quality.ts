// How good an account's data is: what every check found, with examples and the way to fix it.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { ALL_ACCOUNTS, mayRead } from '../../access/principal.ts';
import type { Example, Finding } from '../../quality/checks/check.ts';
import { CHECKS, checkQuality } from '../../quality/quality.ts';
import { LIMITS } from '../../limits.ts';
import { qualityRange } from '../../quality/range.ts';
import { readAccount } from '../../directory/accounts.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { requireReader, signedIn, visibleGroupsOf } from '../guard.ts';
import { PathId, WireId, wireId } from '../schema/ids.ts';
import { absent, type SchemaTypes } from '../schema/schema.ts';

const text = (description: string) => Type.String({ description });
const durationMs = Type.Integer({ description: 'Milliseconds; 0 where it is no matter of time.' });
const Key = Type.Enum(CHECKS.map(({ key }) => key));

const ExampleFound = Type.Object({
  kind: text('Which of the things that the check looks for: a reason, a label, how a session ended.'),
  accountId: Type.String(),
  source: text('The feed.'),
  agentId: WireId,
  loginSessionId: WireId,
  from: Instant,
  to: Instant,
  durationMs,
  amount: Type.Integer({ description: 'How many sessions, events or agents it is about.' }),
  detail: text('For a person.'),
});

const FindingBody = Type.Object(
  {
    key: Key,
    title: Type.String(),
    meaning: text('What was looked for, and by which rule.'),
    remedy: text('The way to fix it.'),
    count: Type.Integer({ description: 'How much was found; 0: nothing.' }),
    durationMs,
    toleratedMs: Type.Integer({
      description:
        'Milliseconds of what is too small to be found: of sessions with no more than `unaccountedAboveSeconds`.',
    }),
    kinds: Type.Array(Type.Object({ kind: Type.String(), count: Type.Integer(), durationMs })),
    summary: Type.Optional(text('What was found, in a sentence, where the check has one.')),
    commands: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Commands that fix it; a word in capitals is to be chosen.',
      }),
    ),
    examples: Type.Array(ExampleFound, { description: 'Of each kind some, the longest and latest first.' }),
  },
  {
    examples: [
      {
        key: 'UNACCOUNTED_TIME',
        title: 'Unaccounted time',
        meaning: 'Login time in which the agent is in no state that a report counts.',
        remedy: 'Give unknown states a base state and replay the account.',
        count: 1,
        durationMs: 840_000,
        toleratedMs: 3_000,
        kinds: [{ kind: '', count: 1, durationMs: 840_000 }],
        examples: [
          {
            kind: '',
            accountId: '15300002',
            source: 'ringcx',
            agentId: 1369310,
            loginSessionId: 612730076,
            from: '2020-06-30T23:44:01.000Z',
            to: '2020-07-01T01:00:00.000Z',
            durationMs: 840_000,
            amount: 1,
            detail: 'Of 4559 s of login time.',
          },
        ],
      },
    ],
  },
);

const schema = {
  tags: ['Data quality'],
  summary: 'What is wrong with an account’s data',
  description:
    'Every check with what it found in the sessions that begin in the range, some examples and the way to fix it. A reader of ' +
    'some groups sees what is about their agents; checks that are about more are named in `withheld`. Also on the command ' +
    'line: `./offhook doctor`.',
  params: Type.Object({ accountId: PathId }),
  querystring: Type.Object({
    from: absent(Type.String(), {
      description: '`2020-04-22` or `2020-04-22 00:00:00` in the account’s time zone; absent: six days before `to`.',
    }),
    to: absent(Type.String(), { description: 'Included at the precision given; absent: today.' }),
    check: absent(Key, { description: 'Only this check; absent: all.' }),
    unaccountedAboveSeconds: absent(Type.Integer({ minimum: 0, maximum: LIMITS.unaccountedAboveSeconds }), {
      description: `Unaccounted time of a session above which it is a finding; absent: ${LIMITS.unaccountedMs / 1000}.`,
    }),
  }),
  response: {
    200: Type.Object({
      accountId: Type.String(),
      timezone: text('Of the range as it was asked for.'),
      from: Instant,
      to: Instant,
      findings: Type.Array(FindingBody),
      withheld: Type.Array(Key, { description: 'Checks that only readers of all groups see.' }),
    }),
  },
};

export async function dataQualityRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now, slots, staleAfterMs } = context;
  app.addHook('onRequest', signedIn(context));
  app
    .withTypeProvider<SchemaTypes>()
    .get('/admin/accounts/:accountId/dataQuality', { schema }, async (request, reply) => {
      const { accountId } = request.params;
      requireReader(request, accountId);
      const { timezone } = await readAccount(offhook.engine, accountId);
      const clock = { nowMs: now(), staleAfterMs };
      const { from, to, check, unaccountedAboveSeconds } = request.query;
      const range = qualityRange(from || undefined, to || undefined, timezone, clock.nowMs);
      const asked = {
        accountIds: [accountId],
        ...range,
        clock,
        visibleGroups: visibleGroupsOf(request, [accountId]),
        seesUnassigned: mayRead(request.principal, ALL_ACCOUNTS),
        ...(typeof unaccountedAboveSeconds === 'number' && {
          unaccountedAboveMs: unaccountedAboveSeconds * 1000,
        }),
      };
      // The checks fold sessions, as a report does.
      const left = new AbortController();
      reply.raw.once('close', () => left.abort());
      const release = await slots.take(request.principal.username, left.signal);
      const { findings, withheld } = await checkQuality(offhook.engine, asked, check ?? undefined).finally(release);
      return {
        accountId,
        timezone,
        from: isoInstant(range.fromMs),
        to: isoInstant(range.toMs),
        findings: findings.map(findingBody),
        withheld,
      };
    });
}

const findingBody = ({ examples, ...finding }: Finding) => ({
  ...finding,
  examples: examples.map(exampleBody),
});

function exampleBody({ fromMs, toMs, agentId, loginSessionId, ...example }: Example) {
  return {
    ...example,
    agentId: wireId(agentId),
    loginSessionId: wireId(loginSessionId),
    from: isoInstant(fromMs),
    to: isoInstant(toMs),
  };
}
