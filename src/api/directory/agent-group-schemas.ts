// Schemas of the calls for agent groups.
import { Type } from 'typebox';
import { AccountParams, Id, PathId, WireId } from '../schema/ids.ts';
import { PageQuery } from '../schema/pages.ts';
import { ShortText, RequiredText } from '../schema/texts.ts';
import { nullish } from '../schema/schema.ts';

const GroupParams = Type.Object({ accountId: PathId, agentGroupId: PathId });

const Group = Type.Object({
  agentGroupId: WireId,
  groupName: Type.String(),
  isDefault: Type.Boolean(),
  permissions: Type.Array(Type.String(), { description: 'Always empty.' }),
});

const GroupBody = Type.Object(
  {
    agentGroupId: nullish(Id, {
      description: 'Only when creating a group. Default (also with null or 0): the next free number.',
    }),
    groupName: nullish(ShortText),
    isDefault: nullish(Type.Boolean(), { description: 'True: replaces the present default group.' }),
  },
  { examples: [{ groupName: 'Customer Service' }] },
);
const NewGroupBody = Type.Object(
  { ...GroupBody.properties, groupName: RequiredText },
  { examples: [{ groupName: 'Customer Service' }] },
);

const tags = ['Directory'];
const LIST = {
  tags,
  summary: 'The agent groups',
  params: AccountParams,
  response: { 200: Type.Array(Group) },
  description: 'Readers who are limited to agent groups only see these groups.',
  querystring: Type.Object({
    ...PageQuery.properties,
    includePermissions: Type.Optional(Type.Boolean({ description: 'Has no effect.' })),
  }),
};
const READ = { tags, summary: 'One agent group', params: GroupParams, response: { 200: Group } };
const CREATE = {
  tags,
  summary: 'Create an agent group',
  params: AccountParams,
  body: NewGroupBody,
  response: { 200: Group },
};
const CHANGE = {
  tags,
  summary: 'Change an agent group',
  params: GroupParams,
  body: GroupBody,
  description:
    'Fields that are left out do not change. A new name applies from now on, also to the agents in the group.',
  response: { 200: Group },
};
const DELETE = {
  tags,
  summary: 'Delete an agent group',
  params: GroupParams,
  description: 'Only possible if the group has no agents.',
  response: { 204: Type.Null() },
};

export const GROUP_CALLS = { list: LIST, read: READ, create: CREATE, change: CHANGE, delete: DELETE };
