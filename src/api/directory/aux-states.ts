// An account's own states: labels that agents see, each with its base state.
import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { BASE_STATES, type BaseState } from '../../events/agent-event.ts';
import { baseStateNamed } from '../../sources/ringcx/states.ts';
import {
  type AuxState,
  changeState,
  createState,
  deleteState,
  listStates,
  type StateGiven,
} from '../../directory/aux-states.ts';
import { type Base, STATE_CALLS, type StateBody } from './aux-state-schemas.ts';
import type { ApiContext } from '../context.ts';
import { recordAction, requireAdministratorOf, requireReader, signedInScope } from '../guard.ts';
import { invalidField } from '../schema/json-bodies.ts';
import { plainText } from '../schema/texts.ts';
import { wireId } from '../schema/ids.ts';

export async function auxStateRoutes(scope: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now } = context;
  const { engine } = offhook;
  const states = '/admin/accounts/:accountId/auxStates';
  const app = signedInScope(scope, context);

  app.get(states, { schema: STATE_CALLS.list }, async request => {
    requireReader(request, request.params.accountId);
    const { active, activeOnly } = request.query;
    const all = await listStates(engine, request.params.accountId);
    return all.filter(({ isActive }) => isActive || !(active || activeOnly)).map(stateAnswer);
  });

  app.post(states, { schema: STATE_CALLS.create }, async request => {
    const { accountId } = request.params;
    requireAdministratorOf(request, accountId);
    const { agentAuxState, baseAgentState, isActive, isAgentSelectable } = request.body;
    const fields = {
      label: plainText(agentAuxState),
      baseState: baseOf(baseAgentState),
      isActive: isActive ?? true,
      isAgentSelectable: isAgentSelectable ?? true,
    };
    const state = await createState(engine, accountId, fields, now());
    offhook.forgetSettings();
    await recordAction(context, request, 'STATES_CHANGED', accountId, { change: 'STATE_CREATED', ...state });
    return stateAnswer(state);
  });

  app.put(`${states}/:stateId`, { schema: STATE_CALLS.change }, async request => {
    const { accountId, stateId } = request.params;
    requireAdministratorOf(request, accountId);
    const { state, changed } = await changeState(engine, accountId, stateId, changesOf(request.body), now());
    if (changed.length > 0) {
      const detail = { change: 'STATE_CHANGED', changed, ...state };
      offhook.forgetSettings();
      await recordAction(context, request, 'STATES_CHANGED', accountId, detail);
    }
    return stateAnswer(state);
  });

  app.delete(`${states}/:stateId`, { schema: STATE_CALLS.delete }, async (request, reply) => {
    const { accountId, stateId } = request.params;
    requireAdministratorOf(request, accountId);
    const state = await deleteState(engine, accountId, stateId, now());
    offhook.forgetSettings();
    await recordAction(context, request, 'STATES_CHANGED', accountId, { change: 'STATE_DELETED', ...state });
    return reply.code(204).send();
  });
}

function changesOf({
  agentAuxState,
  baseAgentState,
  isActive,
  isAgentSelectable,
}: Static<typeof StateBody>): StateGiven {
  return {
    ...(agentAuxState != null && { label: plainText(agentAuxState) }),
    ...(baseAgentState != null && { baseState: baseOf(baseAgentState) }),
    ...(isActive != null && { isActive }),
    ...(isAgentSelectable != null && { isAgentSelectable }),
  };
}

function baseOf(base: Static<typeof Base>): BaseState {
  const name = typeof base === 'string' ? base : base.colKey;
  const state = baseStateNamed(name);
  if (state !== undefined) return state;
  const message = 'is not a base state';
  throw invalidField('baseAgentState.colKey', name, message, `Use one of ${BASE_STATES.join(', ')}.`);
}

function stateAnswer({ stateId, label, baseState, isActive, isAgentSelectable }: AuxState) {
  const baseAgentState = { colKey: baseState };
  return { stateId: wireId(stateId), agentAuxState: label, baseAgentState, isActive, isAgentSelectable };
}
