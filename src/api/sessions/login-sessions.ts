// One login session: its time line, the explanation of each value, and the inputs of its events.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { UserError } from '../../errors.ts';
import type { Column } from '../../report/columns/columns.ts';
import type { ReportClock } from '../../report/query/criteria.ts';
import { timeZoneNamed } from '../../time/time-zone.ts';
import { columnsFor } from '../../report/why/operands.ts';
import { ALL_COLUMNS } from '../../report/columns/extra-columns.ts';
import { readRow, type SessionRow } from '../../report/why/read-row.ts';
import { END_NOTES } from '../../report/why/texts.ts';
import { columnNamed, whyColumn } from '../../report/why/why.ts';
import { LANES, lanesOf } from '../../sessions/explain/lanes.ts';
import { readRaw, readSession } from '../../sessions/explain/read-session.ts';
import type { SessionFacts } from '../../sessions/explain/session-facts.ts';
import { readAccount } from '../../directory/accounts.ts';
import { isoInstant } from '../../time/instant.ts';
import type { ApiContext } from '../context.ts';
import { requireReader, signedInScope, visibleGroupsOf } from '../guard.ts';
import { eventBody, intervalBody, RawBody, SessionBody, valueBody, WhyBody, whyBody } from './login-session-bodies.ts';
import { PathId, wireId } from '../schema/ids.ts';
import { nullish } from '../schema/schema.ts';

const params = { accountId: PathId, loginSessionId: PathId };
const querystring = Type.Object({
  timezone: nullish(Type.String(), { description: 'Time zone of the printed times. Default: the account’s.' }),
});
const tags = ['Report'];

const sessionSchema = {
  tags,
  summary: 'The time line of a login session',
  description:
    'The start and end of the session, all values of its report row, and intervals for the agent’s states, the calls and the phone ' +
    'line. An imported session has only values, because exports contain no events. Sessions of agents that the user may not see ' +
    'are not found.',
  params: Type.Object(params),
  querystring,
  response: { 200: SessionBody },
};

const whySchema = {
  tags,
  summary: 'The explanation of a value',
  description:
    'The intervals and events that add up to the value, or the columns from which it is computed. The explanation is computed ' +
    'independently of the report; `isExact` is false if they disagree.',
  params: Type.Object({ ...params, columnKey: Type.String() }),
  querystring,
  response: { 200: WhyBody },
};

const rawSchema = {
  tags,
  summary: 'The input of an event',
  description: 'The input exactly as it was received.',
  params: Type.Object({ ...params, eventId: Type.String() }),
  response: { 200: RawBody },
};

const SESSION = '/admin/accounts/:accountId/loginSessions/:loginSessionId';

interface SessionParams {
  accountId: string;
  loginSessionId: string;
  timezone?: string | null | undefined;
}

interface FoundSession {
  row: SessionRow;
  timezone: string;
  /** Undefined for an imported session. */
  session: SessionFacts | undefined;
}

export async function loginSessionRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { engine } = context.offhook;
  const typed = signedInScope(app, context);

  typed.get(SESSION, { schema: sessionSchema }, async request => {
    const session = { ...request.params, ...request.query };
    return sessionBody(session, await findSession(context, request, session, ALL_COLUMNS));
  });

  typed.get(`${SESSION}/columns/:columnKey`, { schema: whySchema }, async request => {
    const column = columnNamed(request.params.columnKey);
    if (column === undefined) throw notFound(`The column '${request.params.columnKey}' does not exist.`);
    const explain = async () => {
      const params = { ...request.params, ...request.query };
      const { row, session } = await findSession(context, request, params, columnsFor(column));
      return whyColumn(engine, column, row, session);
    };
    const why = await explain();
    // An event may have arrived between reading the row and the events. A second attempt then finds it in both.
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
async function findSession(
  context: ApiContext,
  request: FastifyRequest,
  params: SessionParams,
  columns: readonly Column[],
): Promise<FoundSession> {
  const { accountId, loginSessionId } = params;
  const { engine } = context.offhook;
  requireReader(request, accountId);
  const timezone = timeZoneNamed(params.timezone || (await readAccount(engine, accountId)).timezone);
  // The same time for both, because an open session counts up to it.
  const clock = clockOf(context);
  const row = await visibleRow(context, request, { ...params, timezone }, clock, columns);
  const session = row.isImported ? undefined : await readSession(engine, accountId, loginSessionId, clock);
  return { row, timezone, session };
}

/** @throws UserError NOT_FOUND, also if the user may not see the agent */
async function visibleRow(
  context: ApiContext,
  request: FastifyRequest,
  { accountId, loginSessionId, timezone }: SessionParams & { timezone: string },
  clock: ReportClock,
  columns: readonly Column[],
): Promise<SessionRow> {
  requireReader(request, accountId);
  const session = { accountId, loginSessionId, timezone, visibleGroups: visibleGroupsOf(request, [accountId]) };
  const row = await readRow(context.offhook.engine, session, clock, columns);
  if (row === undefined) throw notFound(`The account ${accountId} has no login session ${loginSessionId}.`);
  return row;
}

const clockOf = ({ now, staleAfterMs }: ApiContext): ReportClock => ({ nowMs: now(), staleAfterMs });

function sessionBody({ accountId, loginSessionId }: SessionParams, { row, timezone, session }: FoundSession) {
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

const IMPORTED_NOTE = 'Imported from another system. The export has only this row, without events.';

const notFound = (message: string) => new UserError('NOT_FOUND', message, 'Check the ids in the address.');
