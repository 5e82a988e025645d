// What fold.sql must give for events: their sessions as the explanation counts them, with who had them and where they stand.
import { type AgentEvent, BASE_STATES, EVENT_KINDS } from '../../src/events/agent-event.ts';
import { boundsOf } from '../../src/sessions/explain/bounds.ts';
import { type Part, totalOf } from '../../src/sessions/explain/parts.ts';
import {
  type EndReason,
  type NextLogin,
  type SessionEvent,
  type SessionFacts,
  within,
} from '../../src/sessions/explain/session-facts.ts';
import { EXPLAINED, type ExplainedField, explainField } from '../../src/sessions/explain/values.ts';
import { byBytes, type Visit, visitsOf } from '../../src/sessions/explain/visits.ts';
import type { SessionRange } from '../../src/sessions/sessions.ts';

type Measures = Record<Exclude<ExplainedField, 'label_ms'>, number> & { label_ms: Record<string, number> };

/** The columns of fold.sql, by their names. */
export interface FoldedSession extends Measures {
  account_id: string;
  login_session_id: string;
  agent_id: string;
  username: string;
  phone: string;
  external_agent_id: string;
  dial_group_name: string;
  source: string;
  login_ms: number;
  end_ms: number;
  end_reason: EndReason;
  last_state: number;
  last_state_since_ms: number;
  last_flag: number;
  last_flag_since_ms: number;
}

/** Who has a session, and when its events begin and end. */
interface Outline {
  events: SessionEvent[];
  accountId: string;
  sessionId: string;
  agentId: string;
  loginMs: number;
  lastMs: number;
}

/** Sessions whose login lies in the range, by `accountId/loginSessionId`. */
export function expectedSessions(events: readonly AgentEvent[], range: SessionRange): Map<string, FoldedSession> {
  const outlines = outlinesOf(events);
  const chosen = outlines.filter(
    ({ accountId, loginMs, lastMs }) =>
      range.accountIds.includes(accountId) &&
      loginMs >= range.fromMs &&
      loginMs <= range.toMs &&
      lastMs >= (range.seenFromMs ?? range.fromMs),
  );
  return new Map(
    chosen.map(outline => {
      const bounds = boundsOf(outline.events, nextLoginOf(outline, outlines, range.staleAfterMs), range);
      const { accountId, sessionId: loginSessionId, events } = outline;
      return [
        `${accountId}/${loginSessionId}`,
        foldedOf({ accountId, loginSessionId, events, isTruncated: false, ...bounds }),
      ];
    }),
  );
}

function foldedOf(session: SessionFacts): FoldedSession {
  const { events, loginMs, endMs, endReason } = session;
  const logins = events.filter(({ kind }) => kind === 'LOGIN');
  const text = (field: 'username' | 'phone' | 'dialGroupName') => greatest(logins, field) || greatest(events, field);
  return {
    account_id: session.accountId,
    login_session_id: session.loginSessionId,
    agent_id: greatest(events, 'agentId'),
    username: text('username'),
    phone: text('phone'),
    external_agent_id: greatest(events, 'externalAgentId'),
    dial_group_name: text('dialGroupName'),
    source: greatest(events, 'source'),
    login_ms: loginMs,
    end_ms: endMs,
    end_reason: endReason,
    ...lastOf(session, visitsOf(events)),
    ...measuresOf(session),
  };
}

function measuresOf(session: SessionFacts): Measures {
  const fields = Object.keys(EXPLAINED) as ExplainedField[];
  return Object.fromEntries(fields.map(field => [field, sumOf(field, explainField(session, field))])) as Measures;
}

/** The amounts of a field's parts: by label where the field is a map, else one number. */
export function sumOf(field: ExplainedField, parts: readonly Part[]): number | Record<string, number> {
  if (field !== 'label_ms') return totalOf(parts);
  const byLabel = Map.groupBy(parts, ({ label }) => label);
  return Object.fromEntries([...byLabel].map(([label, own]) => [label, totalOf(own)]));
}

/** The last state and flag, and when they began. */
function lastOf(session: SessionFacts, visits: readonly Visit[]) {
  const last = visits.at(-1);
  const sinceMs = (holds: (visit: Visit) => boolean) => {
    const first = visits[visits.findLastIndex(visit => !holds(visit)) + 1];
    return first === undefined ? 0 : within(session, first.at);
  };
  const state = last?.state ?? '';
  return {
    last_state: state === '' ? 0 : BASE_STATES.indexOf(state) + 1,
    last_state_since_ms: state === '' ? 0 : sinceMs(visit => visit.state === state),
    last_flag: Number(last?.isPending ?? false),
    last_flag_since_ms: sinceMs(({ isPending }) => isPending),
  };
}

function outlinesOf(events: readonly AgentEvent[]): Outline[] {
  const ofSessions = distinctFacts(events).filter(({ loginSessionId }) => loginSessionId !== '');
  const bySession = Map.groupBy(ofSessions, ({ accountId, loginSessionId }) => `${accountId}/${loginSessionId}`);
  return [...bySession.values()].map(facts => {
    const own = facts.sort(inOrder).map((event, nth) => ({ ...event, id: String(nth), rawId: '' }));
    const first = own[0]!;
    return {
      events: own,
      accountId: first.accountId,
      sessionId: first.loginSessionId,
      agentId: greatest(own, 'agentId'),
      loginMs: (own.find(({ kind }) => kind === 'LOGIN') ?? first).at,
      lastMs: own.at(-1)!.at,
    };
  });
}

/** A fact that arrives again is the same, whenever and in whatever raw form it arrives. */
function distinctFacts(events: readonly AgentEvent[]): AgentEvent[] {
  const facts = new Map<string, AgentEvent>();
  for (const event of events) {
    const { receivedAt: _receivedAt, raw: _raw, source: _source, ...fact } = event;
    facts.set(JSON.stringify(fact), event);
  }
  return [...facts.values()];
}

/** The order of `explain/events.sql`, up to the hash. */
function inOrder(one: AgentEvent, other: AgentEvent): number {
  return (
    one.at - other.at ||
    one.order - other.order ||
    EVENT_KINDS.indexOf(one.kind) - EVENT_KINDS.indexOf(other.kind) ||
    Number(one.callId === '') - Number(other.callId === '')
  );
}

/** The agent's first login after the last event of the session, as `explain/next-login.sql` finds it. */
function nextLoginOf(session: Outline, outlines: readonly Outline[], staleAfterMs: number): NextLogin | undefined {
  const { accountId, agentId, sessionId, loginMs, lastMs } = session;
  const [next] = outlines
    .filter(
      later =>
        agentId !== '' &&
        later.accountId === accountId &&
        later.agentId === agentId &&
        later.loginMs >= lastMs &&
        later.loginMs <= lastMs + staleAfterMs &&
        (later.loginMs > loginMs || (later.loginMs === loginMs && later.sessionId > sessionId)),
    )
    .sort((one, other) => one.loginMs - other.loginMs);
  return next && { loginSessionId: next.sessionId, loginMs: next.loginMs };
}

type TextField = 'agentId' | 'username' | 'phone' | 'externalAgentId' | 'dialGroupName' | 'source';

/** The last text in the order of its bytes. */
const greatest = (events: readonly SessionEvent[], field: TextField): string =>
  events.reduce((most, event) => (byBytes(event[field], most) > 0 ? event[field] : most), '');
