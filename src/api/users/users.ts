// Users and their rights, for administrators of all accounts.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { ROLES } from '../../access/principal.ts';
import { listUsers } from '../../access/users/users.ts';
import { LIMITS } from '../../limits.ts';
import { actorOf, administrationScope } from '../guard.ts';
import type { ApiContext } from '../context.ts';
import { nullish } from '../schema/schema.ts';

const Grant = Type.Object({
  accountId: Type.String({
    description: 'Empty: all accounts. A grant for a main account also applies to its sub-accounts.',
  }),
  role: Type.Enum([...ROLES], {
    description: 'administrator: may do everything; reader: reports and directory; ingest: may only send events.',
  }),
  agentGroupIds: nullish(Type.Array(Type.String()), {
    description: 'The agent groups that a reader sees; empty: all.',
  }),
});
const Password = Type.String({ minLength: 1, maxLength: LIMITS.passwordChars });
const EXAMPLE = {
  username: 'payroll',
  grants: [{ accountId: '15300002', role: 'reader', agentGroupIds: ['7'] }],
};

const User = Type.Object({ username: Type.String(), grants: Type.Array(Grant) }, { examples: [EXAMPLE] });
const NewUser = Type.Object(
  {
    username: Type.String(),
    password: nullish(Password, { description: 'Without it, a password is generated and returned.' }),
    grants: Type.Array(Grant),
  },
  { examples: [EXAMPLE] },
);
const UserChange = Type.Object(
  {
    password: nullish(Password, { description: 'Without it, the password does not change.' }),
    grants: nullish(Type.Array(Grant), { description: 'Without it, the grants do not change.' }),
  },
  { examples: [{ grants: EXAMPLE.grants }] },
);
const OneUser = Type.Object({ username: Type.String() });

const tags = ['Administration'];
const listSchema = { tags, summary: 'List the users', response: { 200: Type.Array(User) } };
const addSchema = {
  tags,
  summary: 'Create a user',
  description: 'If the password was generated, the answer contains it. It is shown only once.',
  body: NewUser,
  response: { 200: Type.Object({ ...User.properties, password: Type.Optional(Type.String()) }) },
};
const changeSchema = {
  tags,
  summary: 'Change a user’s rights or password',
  description:
    'Takes effect at once. A new password signs the user out; API tokens and JWT credentials stay valid. The last administrator of ' +
    'all accounts must remain one.',
  params: OneUser,
  body: UserChange,
  response: { 200: User },
};
const removeSchema = {
  tags,
  summary: 'Delete a user',
  description: 'Revokes all tokens of the user. The last administrator of all accounts cannot be deleted.',
  params: OneUser,
  response: { 204: Type.Null() },
};

export async function userRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { engine } = context.offhook;
  const { users } = context.access;
  const typed = administrationScope(app, context);

  typed.get('/admin/users', { schema: listSchema }, () => listUsers(engine));

  typed.post('/admin/users', { schema: addSchema }, async request => {
    const { username, password } = request.body;
    const user = { username, grants: grantsOf(request.body.grants) };
    const generated = await users.add({ ...user, password: password ?? undefined }, actorOf(request));
    return generated === undefined ? user : { ...user, password: generated };
  });

  typed.put('/admin/users/:username', { schema: changeSchema }, async request => {
    const { username } = request.params;
    const { password, grants } = request.body;
    const changes = { password: password ?? undefined, grants: grants ? grantsOf(grants) : undefined };
    await users.change(username, changes, actorOf(request));
    return (await listUsers(engine)).find(user => user.username === username);
  });

  typed.delete('/admin/users/:username', { schema: removeSchema }, async (request, reply) => {
    await users.remove(request.params.username, actorOf(request));
    return reply.code(204).send();
  });
}

const grantsOf = (grants: readonly Type.Static<typeof Grant>[]) =>
  grants.map(({ accountId, role, agentGroupIds }) => ({
    accountId,
    role,
    agentGroupIds: agentGroupIds ?? [],
  }));
