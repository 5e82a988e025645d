// Saved views of the report: a named query string, visible to its user or to all readers of the account.
import { randomUUID } from 'node:crypto';
import type { Engine } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { withChangeLock, nextVersion } from '../../engine/lock.ts';

export interface SavedView {
  viewId: string;
  /** Its owner. */
  username: string;
  /** Unique among the user's views of the account. */
  name: string;
  /** Query string of the report's page. */
  query: string;
  /** True: visible to all readers of the account. */
  isShared: boolean;
}

export type ViewGiven = Pick<SavedView, 'name' | 'query' | 'isShared'>;

/** Views are changed by their owner, and shared ones also by administrators of the account. */
export interface ViewEditor {
  username: string;
  isAdministrator: boolean;
}

interface ViewRow extends SavedView {
  version: number;
}

function readRows(engine: Engine, accountId: string): Promise<ViewRow[]> {
  return engine.query<ViewRow>(
    `SELECT view_id AS viewId, username, view_name AS name, query, toBool(is_shared) AS isShared, version
     FROM saved_views FINAL
     WHERE account_id = {accountId:String} AND is_deleted = 0
     ORDER BY lowerUTF8(name), view_id`,
    { accountId },
  );
}

/** The user's own views and the shared ones, by name. */
export async function listViews(engine: Engine, accountId: string, username: string): Promise<SavedView[]> {
  const rows = await readRows(engine, accountId);
  return rows.filter(row => row.isShared || row.username === username).map(viewOf);
}

/** @throws UserError ALREADY_EXISTS, INVALID_REQUEST for more views than a user may have */
export function createView(
  engine: Engine,
  accountId: string,
  username: string,
  given: ViewGiven,
  nowMs: number,
): Promise<SavedView> {
  return withChangeLock(engine, async () => {
    const own = (await readRows(engine, accountId)).filter(row => row.username === username);
    if (own.length >= LIMITS.savedViews) throw tooManyViews();
    const view = { ...given, viewId: randomUUID(), username };
    requireFreeName(own, view);
    await insertRow(engine, accountId, { ...view, version: 0 }, false, nowMs);
    return view;
  });
}

/** @throws UserError NOT_FOUND, ALREADY_EXISTS */
export function changeView(
  engine: Engine,
  accountId: string,
  viewId: string,
  editor: ViewEditor,
  given: Partial<ViewGiven>,
  nowMs: number,
): Promise<SavedView> {
  return withChangeLock(engine, async () => {
    const rows = await readRows(engine, accountId);
    const after = { ...presentRow(rows, viewId, editor), ...given };
    requireFreeName(
      rows.filter(({ username }) => username === after.username),
      after,
    );
    await insertRow(engine, accountId, after, false, nowMs);
    return viewOf(after);
  });
}

/** @throws UserError NOT_FOUND */
export function deleteView(
  engine: Engine,
  accountId: string,
  viewId: string,
  editor: ViewEditor,
  nowMs: number,
): Promise<SavedView> {
  return withChangeLock(engine, async () => {
    const row = presentRow(await readRows(engine, accountId), viewId, editor);
    await insertRow(engine, accountId, row, true, nowMs);
    return viewOf(row);
  });
}

function viewOf({ version: _, ...view }: ViewRow): SavedView {
  return view;
}

function presentRow(rows: readonly ViewRow[], viewId: string, editor: ViewEditor): ViewRow {
  const row = rows.find(known => known.viewId === viewId);
  if (row?.username === editor.username || (row?.isShared && editor.isAdministrator)) return row;
  throw new UserError('NOT_FOUND', `There is no view '${viewId}' that you may change.`, 'List your views with GET.');
}

function requireFreeName(own: readonly SavedView[], { viewId, name }: SavedView): void {
  if (!own.some(view => view.viewId !== viewId && view.name === name)) return;
  throw new UserError(
    'ALREADY_EXISTS',
    `You already have a view called '${name}'.`,
    'Change that view, or choose another name.',
    [{ attributeName: 'name', message: 'already exists', value: name }],
  );
}

function tooManyViews(): UserError {
  return new UserError(
    'INVALID_REQUEST',
    `You already have ${LIMITS.savedViews} views in this account, which is the limit.`,
    'Delete a view that you no longer need.',
  );
}

function insertRow(engine: Engine, accountId: string, row: ViewRow, isDeleted: boolean, nowMs: number): Promise<void> {
  const stored = {
    account_id: accountId,
    view_id: row.viewId,
    username: row.username,
    view_name: row.name,
    query: row.query,
    is_shared: row.isShared,
    is_deleted: isDeleted,
    version: nextVersion(nowMs, row.version),
  };
  return engine.insert('saved_views', [stored]);
}
