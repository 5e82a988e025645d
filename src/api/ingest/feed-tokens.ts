// Creates a token with which a feed can send events of one account and do nothing else.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Grant } from '../../access/principal.ts';
import { issueApiToken } from '../../access/tokens/tokens.ts';
import { listUsers } from '../../access/users/users.ts';
import { UserError } from '../../errors.ts';
import { FEEDS, feedNamed } from '../../sources/registry.ts';
import { actorOf, administrationScope } from '../guard.ts';
import type { ApiContext } from '../context.ts';
import { recordAction } from '../guard.ts';
import { AccountParams } from '../schema/ids.ts';

const schema = {
  tags: ['Administration'],
  summary: 'Create a token for a feed',
  description:
    'The token belongs to the user «feed-{source}-{accountId}», which is created if it does not exist and may only send events of ' +
    'the account. Each call creates another token; deleting the user revokes them all. The token is shown only once.',
  params: AccountParams,
  body: Type.Object(
    { source: Type.String({ description: `One of ${Object.keys(FEEDS).join(', ')}.` }) },
    { examples: [{ source: 'ringcx' }] },
  ),
  response: { 200: Type.Object({ username: Type.String(), token: Type.String() }) },
};

export async function feedTokenRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, access, now } = context;
  administrationScope(app, context).post('/admin/accounts/:accountId/feedTokens', { schema }, async request => {
    const { accountId } = request.params;
    const { source } = request.body;
    feedNamed(source);
    const username = `feed-${source}-${accountId}`;
    const grants: Grant[] = [{ accountId, role: 'ingest', agentGroupIds: [] }];
    const user = (await listUsers(offhook.engine)).find(one => one.username === username);
    if (user === undefined) {
      // The generated password is not shown to anyone: the user only has tokens.
      await access.users.add({ username, password: undefined, grants }, actorOf(request));
    } else if (JSON.stringify(user.grants) !== JSON.stringify(grants)) throw otherRights(username);
    const token = await issueApiToken(offhook.engine, username, now(), `Feed ${source}`);
    await recordAction(context, request, 'TOKEN_ISSUED', accountId, { kind: 'api', user: username });
    return { username, token };
  });
}

function otherRights(username: string): UserError {
  return new UserError(
    'ALREADY_EXISTS',
    `The user '${username}' exists and has other rights than to send events of this account.`,
    'Give the user only the role ingest for this account, or delete the user.',
  );
}
