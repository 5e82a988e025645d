// The calls of agents, described: what they are asked with and what they answer, by group and for the whole account.
import { type Static, Type } from 'typebox';
import { Agent, AgentBody, AgentEntry } from './agent-attributes.ts';
import { PageQuery } from '../schema/pages.ts';
import { PathId } from '../schema/ids.ts';

const Account = Type.Object({ accountId: PathId });
const Group = Type.Object({ accountId: PathId, agentGroupId: PathId });
/** What handlers find in the address: without a group, the call is about the whole account. */
const Place = Type.Object({ accountId: PathId, agentGroupId: Type.Optional(PathId) });
const AgentPlace = Type.Object({ ...Place.properties, agentId: PathId });
export type AgentPlace = Static<typeof AgentPlace>;

/** Where the calls are: RingCX has agents in groups only. */
const PLACES = [
  {
    path: '/admin/accounts/:accountId/agentGroups/:agentGroupId/agents',
    params: Group as unknown as typeof Place,
    of: 'of a group',
  },
  {
    path: '/admin/accounts/:accountId/agents',
    params: Account as unknown as typeof Place,
    of: 'of the account',
  },
];

const SearchQuery = Type.Object({
  ...PageQuery.properties,
  search: Type.Optional(
    Type.String({ maxLength: 256, description: 'Part of an id, name, address or team, in any case.' }),
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
      description: 'Those who are there now, as they are now, by id.',
      response: { 200: Type.Array(Agent) },
    },
    read: { tags, params: one, summary: `One agent ${of}`, ...answer },
    create: { tags, params, body, summary: `Make an agent ${of}`, ...answer },
    change: {
      tags,
      params: one,
      body,
      summary: `Change an agent ${of}`,
      ...answer,
      description:
        'Fields that are left out stay. What is new holds from now on: reports of earlier sessions show what was so then. ' +
        'Another agentGroupId moves the agent.',
    },
    history: {
      tags,
      params: one,
      summary: `What was known of an agent ${of}, and from when on`,
      description: 'In order of time. The first entry holds for all time before it, too.',
      response: { 200: Type.Array(AgentEntry) },
    },
    remove: {
      tags,
      params: one,
      summary: `Delete an agent ${of}`,
      response: { 204: Type.Null() },
      description: 'The agent is not listed any more; reports still show the name.',
    },
  };
}

/** The calls by group, then those of the whole account. */
export const AGENT_CALLS = PLACES.map(({ path, params, of }) => ({ path, ...callsAt(params, of) }));
