// The calls of an account's own states, described: what they are asked with and what they answer.
import { Type } from 'typebox';
import { BASE_STATES } from '../../events/agent-event.ts';
import { PathId, WireId } from '../schema/ids.ts';
import { SomeText } from '../schema/texts.ts';
import { absent } from '../schema/schema.ts';

const AccountParams = Type.Object({ accountId: PathId });
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
    agentAuxState: absent(SomeText),
    baseAgentState: absent(Base),
    isActive: absent(Type.Boolean()),
    isAgentSelectable: absent(Type.Boolean()),
  },
  { examples: EXAMPLES },
);
const NewStateBody = Type.Object(
  { ...StateBody.properties, agentAuxState: SomeText, baseAgentState: Base },
  { examples: EXAMPLES },
);

const tags = ['Accounts'];
const Flag = Type.Optional(Type.Boolean({ description: 'True: only active states.' }));
const LIST = {
  tags,
  summary: 'The account’s own states',
  params: AccountParams,
  description: 'Those that were set up here; RingCX’s usual states need no setting up.',
  querystring: Type.Object({ active: Flag, activeOnly: Flag }),
  response: { 200: Type.Array(State) },
};
const CREATE = {
  tags,
  summary: 'Set up a state',
  params: AccountParams,
  body: NewStateBody,
  response: { 200: State },
  description:
    'From now on, events of the label count as the base state. Labels are compared without regard to case and the spaces ' +
    'around them. Events that are stored keep the base state they came with.',
};
const CHANGE = {
  tags,
  summary: 'Change a state',
  params: StateParams,
  body: StateBody,
  response: { 200: State },
  description: 'Fields that are left out stay.',
};
const DELETE = { tags, summary: 'Remove a state', params: StateParams, response: { 204: Type.Null() } };

export const STATE_CALLS = { list: LIST, create: CREATE, change: CHANGE, delete: DELETE };
