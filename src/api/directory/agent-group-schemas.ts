// The calls of agent groups, described: what they are asked with and what they answer.
import { Type } from 'typebox';
import { Id, PathId, WireId } from '../schema/ids.ts';
import { PageQuery } from '../schema/pages.ts';
import { ShortText, SomeText } from '../schema/texts.ts';
import { absent } from '../schema/schema.ts';

const AccountParams = Type.Object({ accountId: PathId });
const GroupParams = Type.Object({ accountId: PathId, agentGroupId: PathId });

const Group = Type.Object({
  agentGroupId: WireId,
  groupName: Type.String(),
  isDefault: Type.Boolean(),
  permissions: Type.Array(Type.String(), { description: 'Always empty.' }),
});

const GroupBody = Type.Object(
  {
    agentGroupId: absent(Id, {
      description: 'Only to make a group; left out, null or 0: the next free number.',
    }),
    groupName: absent(ShortText),
    isDefault: absent(Type.Boolean(), { description: 'Takes the place of the default group of before.' }),
  },
  { examples: [{ groupName: 'Customer Service' }] },
);
const NewGroupBody = Type.Object(
  { ...GroupBody.properties, groupName: SomeText },
  { examples: [{ groupName: 'Customer Service' }] },
);

const tags = ['Directory'];
const LIST = {
  tags,
  summary: 'The agent groups',
  params: AccountParams,
  response: { 200: Type.Array(Group) },
  description: 'A reader who is limited to groups sees these.',
  querystring: Type.Object({
    ...PageQuery.properties,
    includePermissions: Type.Optional(Type.Boolean({ description: 'Without effect.' })),
  }),
};
const READ = { tags, summary: 'One agent group', params: GroupParams, response: { 200: Group } };
const CREATE = {
  tags,
  summary: 'Make an agent group',
  params: AccountParams,
  body: NewGroupBody,
  response: { 200: Group },
};
const CHANGE = {
  tags,
  summary: 'Change an agent group',
  params: GroupParams,
  body: GroupBody,
  description: 'Fields that are left out stay. A new name holds from now on, also for the agents in the group.',
  response: { 200: Group },
};
const DELETE = {
  tags,
  summary: 'Delete an agent group',
  params: GroupParams,
  description: 'Refused while agents are in it.',
  response: { 204: Type.Null() },
};

export const GROUP_CALLS = { list: LIST, read: READ, create: CREATE, change: CHANGE, delete: DELETE };
