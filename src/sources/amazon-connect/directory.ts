// The configuration of an agent that events carry to what the agent directory keeps of it.
import type { ToldAgent } from '../agent-source.ts';
import { Refusal, text } from '../fields.ts';
import { arnTail, object } from './snapshot.ts';

const LEVELS = ['Level5', 'Level4', 'Level3', 'Level2', 'Level1'] as const;

/**
 * Reads the `Configuration` of a snapshot; an empty text is one that it does not name. The team is the agent's own group in the
 * hierarchy, which is the lowest one; the group is the routing profile, which decides from which queues the agent is called.
 * @param configuration of any type
 * @returns undefined if it is no configuration
 */
export function connectAgent(configuration: unknown): ToldAgent | undefined {
  try {
    const fields = object({ Configuration: configuration }, 'Configuration');
    if (fields === null) return undefined;
    const profile = object(fields, 'RoutingProfile') ?? {};
    const groups = object(fields, 'AgentHierarchyGroups') ?? {};
    const teams = LEVELS.map(level => text(object(groups, level) ?? {}, 'Name').trim());
    return {
      first_name: text(fields, 'FirstName').trim(),
      last_name: text(fields, 'LastName').trim(),
      username: text(fields, 'Username').trim(),
      team: teams.find(name => name !== '') ?? '',
      agent_group_id: arnTail(text(profile, 'ARN'), 'routing-profile'),
      agent_group_name: text(profile, 'Name').trim(),
    };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return undefined;
  }
}
