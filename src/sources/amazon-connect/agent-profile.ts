// Reads an agent's profile for the directory from the configuration in an event.
import type { AgentProfile } from '../agent-source.ts';
import { Refusal, text } from '../fields.ts';
import { arnTail, object } from './snapshot.ts';

const LEVELS = ['Level5', 'Level4', 'Level3', 'Level2', 'Level1'] as const;

/**
 * Reads the `Configuration` of a snapshot; a field that it lacks is empty. The team is the lowest group of the agent hierarchy,
 * the agent group is the routing profile, which decides which queues reach the agent.
 * @param configuration a value of any type
 * @returns undefined if it is not a configuration
 */
export function readAgentProfile(configuration: unknown): AgentProfile | undefined {
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
