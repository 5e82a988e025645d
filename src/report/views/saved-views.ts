// Views of a report that users keep: a name for a query string, seen by its user or by all who read the account.
import { randomUUID } from 'node:crypto';
import type { Engine } from '../../engine/engine.ts';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { withChangeLock, nextVersion } from '../../engine/lock.ts';
import { tsvRow } from '../../engine/tsv.ts';

export interface SavedView {
  viewId: string;
  /** Who made it. */
  username: string;
  /** Exists once among the user's views of the account. */
  name: string;
  /** Query string of the report's page. */
  query: string;
  /** True: all who read the account see it. */
  isShared: boolean;
}

export type ViewGiven = Pick<SavedView, 'name' | 'query' | 'isShared'>;

/** Who changes a view: its user, or an administrator of the account where it is shared. */
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
  throw new UserError('NOT_FOUND', `You have no view ${viewId}.`, 'List the views with GET.');
}

function requireFreeName(own: readonly SavedView[], { viewId, name }: SavedView): void {
  if (!own.some(view => view.viewId !== viewId && view.name === name)) return;
  throw new UserError('ALREADY_EXISTS', `You have a view '${name}' already.`, 'Change it, or choose another name.', [
    { attributeName: 'name', message: 'exists already', value: name },
  ]);
}

function tooManyViews(): UserError {
  return new UserError(
    'INVALID_REQUEST',
    `You have ${LIMITS.savedViews} views in this account, which is as many as there may be.`,
    'Delete one that you do not need.',
  );
}

function insertRow(engine: Engine, accountId: string, row: ViewRow, isDeleted: boolean, nowMs: number): Promise<void> {
  return engine.insert(
    'saved_views',
    ['account_id', 'view_id', 'username', 'view_name', 'query', 'is_shared', 'is_deleted', 'version'],
    Buffer.from(
      tsvRow([
        accountId,
        row.viewId,
        row.username,
        row.name,
        row.query,
        Number(row.isShared),
        Number(isDeleted),
        nextVersion(nowMs, row.version),
      ]),
    ),
  );
}
