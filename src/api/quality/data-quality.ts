// The data checks of an account: what each one found, with examples and how to fix it.
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
import { requireReader, signedInScope, visibleGroupsOf } from '../guard.ts';
import { runInSlot } from '../report/report-slots.ts';
import { AccountParams, WireId, wireId } from '../schema/ids.ts';
import { nullish } from '../schema/schema.ts';

const text = (description: string) => Type.String({ description });
const durationMs = Type.Integer({ description: 'Milliseconds; 0 if the finding is not about time.' });
const Key = Type.Enum(CHECKS.map(({ key }) => key));

const ExampleFound = Type.Object({
  kind: text('The kind of problem: a reason, a label, or how a session ended.'),
  accountId: Type.String(),
  source: text('The feed.'),
  agentId: WireId,
  loginSessionId: WireId,
  from: Instant,
  to: Instant,
  durationMs,
  amount: Type.Integer({ description: 'Number of sessions, events or agents concerned.' }),
  detail: text('Description of the example.'),
});

const FindingBody = Type.Object(
  {
    key: Key,
    title: Type.String(),
    meaning: text('What the check looks for.'),
    remedy: text('How to fix it.'),
    count: Type.Integer({ description: 'Number of problems found; 0 if none.' }),
    durationMs,
    toleratedMs: Type.Integer({
      description:
        'Milliseconds that are too small to be reported: in sessions with no more than `unaccountedAboveSeconds`.',
    }),
    kinds: Type.Array(Type.Object({ kind: Type.String(), count: Type.Integer(), durationMs })),
    summary: Type.Optional(text('The finding in one sentence, if the check provides one.')),
    commands: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Commands that fix it. Replace the words in capitals.',
      }),
    ),
    examples: Type.Array(ExampleFound, { description: 'Some examples of each kind, longest and latest first.' }),
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
    'Runs all data checks on the sessions that start in the range, and returns what each found, with examples and how to fix it. A ' +
    'reader who is limited to agent groups sees findings about their agents; the other checks are listed in `withheld`. Also on ' +
    'the command line: `./offhook doctor`.',
  params: AccountParams,
  querystring: Type.Object({
    from: nullish(Type.String(), {
      description: '`2020-04-22` or `2020-04-22 00:00:00` in the account’s time zone. Default: six days before `to`.',
    }),
    to: nullish(Type.String(), { description: 'Included at the given precision. Default: today.' }),
    check: nullish(Key, { description: 'Only this check. Default: all.' }),
    unaccountedAboveSeconds: nullish(Type.Integer({ minimum: 0, maximum: LIMITS.unaccountedAboveSeconds }), {
      description: `Unaccounted time of a session above which it is reported. Default: ${LIMITS.unaccountedMs / 1000}.`,
    }),
  }),
  response: {
    200: Type.Object({
      accountId: Type.String(),
      timezone: text('The time zone of the requested range.'),
      from: Instant,
      to: Instant,
      findings: Type.Array(FindingBody),
      withheld: Type.Array(Key, { description: 'Checks that only readers of all agent groups see.' }),
    }),
  },
};

export async function dataQualityRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now, slots, staleAfterMs } = context;
  signedInScope(app, context).get('/admin/accounts/:accountId/dataQuality', { schema }, async (request, reply) => {
    const { accountId } = request.params;
    requireReader(request, accountId);
    const { timezone } = await readAccount(offhook.engine, accountId);
    const clock = { nowMs: now(), staleAfterMs };
    const { from, to, check, unaccountedAboveSeconds } = request.query;
    const range = qualityRange(from || undefined, to || undefined, timezone, clock.nowMs);
    const scope = {
      accountIds: [accountId],
      ...range,
      clock,
      visibleGroups: visibleGroupsOf(request, [accountId]),
      seesUnassigned: mayRead(request.principal, ALL_ACCOUNTS),
      ...(typeof unaccountedAboveSeconds === 'number' && {
        unaccountedAboveMs: unaccountedAboveSeconds * 1000,
      }),
    };
    // The checks compute sessions like a report, so they take a report slot.
    const { findings, withheld } = await runInSlot(slots, request, reply, () =>
      checkQuality(offhook.engine, scope, check ?? undefined),
    );
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
