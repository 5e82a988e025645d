// Overview of the installation: which accounts have data, and the state of the demo.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { DEMO_ACCOUNT } from '../../simulate/demo-account.ts';
import { readAccountStatistics } from '../../directory/account-statistics.ts';
import { listAccounts } from '../../directory/accounts.ts';
import { administrationScope } from '../guard.ts';
import { Instant } from '../schema/instants.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { DemoState } from './demo.ts';

const schema = {
  tags: ['Administration'],
  summary: 'Overview of the installation',
  description:
    'The accounts with their agents and latest events, and the state of the demo. For administrators of all accounts.',
  response: {
    200: Type.Object({
      accounts: Type.Array(
        Type.Object({
          accountId: Type.String(),
          accountName: Type.String(),
          isDemo: Type.Boolean({ description: 'True: the account is simulated.' }),
          agents: Type.Integer({ description: 'Number of agents in the directory.' }),
          hasSessions: Type.Boolean({
            description: 'True: the account has login sessions, so its reports have rows.',
          }),
          latestEventAt: Type.Union([Instant, Type.Null()], {
            description: 'Time of the latest event in a login session; null if there is none.',
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
    // Read first, so that the accounts include the demo's data if its state is LIVE.
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
