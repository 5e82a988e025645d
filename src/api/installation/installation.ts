// What the installation holds: whether anything has come in yet, account by account, and the demo.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { DEMO_ACCOUNT } from '../../simulate/demo.ts';
import { readAccountStatistics } from '../../directory/account-statistics.ts';
import { listAccounts } from '../../directory/accounts.ts';
import { administrationScope } from '../guard.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { DemoState } from './demo.ts';

const schema = {
  tags: ['Administration'],
  summary: 'What the installation holds',
  description:
    'Whether there are accounts, events and agents yet; how far the demo is. For administrators of all accounts.',
  response: {
    200: Type.Object({
      accounts: Type.Array(
        Type.Object({
          accountId: Type.String(),
          accountName: Type.String(),
          isDemo: Type.Boolean({ description: 'Simulated: its agents and calls are not real.' }),
          agents: Type.Integer({ description: 'In the directory.' }),
          hasSessions: Type.Boolean({
            description: 'Whether a login session is known, so that a report has rows.',
          }),
          latestEventAt: Type.Union([Instant, Type.Null()], {
            description: 'When the latest event of a login session happened.',
          }),
        }),
      ),
      demo: DemoState,
    }),
  },
};

export async function installationRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { demo } = context;
  const { engine } = context.offhook;
  administrationScope(app, context);

  app.get('/admin/installation', { schema }, async () => {
    // Asked first: where the demo is LIVE, what it holds is read after that.
    const demoState = demo.state();
    const [accounts, statistics] = await Promise.all([listAccounts(engine), readAccountStatistics(engine)]);
    return {
      accounts: accounts.map(({ accountId, accountName }) => {
        const { agents = 0, latestEventMs } = statistics.get(accountId) ?? {};
        const isDemo = accountId === DEMO_ACCOUNT;
        const latestEventAt = latestEventMs === undefined ? null : isoInstant(latestEventMs);
        return { accountId, accountName, isDemo, agents, hasSessions: latestEventAt !== null, latestEventAt };
      }),
      demo: demoState,
    };
  });
}
