// Converts between agents of the directory and RingCX's agent attributes.
import { type Static, Type } from 'typebox';
import type { AgentField, AgentFields, StoredEntry } from '../../directory/agents/agent-entries.ts';
import { isoInstant } from '../../time/instant.ts';
import { Id, IdOrNone, idText, WireId, wireId } from '../schema/ids.ts';
import { plainText, ShortText } from '../schema/texts.ts';
import { nullish } from '../schema/schema.ts';

/** Text attributes that an administrator may set. */
const TEXTS = {
  firstName: 'first_name',
  lastName: 'last_name',
  username: 'username',
  email: 'email',
  agentType: 'agent_type',
  team: 'team',
  dialGroupName: 'dial_group_name',
} as const satisfies Record<string, AgentField>;

const IDS = {
  externalAgentId: 'external_agent_id',
  agentGroupId: 'agent_group_id',
  dialGroupId: 'dial_group_id',
} as const satisfies Record<string, AgentField>;

export const Agent = Type.Object({
  agentId: WireId,
  firstName: Type.String(),
  lastName: Type.String(),
  username: Type.String(),
  email: Type.String(),
  agentType: Type.String({ description: 'AGENT or SUPERVISOR.' }),
  externalAgentId: Type.String(),
  team: Type.String(),
  agentGroupId: WireId,
  agentGroupName: Type.String(),
  dialGroupId: WireId,
  dialGroupName: Type.String(),
  isActive: Type.Boolean(),
  initLoginBaseState: Type.String({ description: 'Always AVAILABLE.' }),
});

/** An entry of an agent's history. */
export const AgentEntry = Type.Object({
  ...Agent.properties,
  validFrom: Type.String({ description: 'UTC, ISO 8601.' }),
  isDeleted: Type.Boolean(),
});

export const AgentBody = Type.Object(
  {
    agentId: nullish(Id, {
      description: 'Only when creating an agent. Default (also with null or 0): the next free number.',
    }),
    firstName: nullish(ShortText),
    lastName: nullish(ShortText),
    username: nullish(ShortText),
    email: nullish(ShortText),
    agentType: nullish(ShortText),
    externalAgentId: nullish(IdOrNone),
    team: nullish(ShortText),
    agentGroupId: nullish(IdOrNone, { description: 'The agent’s group. It must exist.' }),
    dialGroupId: nullish(IdOrNone),
    dialGroupName: nullish(ShortText, {
      description: 'Default for a new dialGroupId: the name that the dial group has for other agents.',
    }),
    isActive: nullish(Type.Boolean()),
  },
  {
    description: 'Other attributes, such as agentGroupName, are ignored.',
    examples: [
      {
        firstName: 'Ada',
        lastName: 'Byron',
        username: 'ada@example.com',
        team: 'Red',
        externalAgentId: 'E17',
      },
    ],
  },
);

/** The directory fields for the attributes in the body. Attributes that are missing or null are left out. */
export function fieldsOf(body: Static<typeof AgentBody>): Partial<AgentFields> {
  const fields: Partial<AgentFields> = {};
  for (const [attribute, field] of Object.entries(TEXTS) as [keyof typeof TEXTS, AgentField][]) {
    const value = body[attribute];
    if (typeof value === 'string') fields[field] = plainText(value);
  }
  for (const [attribute, field] of Object.entries(IDS) as [keyof typeof IDS, AgentField][]) {
    const value = body[attribute];
    if (value != null) fields[field] = idText(value);
  }
  if (fields.agent_type === '') fields.agent_type = 'AGENT';
  if (typeof body.isActive === 'boolean') fields.is_active = body.isActive ? '1' : '0';
  return fields;
}

export function agentAnswer(fields: AgentFields): Static<typeof Agent> {
  return {
    agentId: wireId(fields.agent_id),
    firstName: fields.first_name,
    lastName: fields.last_name,
    username: fields.username,
    email: fields.email,
    agentType: fields.agent_type,
    externalAgentId: fields.external_agent_id,
    team: fields.team,
    agentGroupId: wireId(fields.agent_group_id),
    agentGroupName: fields.agent_group_name,
    dialGroupId: wireId(fields.dial_group_id),
    dialGroupName: fields.dial_group_name,
    isActive: fields.is_active === '1',
    initLoginBaseState: 'AVAILABLE',
  };
}

export function entryAnswer({ validFromMs, ...fields }: StoredEntry): Static<typeof AgentEntry> {
  return { ...agentAnswer(fields), validFrom: isoInstant(validFromMs), isDeleted: fields.is_deleted === '1' };
}
