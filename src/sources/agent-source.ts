// The contract of feeds that name no login sessions: documents into facts about agents, an agent's facts into sessions.
import type { AgentEvent, BaseState } from '../events/agent-event.ts';
import { type DecodeContext, isReject, type RawDocument, type Reject, type TextSplitter } from './source.ts';

/** What a feed may tell of an agent, named as the columns of the directory. */
export const TOLD_FIELDS = [
  'first_name',
  'last_name',
  'username',
  'email',
  'team',
  'agent_group_id',
  'agent_group_name',
] as const;
export type ToldAgent = Readonly<Partial<Record<(typeof TOLD_FIELDS)[number], string>>>;

/** One fact about one agent at one instant. */
export interface AgentFact<Body = unknown> {
  accountId: string;
  agentId: string;
  /** UTC, milliseconds since 1970. */
  at: number;
  /** Position among the agent's facts of the same instant, 0 to 63, by what is told and not by its place in the file. */
  order: number;
  /** Identity: two facts of an agent with the same key are one that came twice. */
  key: string;
  /** What the feed's own session maker reads. */
  body: Body;
  /** A document that gives this fact when it is read again, and of this agent no other. */
  raw: string;
  source: string;
  /** UTC, milliseconds since 1970. */
  receivedAt: number;
  /** Who the agent is, where the fact says so. */
  told?: ToldAgent;
}

/**
 * Turns one agent's facts, in order (`inOrder`) and each once, into events. It knows nothing before its first fact,
 * and has forgotten everything when a session begins: what it makes of a session depends on that session's facts alone.
 */
export interface Sessionizer<Body = unknown> {
  /**
   * The events of a fact, at least one: a fact that changes nothing is an event that does nothing, so that it is kept and can be
   * read again (`factEvent` without kind). Outside of a session its `loginSessionId` is empty.
   */
  // A method, so that makers of every kind of fact stand in one list of feeds.
  next(fact: AgentFact<Body>): AgentEvent[];
}

/** A feed without login sessions. */
export interface AgentSource<Body = unknown> {
  /** The word after `--source` and in `/ingest/v1/{source}`. */
  name: string;
  /** Cuts the feed's text into documents. */
  splitter: () => TextSplitter;
  /** Whether some of its times carry no zone, so that an import may be told it. Its facts carry theirs. */
  hasLocalTimes?: true;
  /** Reads the documents of one file or request; it remembers nothing of them. Never throws, whatever the text. */
  reader: (context: DecodeContext) => (document: RawDocument) => readonly (AgentFact<Body> | Reject)[];
  sessionizer: (context: DecodeContext) => Sessionizer<Body>;
  /**
   * The facts of one agent and one instant, each once and in order of (order, key), in the order in which they happened, where
   * that depends on which others there are; undefined: as they are.
   */
  // A method, as is `next`.
  arrange?(instant: readonly AgentFact<Body>[]): readonly AgentFact<Body>[] | undefined;
  /**
   * What the feed makes of a label that the account has not said anything of; undefined: nothing is known of it, and it counts as
   * AWAY. Absent where a feed guesses nothing.
   */
  stateByLabel?: (label: string) => BaseState | undefined;
}

export const isFact = (read: AgentFact | Reject): read is AgentFact => !isReject(read);

/** What an event says beside its fact. */
export type Told = Partial<
  Omit<AgentEvent, 'accountId' | 'agentId' | 'at' | 'eventId' | 'source' | 'receivedAt' | 'raw'>
>;

/** The event of a fact. `nth` tells several events of one fact apart; the first one carries the raw document. */
export function factEvent(fact: AgentFact, told: Told, nth = 0): AgentEvent {
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
    ...told,
  };
}

/**
 * A session's id: the agent and the epoch seconds of its beginning, with a fraction where there is one, so that the same facts give
 * the same id whenever they arrive. A first fact that tells of a beginning before it adds how many seconds later it came.
 */
export function sessionIdOf(first: AgentFact, beganMs = first.at): string {
  const later = first.at === beganMs ? '' : `+${(first.at - beganMs) / 1000}`;
  return `${first.agentId}@${beganMs / 1000}${later}`;
}

/** When a session's first fact came, and when it began, both in UTC milliseconds, by the id that `sessionIdOf` gave it. */
export function beginningOf(sessionId: string): { firstMs: number; beganMs: number } {
  const [began = '', later = '0'] = sessionId.slice(sessionId.lastIndexOf('@') + 1).split('+');
  const beganMs = Math.round(Number(began) * 1000);
  return { firstMs: beganMs + Math.round(Number(later) * 1000), beganMs };
}
