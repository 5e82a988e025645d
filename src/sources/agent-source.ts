// The contract of feeds that name no login sessions: documents become facts about agents, and one agent's facts become sessions.
import type { AgentEvent, BaseState } from '../events/agent-event.ts';
import { type DecodeContext, isReject, type RawDocument, type Reject, type TextSplitter } from './source.ts';

/** Fields of an agent's profile that a feed may carry, named as the columns of the directory. */
export const PROFILE_FIELDS = [
  'first_name',
  'last_name',
  'username',
  'email',
  'team',
  'agent_group_id',
  'agent_group_name',
] as const;
export type AgentProfile = Readonly<Partial<Record<(typeof PROFILE_FIELDS)[number], string>>>;

/** One fact about one agent at one instant. */
export interface AgentFact<Body = unknown> {
  accountId: string;
  agentId: string;
  /** UTC, milliseconds since 1970. */
  at: number;
  /** Position among the agent's facts of the same instant, 0 to 63. It depends on the content, not on the place in the file. */
  order: number;
  /** Identity: two facts of an agent with the same key are the same fact, received twice. */
  key: string;
  /** The part that only the feed's own sessionizer reads. */
  body: Body;
  /** A document that gives this fact, and no other fact of this agent, when it is read again. */
  raw: string;
  source: string;
  /** UTC, milliseconds since 1970. */
  receivedAt: number;
  /** The agent's names, team and group, if the fact carries them. */
  profile?: AgentProfile;
}

/**
 * Turns the facts of one agent, sorted by `inOrder`, into events. It starts without any state and drops all state when a session
 * begins, so the events of a session depend on the facts of that session alone.
 */
export interface Sessionizer<Body = unknown> {
  /**
   * The events of a fact, at least one. A fact that changes nothing becomes an event without effect (`factEvent` without kind), so
   * that it is stored and can be read again. Outside a session `loginSessionId` is empty.
   */
  // A method, so that sessionizers of different bodies fit in one list of feeds.
  next(fact: AgentFact<Body>): AgentEvent[];
}

/** A feed without login sessions. */
export interface AgentSource<Body = unknown> {
  /** The name in `--source` and in `/ingest/v1/{source}`. */
  name: string;
  /** Cuts the feed's text into documents. */
  splitter: () => TextSplitter;
  /** Set if some of its times carry no zone, so that an import accepts one. The facts' times are always UTC. */
  hasLocalTimes?: true;
  /** Reads the documents of one file or request, each by itself. Never throws, whatever the text. */
  reader: (context: DecodeContext) => (document: RawDocument) => readonly (AgentFact<Body> | Reject)[];
  sessionizer: (context: DecodeContext) => Sessionizer<Body>;
  /**
   * Reorders the facts of one agent and one instant where their true order depends on which other facts there are. Receives
   * them without duplicates, sorted by (order, key); returns undefined to keep that order.
   */
  // A method, as is `next`.
  arrange?(instant: readonly AgentFact<Body>[]): readonly AgentFact<Body>[] | undefined;
  /**
   * The feed's guess for a state label that the account has not mapped; undefined: no guess, and the state counts as AWAY.
   * Absent from feeds that never guess.
   */
  guessBaseState?: (label: string) => BaseState | undefined;
}

export const isFact = (read: AgentFact | Reject): read is AgentFact => !isReject(read);

/** The fields of an event that do not come from its fact. */
export type EventFields = Partial<
  Omit<AgentEvent, 'accountId' | 'agentId' | 'at' | 'eventId' | 'source' | 'receivedAt' | 'raw'>
>;

/** An event of a fact. `nth` numbers the events of one fact; only the first, 0, carries the raw document. */
export function factEvent(fact: AgentFact, fields: EventFields, nth = 0): AgentEvent {
  return {
    accountId: fact.accountId,
    loginSessionId: '',
    at: fact.at,
    order: fact.order,
    eventId: nth === 0 ? fact.key : `${fact.key} ${nth}`,
    kind: 'STATE',
    baseState: '',
    prevBaseState: '',
    stateLabel: '',
    pendingDisposition: null,
    agentId: fact.agentId,
    username: '',
    phone: '',
    externalAgentId: '',
    callId: '',
    callDirection: '',
    queueId: '',
    queueName: '',
    dialGroupId: '',
    dialGroupName: '',
    source: fact.source,
    receivedAt: fact.receivedAt,
    raw: nth === 0 ? fact.raw : '',
    ...fields,
  };
}

/**
 * A session's id: the agent and the epoch seconds at which it began, so that the same facts give the same id whenever they
 * arrive. If the session began before its first fact, `+` and the seconds in between follow.
 */
export function sessionIdOf(first: AgentFact, startMs = first.at): string {
  const later = first.at === startMs ? '' : `+${(first.at - startMs) / 1000}`;
  return `${first.agentId}@${startMs / 1000}${later}`;
}

/** The instants in an id made by `sessionIdOf`: the session's start and its first fact, in UTC milliseconds. */
export function sessionIdTimes(sessionId: string): { startMs: number; firstMs: number } {
  const [start = '', later = '0'] = sessionId.slice(sessionId.lastIndexOf('@') + 1).split('+');
  const startMs = Math.round(Number(start) * 1000);
  return { startMs, firstMs: startMs + Math.round(Number(later) * 1000) };
}
