// A token that may send the events of one feed of one account, and do nothing else, in one call.
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
import { PathId } from '../schema/ids.ts';
import type { SchemaTypes } from '../schema/schema.ts';

const schema = {
  tags: ['Administration'],
  summary: 'Make a token with which a feed sends its events',
  description:
    'For a user «feed-{source}-{accountId}» that this makes where it is missing, and that may send events of the account and do ' +
    'nothing else. Each call makes one more token; deleting the user ends all of them. The token is shown only this once.',
  params: Type.Object({ accountId: PathId }),
  body: Type.Object(
    { source: Type.String({ description: `One of ${Object.keys(FEEDS).join(', ')}.` }) },
    { examples: [{ source: 'ringcx' }] },
  ),
  response: { 200: Type.Object({ username: Type.String(), token: Type.String() }) },
};

export async function feedTokenRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, access, now } = context;
  administrationScope(app, context);
  app.withTypeProvider<SchemaTypes>().post('/admin/accounts/:accountId/feedTokens', { schema }, async request => {
    const { accountId } = request.params;
    const { source } = request.body;
    feedNamed(source);
    const username = `feed-${source}-${accountId}`;
    const grants: Grant[] = [{ accountId, role: 'ingest', agentGroupIds: [] }];
    const known = (await listUsers(offhook.engine)).find(user => user.username === username);
    if (known === undefined) {
      // The generated password is told to nobody: the user has tokens only.
      await access.users.add({ username, password: undefined, grants }, actorOf(request));
    } else if (JSON.stringify(known.grants) !== JSON.stringify(grants)) throw otherRights(username);
    const token = await issueApiToken(offhook.engine, username, now(), `Feed ${source}`);
    await recordAction(context, request, 'TOKEN_ISSUED', accountId, { kind: 'api', user: username });
    return { username, token };
  });
}

function otherRights(username: string): UserError {
  return new UserError(
    'ALREADY_EXISTS',
    `There is a user '${username}' with other rights than to send events of this account.`,
    'Give the user these rights, or delete the user.',
  );
}
