// The agents of a centre, from its seed: directory rows, and what the simulation also knows about them.
import { centreOf, type Centre, type CentreOptions } from '../options.ts';
import { addressPart, FIRST_NAMES, LAST_NAMES } from './names.ts';
import { Random } from '../random.ts';

/** One row of the agent directory, with the field names of an agents file; missing values are empty strings. */
export interface AgentRow {
  agent_id: string;
  first_name: string;
  last_name: string;
  username: string;
  email: string;
  team: string;
  agent_group_id: string;
  agent_group_name: string;
  external_agent_id: string;
  dial_group_id: string;
  dial_group_name: string;
}

export type ShiftKind = 'EARLY' | 'DAY' | 'LATE' | 'NIGHT';

/** An agent for the simulation. */
export interface Agent {
  row: AgentRow;
  /** Position in the directory, from 0. */
  index: number;
  phone: string;
  shift: ShiftKind;
  isPartTime: boolean;
  isTeamLead: boolean;
}

const FIRST_AGENT_ID = 1_300_001;
const AGENTS_PER_TEAM_LEAD = 12;

const TEAMS = ['Aurora', 'Borealis', 'Cascade', 'Équipe Québec', 'Meridian'];
const GROUPS = [
  { id: '4501', name: 'Customer Service' },
  { id: '4502', name: 'Technical Support' },
  { id: '4503', name: 'Sales' },
] as const;
/** Agents of Sales also dial out. */
const DIAL_GROUPS: Readonly<Record<string, { id: string; name: string }>> = {
  4503: { id: '9101', name: 'Outbound Sales' },
};

// Assigned round-robin rather than at random, so that a small centre also has a night shift.
const SHIFTS_IN_TURN: readonly ShiftKind[] =
  'DAY EARLY LATE DAY EARLY DAY NIGHT LATE EARLY DAY LATE EARLY DAY EARLY LATE DAY DAY EARLY'.split(' ') as ShiftKind[];

/** The directory of the centre's agents, ordered by id. */
export function simulateAgents(options: CentreOptions): AgentRow[] {
  return agentsOf(centreOf(options)).map(agent => agent.row);
}

/** The agents of a centre. */
export function agentsOf(centre: Centre): Agent[] {
  const usernames = new Map<string, number>();
  return Array.from({ length: centre.agents }, (_, index) => agentAt(centre, index, usernames));
}

function agentAt(centre: Centre, index: number, usernames: Map<string, number>): Agent {
  const random = new Random(centre.seed, 1, index);
  return {
    row: rowAt(random, index, usernames),
    index,
    phone: phoneOf(random, index),
    shift: SHIFTS_IN_TURN[index % SHIFTS_IN_TURN.length]!,
    isPartTime: random.chance(0.15),
    isTeamLead: index % AGENTS_PER_TEAM_LEAD === 0,
  };
}

function rowAt(random: Random, index: number, usernames: Map<string, number>): AgentRow {
  const firstName = random.pick(FIRST_NAMES);
  const lastName = random.pick(LAST_NAMES);
  const username = uniqueUsername(`${addressPart(firstName)}.${addressPart(lastName)}`, usernames);
  const group = GROUPS[index % GROUPS.length]!;
  const dialGroup = DIAL_GROUPS[group.id];
  return {
    agent_id: String(FIRST_AGENT_ID + index),
    first_name: firstName,
    last_name: lastName,
    username,
    email: username,
    team: random.chance(0.04) ? '' : random.pick(TEAMS),
    agent_group_id: group.id,
    agent_group_name: group.name,
    external_agent_id: random.chance(0.6) ? `E${10_000 + index * 7}` : '',
    dial_group_id: dialGroup?.id ?? '',
    dial_group_name: dialGroup?.name ?? '',
  };
}

function uniqueUsername(name: string, usernames: Map<string, number>): string {
  const bearers = (usernames.get(name) ?? 0) + 1;
  usernames.set(name, bearers);
  return `${name}${bearers === 1 ? '' : bearers}@example.com`;
}

/** Most use the softphone, the others their own telephone. 555-0100 to 555-0199 are reserved for fiction. */
function phoneOf(random: Random, index: number): string {
  const number = `1650555${String(100 + (index % 100)).padStart(4, '0')}`;
  return random.chance(0.8) ? `${number}*${1000 + index}@RC_SOFTPHONE` : number;
}
