// An account's own states: labels that agents see, each with its base state.
import type { Engine } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import type { BaseState } from '../events/agent-event.ts';
import { stateKey } from '../sources/state-labels.ts';
import { withChangeLock, nextVersion } from '../engine/lock.ts';

export interface AuxState {
  stateId: string;
  /** Unique within an account, ignoring case. */
  label: string;
  baseState: BaseState;
  /** False if agents can no longer choose it; earlier events keep their meaning. */
  isActive: boolean;
  isAgentSelectable: boolean;
}

export type StateGiven = Partial<Omit<AuxState, 'stateId'>>;

interface StateRow extends AuxState {
  isDeleted: boolean;
  version: number;
}

function readRows(engine: Engine, accountId: string): Promise<StateRow[]> {
  return engine.query<StateRow>(
    `SELECT state_id AS stateId, label, base_state AS baseState, toBool(is_active) AS isActive,
       toBool(is_agent_selectable) AS isAgentSelectable, toBool(is_deleted) AS isDeleted, version
     FROM aux_states FINAL WHERE account_id = {accountId:String} ORDER BY toUInt64OrZero(state_id)`,
    { accountId },
  );
}

/** The account's states, by id. */
export async function listStates(engine: Engine, accountId: string): Promise<AuxState[]> {
  return (await readRows(engine, accountId)).filter(({ isDeleted }) => !isDeleted).map(stateOf);
}

/** @throws UserError ALREADY_EXISTS */
export function createState(
  engine: Engine,
  accountId: string,
  given: Omit<AuxState, 'stateId'>,
  nowMs: number,
): Promise<AuxState> {
  return withChangeLock(engine, async () => {
    const rows = await readRows(engine, accountId);
    const largest = rows.reduce((most, { stateId }) => Math.max(most, Number(stateId)), 0);
    const state = { ...given, stateId: String(largest + 1) };
    requireFreeLabel(rows, state);
    await insertRow(engine, accountId, { ...state, isDeleted: false, version: 0 }, nowMs);
    return state;
  });
}

/** Changes the given fields. @throws UserError NOT_FOUND, ALREADY_EXISTS */
export function changeState(
  engine: Engine,
  accountId: string,
  stateId: string,
  given: StateGiven,
  nowMs: number,
): Promise<{ state: AuxState; changed: string[] }> {
  return withChangeLock(engine, async () => {
    const rows = await readRows(engine, accountId);
    const before = presentRow(rows, stateId);
    const after = { ...before, ...given };
    const changed = (['label', 'baseState', 'isActive', 'isAgentSelectable'] as const).filter(
      key => after[key] !== before[key],
    );
    requireFreeLabel(rows, after);
    if (changed.length > 0) await insertRow(engine, accountId, after, nowMs);
    return { state: stateOf(after), changed };
  });
}

/** New events with the label count as UNKNOWN; stored ones are unchanged. @throws UserError NOT_FOUND */
export function deleteState(engine: Engine, accountId: string, stateId: string, nowMs: number): Promise<AuxState> {
  return withChangeLock(engine, async () => {
    const row = presentRow(await readRows(engine, accountId), stateId);
    await insertRow(engine, accountId, { ...row, isDeleted: true }, nowMs);
    return stateOf(row);
  });
}

function stateOf({ stateId, label, baseState, isActive, isAgentSelectable }: StateRow): AuxState {
  return { stateId, label, baseState, isActive, isAgentSelectable };
}

function presentRow(rows: readonly StateRow[], stateId: string): StateRow {
  const row = rows.find(known => known.stateId === stateId && !known.isDeleted);
  if (row === undefined) throw noSuchState(stateId);
  return row;
}

function requireFreeLabel(rows: readonly StateRow[], { stateId, label }: AuxState): void {
  const holder = rows.find(row => !row.isDeleted && row.stateId !== stateId && stateKey(row.label) === stateKey(label));
  if (holder === undefined) return;
  throw new UserError(
    'ALREADY_EXISTS',
    `State ${holder.stateId} already has the label '${holder.label}'.`,
    'Change that state, or choose another label.',
    [{ attributeName: 'agentAuxState', message: 'exists already', value: label }],
  );
}

function insertRow(engine: Engine, accountId: string, row: StateRow, nowMs: number): Promise<void> {
  const stored = {
    account_id: accountId,
    state_id: row.stateId,
    label: row.label,
    base_state: row.baseState,
    is_active: row.isActive,
    is_agent_selectable: row.isAgentSelectable,
    is_deleted: row.isDeleted,
    version: nextVersion(nowMs, row.version),
  };
  return engine.insert('aux_states', [stored]);
}

function noSuchState(stateId: string): UserError {
  return new UserError('NOT_FOUND', `There is no state ${stateId}.`, 'GET the list of states to see their ids.');
}
