// Schemas of the calls for an account's own states.
import { Type } from 'typebox';
import { BASE_STATES } from '../../events/agent-event.ts';
import { AccountParams, PathId, WireId } from '../schema/ids.ts';
import { RequiredText } from '../schema/texts.ts';
import { nullish } from '../schema/schema.ts';

const StateParams = Type.Object({ accountId: PathId, stateId: PathId });

const State = Type.Object({
  stateId: WireId,
  agentAuxState: Type.String({ description: 'The label that agents see.' }),
  baseAgentState: Type.Object({ colKey: Type.Enum([...BASE_STATES]) }),
  isActive: Type.Boolean(),
  isAgentSelectable: Type.Boolean(),
});

const EXAMPLES = [{ agentAuxState: 'Coaching', baseAgentState: { colKey: 'TRAINING' } }];
export const Base = Type.Union(
  [Type.Object({ colKey: Type.String({ maxLength: 256 }) }), Type.String({ maxLength: 256 })],
  {
    description: `One of ${BASE_STATES.join(', ')}, or RingCX's spelling of it, such as ON-BREAK.`,
  },
);
export const StateBody = Type.Object(
  {
    agentAuxState: nullish(RequiredText),
    baseAgentState: nullish(Base),
    isActive: nullish(Type.Boolean()),
    isAgentSelectable: nullish(Type.Boolean()),
  },
  { examples: EXAMPLES },
);
const NewStateBody = Type.Object(
  { ...StateBody.properties, agentAuxState: RequiredText, baseAgentState: Base },
  { examples: EXAMPLES },
);

const tags = ['Accounts'];
const Flag = Type.Optional(Type.Boolean({ description: 'True: only active states.' }));
const LIST = {
  tags,
  summary: 'The account’s own states',
  params: AccountParams,
  description: 'The states that were created here. RingCX’s standard states do not have to be created.',
  querystring: Type.Object({ active: Flag, activeOnly: Flag }),
  response: { 200: Type.Array(State) },
};
const CREATE = {
  tags,
  summary: 'Create a state',
  params: AccountParams,
  body: NewStateBody,
  response: { 200: State },
  description:
    'From now on, events with the label count as the base state. Labels are compared case-insensitively and without surrounding ' +
    'spaces. Stored events keep their base state until they are replayed.',
};
const CHANGE = {
  tags,
  summary: 'Change a state',
  params: StateParams,
  body: StateBody,
  response: { 200: State },
  description: 'Fields that are left out do not change.',
};
const DELETE = { tags, summary: 'Delete a state', params: StateParams, response: { 204: Type.Null() } };

export const STATE_CALLS = { list: LIST, create: CREATE, change: CHANGE, delete: DELETE };
