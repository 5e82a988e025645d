// Saved views of the report page: private ones, and ones shared with all readers of the account.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { mayAdminister } from '../../access/principal.ts';
import { LIMITS } from '../../limits.ts';
import {
  changeView,
  createView,
  deleteView,
  listViews,
  type SavedView,
  type ViewEditor,
} from '../../report/views/saved-views.ts';
import type { ApiContext } from '../context.ts';
import { recordAction, requireReader, signedInScope } from '../guard.ts';
import { AccountParams, PathId } from '../schema/ids.ts';
import { plainText, RequiredText } from '../schema/texts.ts';
import { nullish } from '../schema/schema.ts';

const Query = Type.String({
  maxLength: LIMITS.viewQueryChars,
  description: 'Query string of the report page.',
});
const shared = 'True: all readers of the account see the view, each with the rows that they may see.';

const ViewAnswer = Type.Object({
  viewId: Type.String(),
  name: Type.String(),
  query: Query,
  isShared: Type.Boolean({ description: shared }),
  username: Type.String({ description: 'The user who created it.' }),
  mayChange: Type.Boolean({ description: 'Whether the signed-in user may change and delete it.' }),
});
const EXAMPLE = { name: 'Payroll, last week', query: 'range=last-week&sort=lastName', isShared: true };
const NewView = Type.Object(
  { name: RequiredText, query: Query, isShared: nullish(Type.Boolean(), { description: shared }) },
  { examples: [EXAMPLE] },
);
const ViewChange = Type.Object(
  { name: nullish(RequiredText), query: nullish(Query), isShared: nullish(Type.Boolean(), { description: shared }) },
  { examples: [{ isShared: false }] },
);

const tags = ['Report'];
const OneView = Type.Object({ accountId: PathId, viewId: PathId });
const listSchema = {
  tags,
  summary: 'List the saved views',
  description: 'The user’s own views and the shared ones, by name.',
  params: AccountParams,
  response: { 200: Type.Array(ViewAnswer) },
};
const createSchema = {
  tags,
  summary: 'Save a view',
  params: AccountParams,
  body: NewView,
  response: { 200: ViewAnswer },
};
const changeSchema = {
  tags,
  summary: 'Change a saved view',
  description:
    'Fields that are left out do not change. A shared view can be changed by its creator and by administrators of the account.',
  params: OneView,
  body: ViewChange,
  response: { 200: ViewAnswer },
};
const deleteSchema = {
  tags,
  summary: 'Delete a saved view',
  params: OneView,
  response: { 204: Type.Null() },
};

export async function savedViewRoutes(scope: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now } = context;
  const { engine } = offhook;
  const views = '/admin/accounts/:accountId/savedViews';
  const app = signedInScope(scope, context);
  const record = (request: FastifyRequest, accountId: string, change: string, view: SavedView) =>
    recordAction(context, request, 'SAVED_VIEW_CHANGED', accountId, { change, ...view });

  app.get(views, { schema: listSchema }, async request => {
    const { accountId } = request.params;
    const editor = editorOf(request, accountId);
    return (await listViews(engine, accountId, editor.username)).map(view => viewAnswer(view, editor));
  });

  app.post(views, { schema: createSchema }, async request => {
    const { accountId } = request.params;
    const editor = editorOf(request, accountId);
    const { name, query, isShared } = request.body;
    const fields = { name: plainText(name), query, isShared: isShared ?? false };
    const view = await createView(engine, accountId, editor.username, fields, now());
    await record(request, accountId, 'VIEW_CREATED', view);
    return viewAnswer(view, editor);
  });

  app.put(`${views}/:viewId`, { schema: changeSchema }, async request => {
    const { accountId, viewId } = request.params;
    const editor = editorOf(request, accountId);
    const view = await changeView(engine, accountId, viewId, editor, changesOf(request.body), now());
    await record(request, accountId, 'VIEW_CHANGED', view);
    return viewAnswer(view, editor);
  });

  app.delete(`${views}/:viewId`, { schema: deleteSchema }, async (request, reply) => {
    const { accountId, viewId } = request.params;
    const view = await deleteView(engine, accountId, viewId, editorOf(request, accountId), now());
    await record(request, accountId, 'VIEW_DELETED', view);
    return reply.code(204).send();
  });
}

/** @throws UserError ACCESS_DENIED if the user may not read the account */
function editorOf(request: FastifyRequest, accountId: string): ViewEditor {
  requireReader(request, accountId);
  const { principal } = request;
  return { username: principal.username, isAdministrator: mayAdminister(principal, accountId) };
}

function changesOf({ name, query, isShared }: Static<typeof ViewChange>) {
  return {
    ...(name != null && { name: plainText(name) }),
    ...(query != null && { query }),
    ...(isShared != null && { isShared }),
  };
}

function viewAnswer(view: SavedView, { username, isAdministrator }: ViewEditor) {
  return { ...view, mayChange: view.username === username || (view.isShared && isAdministrator) };
}
