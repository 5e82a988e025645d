// One login session: its time line, and why each number of its row is what it is, down to the input as received.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { UserError } from '../../errors.ts';
import type { Column } from '../../report/columns/columns.ts';
import type { ReportClock } from '../../report/query/criteria.ts';
import { timeZoneNamed } from '../../time/time-zone.ts';
import { columnsFor } from '../../report/why/operands.ts';
import { ALL_COLUMNS, readRow, type SessionRow } from '../../report/why/read-row.ts';
import { END_NOTES } from '../../report/why/texts.ts';
import { columnNamed, whyColumn } from '../../report/why/why.ts';
import { LANES, lanesOf } from '../../sessions/explain/lanes.ts';
import { readRaw, readSession } from '../../sessions/explain/read-session.ts';
import type { SessionFacts } from '../../sessions/explain/session-facts.ts';
import { readAccount } from '../../directory/accounts.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { requireReader, signedIn, visibleGroupsOf } from '../guard.ts';
import { eventBody, intervalBody, RawBody, SessionBody, valueBody, WhyBody, whyBody } from './login-session-bodies.ts';
import { PathId, wireId } from '../schema/ids.ts';
import { absent, type SchemaTypes } from '../schema/schema.ts';

const params = { accountId: PathId, loginSessionId: PathId };
const querystring = Type.Object({
  timezone: absent(Type.String(), { description: 'Of the printed times; absent: the account’s.' }),
});
const tags = ['Report'];

const sessionSchema = {
  tags,
  summary: 'A login session as a time line',
  description:
    'How it began and ended, every value of its row, and what the agent, the calls and the line were doing. An imported session ' +
    'has values only: the export has no events. A session whose agent the user does not see is not found.',
  params: Type.Object(params),
  querystring,
  response: { 200: SessionBody },
};

const whySchema = {
  tags,
  summary: 'Why a value is what it is',
  description:
    'The intervals and events that make the value, adding up to it exactly, or the columns that it is divided from. `isExact` is ' +
    'false where the explanation, which is computed on its own, disagrees with the report.',
  params: Type.Object({ ...params, columnKey: Type.String() }),
  querystring,
  response: { 200: WhyBody },
};

const rawSchema = {
  tags,
  summary: 'The input that an event was made of',
  description: 'Exactly as it was received.',
  params: Type.Object({ ...params, eventId: Type.String() }),
  response: { 200: RawBody },
};

const SESSION = '/admin/accounts/:accountId/loginSessions/:loginSessionId';

interface Asked {
  accountId: string;
  loginSessionId: string;
  timezone?: string | null | undefined;
}

interface Found {
  row: SessionRow;
  timezone: string;
  /** Undefined where the session is imported. */
  session: SessionFacts | undefined;
}

export async function loginSessionRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { engine } = context.offhook;
  app.addHook('onRequest', signedIn(context));
  const typed = app.withTypeProvider<SchemaTypes>();

  typed.get(SESSION, { schema: sessionSchema }, async request => {
    const asked = { ...request.params, ...request.query };
    return sessionBody(asked, await found(context, request, asked, ALL_COLUMNS));
  });

  typed.get(`${SESSION}/columns/:columnKey`, { schema: whySchema }, async request => {
    const column = columnNamed(request.params.columnKey);
    if (column === undefined) throw notFound(`There is no column '${request.params.columnKey}'.`);
    const explain = async () => {
      const asked = { ...request.params, ...request.query };
      const { row, session } = await found(context, request, asked, columnsFor(column));
      return whyColumn(engine, column, row, session);
    };
    const why = await explain();
    // An event that arrived between the two readings is in both of the next ones.
    return whyBody(why.isExact ? why : await explain());
  });

  typed.get(`${SESSION}/events/:eventId/raw`, { schema: rawSchema }, async request => {
    const { accountId, loginSessionId, eventId } = request.params;
    await visibleRow(context, request, { ...request.params, timezone: 'UTC' }, clockOf(context), []);
    const input = await readRaw(engine, accountId, loginSessionId, eventId);
    if (input === undefined) throw notFound(`The session ${loginSessionId} has no event ${eventId}.`);
    const { raw, source, receivedMs } = input;
    return { eventId, source, receivedAt: isoInstant(receivedMs), raw };
  });
}

/** @throws UserError NOT_FOUND, UNKNOWN_TIME_ZONE, ACCESS_DENIED */
async function found(
  context: ApiContext,
  request: FastifyRequest,
  asked: Asked,
  columns: readonly Column[],
): Promise<Found> {
  const { accountId, loginSessionId } = asked;
  const { engine } = context.offhook;
  requireReader(request, accountId);
  const timezone = timeZoneNamed(asked.timezone || (await readAccount(engine, accountId)).timezone);
  // One moment for both: an open session counts up to it.
  const clock = clockOf(context);
  const row = await visibleRow(context, request, { ...asked, timezone }, clock, columns);
  const session = row.isImported ? undefined : await readSession(engine, accountId, loginSessionId, clock);
  return { row, timezone, session };
}

/** A session of an agent whom the user does not see is as one that does not exist. */
async function visibleRow(
  context: ApiContext,
  request: FastifyRequest,
  { accountId, loginSessionId, timezone }: Asked & { timezone: string },
  clock: ReportClock,
  columns: readonly Column[],
): Promise<SessionRow> {
  requireReader(request, accountId);
  const asked = { accountId, loginSessionId, timezone, visibleGroups: visibleGroupsOf(request, [accountId]) };
  const row = await readRow(context.offhook.engine, asked, clock, columns);
  if (row === undefined) throw notFound(`The account ${accountId} has no login session ${loginSessionId}.`);
  return row;
}

const clockOf = ({ now, staleAfterMs }: ApiContext): ReportClock => ({ nowMs: now(), staleAfterMs });

function sessionBody({ accountId, loginSessionId }: Asked, { row, timezone, session }: Found) {
  const { agentGroupId, agentGroupName, endReason } = row;
  const lanes = session === undefined ? undefined : lanesOf(session);
  const next = endReason === 'SUPERSEDED' ? session?.nextLogin : undefined;
  return {
    accountId,
    loginSessionId: wireId(loginSessionId),
    agentId: wireId(row.agentId),
    agentName: [row.printed.firstName, row.printed.lastName].filter(Boolean).join(' '),
    agentGroupId: wireId(agentGroupId),
    agentGroupName,
    timezone,
    login: isoInstant(row.loginMs),
    end: isoInstant(row.endMs),
    endReason,
    endReasonMeaning: session === undefined ? IMPORTED_NOTE : END_NOTES[session.endReason],
    nextLogin: next ? { loginSessionId: wireId(next.loginSessionId), login: isoInstant(next.loginMs) } : null,
    origin: row.isImported ? 'imported' : 'computed',
    isTruncated: session?.isTruncated ?? false,
    values: ALL_COLUMNS.map(column => valueBody(column, row)),
    lanes: Object.fromEntries(LANES.map(lane => [lane, (lanes?.[lane] ?? []).map(intervalBody)])),
    events: (session?.events ?? []).map(eventBody),
  };
}

const IMPORTED_NOTE = 'From an export of another system, which says no more than its row.';

const notFound = (message: string) => new UserError('NOT_FOUND', message, 'Check the ids.');
