// Schemas of the calls for agents, in a group and in the whole account.
import { type Static, Type } from 'typebox';
import { Agent, AgentBody, AgentEntry } from './agent-attributes.ts';
import { PageQuery } from '../schema/pages.ts';
import { AccountParams, PathId } from '../schema/ids.ts';

const Group = Type.Object({ accountId: PathId, agentGroupId: PathId });
/** The parameters that handlers get. Without a group, the call is about the whole account. */
const Place = Type.Object({ accountId: PathId, agentGroupId: Type.Optional(PathId) });
const AgentPlace = Type.Object({ ...Place.properties, agentId: PathId });
export type AgentPlace = Static<typeof AgentPlace>;

/** The addresses of the calls. RingCX has only those in groups. */
const PLACES = [
  {
    path: '/admin/accounts/:accountId/agentGroups/:agentGroupId/agents',
    params: Group as unknown as typeof Place,
    of: 'of a group',
  },
  {
    path: '/admin/accounts/:accountId/agents',
    params: AccountParams as unknown as typeof Place,
    of: 'of the account',
  },
];

const SearchQuery = Type.Object({
  ...PageQuery.properties,
  search: Type.Optional(
    Type.String({ maxLength: 256, description: 'Part of an id, name, e-mail address or team, case-insensitive.' }),
  ),
});

function callsAt(params: typeof Place, of: string) {
  const tags = ['Directory'];
  const one: typeof AgentPlace = Type.Object({ ...params.properties, agentId: PathId });
  const body = AgentBody;
  const answer = { response: { 200: Agent } };
  return {
    list: {
      tags,
      params,
      summary: `The agents ${of}`,
      querystring: SearchQuery,
      description: 'The agents who exist now, with their present attributes, sorted by id.',
      response: { 200: Type.Array(Agent) },
    },
    read: { tags, params: one, summary: `One agent ${of}`, ...answer },
    create: { tags, params, body, summary: `Create an agent ${of}`, ...answer },
    change: {
      tags,
      params: one,
      body,
      summary: `Change an agent ${of}`,
      ...answer,
      description:
        'Fields that are left out do not change. Changes apply from now on: reports of earlier sessions show the attributes at that ' +
        'time. Another agentGroupId moves the agent to that group.',
    },
    history: {
      tags,
      params: one,
      summary: `The history of an agent ${of}`,
      description: 'In chronological order. The first entry also applies to all earlier times.',
      response: { 200: Type.Array(AgentEntry) },
    },
    remove: {
      tags,
      params: one,
      summary: `Delete an agent ${of}`,
      response: { 204: Type.Null() },
      description: 'The agent is no longer listed; reports still show the name.',
    },
  };
}

/** The calls in a group, then those in the whole account. */
export const AGENT_CALLS = PLACES.map(({ path, params, of }) => ({ path, ...callsAt(params, of) }));
