// A small contact centre with everything that a person must look after: unknown states, rejects, agents without a name.
import type { FastifyInstance } from 'fastify';
import { bearer } from './temporary-server.ts';

const ADMIN = bearer('administrator');
const HOUR = 3_600_000;

/** The input of the newest reject, exactly as it is sent. */
export const BROKEN_INPUT = '{"accountId":"phoenix","kind":"NAP",  "note":"«Grüße» \\u0041","list":[1,2]}';

/**
 * The account `phoenix` with the agents 1 (Ada, group 10), 2 (Bo, group 20) and 3 (unknown), who worked in the last hours, and
 * the account `tucson` with nothing but a name.
 */
export async function fillContactCentre(app: FastifyInstance, nowMs: number): Promise<void> {
  await call(app, 'PUT', '/api/v1/admin/accounts/phoenix', {
    accountName: 'Phoenix',
    timezone: 'America/Phoenix',
  });
  await call(app, 'PUT', '/api/v1/admin/accounts/tucson', {
    accountName: 'Tucson',
    timezone: 'America/Phoenix',
  });
  const csv =
    'agent_id,first_name,last_name,username,team,agent_group_id,agent_group_name\n' +
    '1,Ada,Park,ada@example.com,Red,10,Sales\n2,Bo,Lund,bo@example.com,Blue,20,Support\n';
  await call(app, 'POST', '/api/v1/admin/accounts/phoenix/agentsImport', csv);
  for (const [agentId, hoursAgo] of [
    ['1', 5],
    ['2', 4],
    ['3', 3],
  ] as const) {
    const at = (ms: number) => new Date(nowMs - hoursAgo * HOUR + ms).toISOString();
    const of = {
      accountId: 'phoenix',
      agentId,
      loginSessionId: `90000${agentId}`,
      username: `agent${agentId}`,
    };
    const events = [
      { ...of, at: at(0), kind: 'LOGIN' },
      { ...of, at: at(0), kind: 'STATE', baseState: 'AVAILABLE' },
      { ...of, at: at(HOUR / 2), kind: 'STATE', baseState: 'UNKNOWN', stateLabel: 'Huddle' },
      { ...of, at: at(HOUR), kind: 'STATE', baseState: 'AVAILABLE' },
      { ...of, at: at(2 * HOUR), kind: 'LOGOUT' },
    ];
    await send(app, 'offhook', events.map(event => JSON.stringify(event)).join('\n'));
  }
  await send(app, 'ringcx', '{"account_id":"phoenix","agent_id":"4"}\n');
  await send(app, 'offhook', BROKEN_INPUT);
}

async function send(app: FastifyInstance, source: string, payload: string): Promise<void> {
  await call(app, 'POST', `/ingest/v1/${source}`, payload);
}

async function call(app: FastifyInstance, method: 'PUT' | 'POST', url: string, payload: object | string) {
  const answer = await app.inject({ method, url, headers: ADMIN, payload });
  if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.body}`);
}
