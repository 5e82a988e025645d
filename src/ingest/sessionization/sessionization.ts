// Facts about agents into events of login sessions, whatever the order in which the facts arrive.
import type { Engine } from '../../engine/engine.ts';
import type { AgentEvent } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import { type AgentFact, type AgentSource, isFact, type Sessionizer } from '../../sources/agent-source.ts';
import { goesOnFrom, inOrder, lastInstant } from '../../sources/fact-order.ts';
import { type DecodeContext, isReject, type Reject } from '../../sources/source.ts';
import {
  type AliasReader,
  named,
  type NamesByAccount,
  openAliasReader,
  underAlias,
} from '../../directory/aliases/alias-names.ts';
import { type Outside, type Replaced, replaceEvents } from '../events/event-replacement.ts';
import { END_OF_TIME_MS } from '../events/event-block.ts';
import type { EventWriter, FlushPolicy, Written } from '../events/event-writer.ts';
import { notStored, readStored, type Stored } from './stored-facts.ts';
import { keyedMutex } from '../../engine/keyed-mutex.ts';

export interface Sessionization {
  /**
   * Stores facts, as events of sessions, and rejects; resolved when all of it is durable.
   * @throws UserError QUEUE_FULL
   */
  write: (
    feed: AgentSource,
    read: readonly (AgentFact | Reject)[],
    context: DecodeContext,
    how?: FlushPolicy,
  ) => Promise<Written>;
  /** Of the facts given so far none waits any longer until an insert is full. */
  flush: (feed: AgentSource) => void;
  /** After a change of settings: what is known of agents is read again. */
  forget: () => void;
  /**
   * Runs what changes the stored facts of a feed, while nobody stores others, in whatever process: all that came before is
   * stored, and what comes after is told by the aliases as they are then.
   */
  exclusive: <T>(feed: AgentSource, change: (named: AgentSource) => Promise<T>) => Promise<T>;
}

/** An agent whose latest session is still in memory: the next fact goes on from here. */
interface Known {
  maker: Sessionizer;
  /** The facts of the last instant: which others come between them may change their order. */
  latest: AgentFact[];
}

/**
 * Facts come with an agent's name, and are stored as the agent's of whom it is an alias. `othersWrote` is called when another
 * process has stored facts of the feed since this one last did.
 */
export function openSessionization(
  engine: Engine,
  writer: EventWriter,
  othersWrote: () => void = () => {},
  aliases: AliasReader = openAliasReader(engine),
): Sessionization {
  const known = new Map<string, Known>();
  /** Of each feed, what is on its way to the disk. */
  const beingWritten = new Map<string, Set<Promise<unknown>>>();
  const mutex = keyedMutex();

  /** The agents' sessions may have gone on in another process. */
  function forgetWhatOthersKnow(): void {
    forget();
    othersWrote();
  }

  function forget(): void {
    known.clear();
    aliases.forget();
  }

  /**
   * Events of new facts, and how many facts are new. Facts that come late are stored at once, with what is made anew, and their
   * events are not among them.
   */
  async function assign(feed: AgentSource, facts: readonly AgentFact[], context: DecodeContext) {
    const events: AgentEvent[] = [];
    const late: AgentFact[][] = [];
    let added = 0;
    for (const agentFacts of byAgent(feed, facts)) {
      const agent = known.get(nameOf(agentFacts[0]!));
      const next = agent && factsAfter(feed, agent.latest, agentFacts);
      if (next === undefined) late.push(agentFacts);
      else if (next.length > 0) {
        goOn(agent!, next, events);
        added += next.length;
      }
    }
    if (late.length === 0) return { events, added };
    const merged = await merge(feed, late, context);
    for (const event of merged.events) events.push(event);
    return { events, added: added + merged.added };
  }

  function goOn(agent: Known, facts: readonly AgentFact[], events: AgentEvent[]): void {
    const isSameInstant = facts.at(-1)!.at === agent.latest[0]!.at;
    for (const fact of facts) {
      for (const event of agent.maker.next(fact)) events.push(event);
    }
    agent.latest = isSameInstant ? [...agent.latest, ...facts] : lastInstant(facts);
  }

  /** Agents that are not in memory, or whose facts lie before what is: read again from the session in which the first one lies. */
  async function merge(feed: AgentSource, late: readonly AgentFact[][], context: DecodeContext) {
    await durableSoFar(feed);
    const events: AgentEvent[] = [];
    let added = 0;
    for (const accountFacts of Map.groupBy(late, ([first]) => first!.accountId).values()) {
      const news = await notStored(engine, feed, accountFacts);
      if (news.length === 0) continue;
      for (const { length } of news) added += length;
      const anew = emptyReplacement(feed.name, news[0]![0]!.accountId);
      const sooner = await mergeAgents(feed, news, true, { anew, context, events });
      // Where the next session does not begin any more as it did, what comes after it may be others', too.
      if (sooner.length > 0) await mergeAgents(feed, sooner, false, { anew, context, events });
      if (anew.outside.length > 0) await replaceEvents(engine, anew, anew.events);
    }
    return { events, added };
  }

  /** What is read must hold the facts given before. Nobody else's are waited for: of those there may be no end. */
  async function durableSoFar(feed: AgentSource): Promise<void> {
    const own = beingWritten.get(feed.name);
    if (own === undefined) return;
    writer.flush();
    await Promise.allSettled(own);
  }

  function rememberWrite(feed: AgentSource, written: Promise<unknown>): void {
    const own = beingWritten.get(feed.name) ?? new Set();
    beingWritten.set(feed.name, own.add(written));
    const forget = () => {
      own.delete(written);
      if (own.size === 0) beingWritten.delete(feed.name);
    };
    written.then(forget, forget);
  }

  /** Returns the agents whose next session would not begin as it does. */
  async function mergeAgents(
    feed: AgentSource,
    agents: readonly AgentFact[][],
    isBounded: boolean,
    { anew, context, events }: { anew: Replacement; context: DecodeContext; events: AgentEvent[] },
  ): Promise<AgentFact[][]> {
    const moments = agents.map(facts => ({
      ...facts[0]!,
      ...(isBounded && { untilMs: facts.at(-1)!.at }),
    }));
    const stored = await readStored(engine, feed, moments, context);
    return agents.filter(facts => {
      const made = mergeAgent(feed, facts, stored.get(facts[0]!.agentId)!, anew, context);
      for (const event of made ?? []) events.push(event);
      return made === undefined;
    });
  }

  /**
   * One agent's stored facts with the new ones among them. Returns the events of facts that come after all others; what is to be
   * made anew goes into `anew`, for many agents at once. undefined: the next session would not begin as it does.
   */
  function mergeAgent(
    feed: AgentSource,
    facts: readonly AgentFact[],
    before: Stored,
    anew: Replacement,
    context: DecodeContext,
  ): AgentEvent[] | undefined {
    const all = inOrder(feed, [...before.facts, ...facts]);
    const { events, last, joins } = makeSessions(feed, all, before, context);
    if (before.next !== undefined && !joins) return undefined;
    if (joins) known.delete(nameOf(facts[0]!));
    else remember(last);
    if (goesOnFrom(before.facts, all)) return events.filter(ofFacts(facts));
    const { sessionIds, fromMs, next } = before;
    const toMs = next === undefined ? END_OF_TIME_MS : next.firstMs + 1;
    anew.outside.push({ agentId: facts[0]!.agentId, fromMs, toMs });
    for (const sessionId of sessionIds) anew.sessionIds.push(sessionId);
    for (const event of events) anew.events.push(event);
    return [];
  }

  function remember(agent: Known): void {
    const name = nameOf(agent.latest[0]!);
    known.delete(name);
    if (known.size >= LIMITS.rememberedAgents) known.delete(known.keys().next().value as string);
    known.set(name, agent);
  }

  /** The facts' events are made, and on their way to the disk. */
  async function begin(
    feed: AgentSource,
    read: readonly (AgentFact | Reject)[],
    context: DecodeContext,
    how: FlushPolicy = 'soon',
  ) {
    const rejects = read.filter(isReject);
    const facts = read.filter(isFact);
    // One after the other: sessions go on where the facts before ended. Waiting for the disk is no part of it.
    const { written, added } = await mutex(feed.name, () =>
      engine.withLock(`facts of ${feed.name}`, async wasLast => {
        if (!wasLast) forgetWhatOthersKnow();
        const names = await aliases.read();
        const { events, added } = await assign(named(feed, names), byNames(facts, names), context);
        const written = writer.write([...events, ...rejects], engine.isShared ? 'soon' : how);
        rememberWrite(feed, written);
        // Another process goes on from what is stored.
        if (engine.isShared) await written;
        return { written, added };
      }),
    );
    return { written, stored: facts.length, rejected: rejects.length, known: facts.length - added };
  }

  /** In a function of its own, which does not hold the facts meanwhile: those of an import would be garbage that lives long. */
  async function durable({ written, ...counts }: Written & { written: Promise<Written> }): Promise<Written> {
    await written;
    return counts;
  }

  return {
    write: (feed, read, context, how) =>
      begin(feed, read, context, how)
        .then(durable)
        .catch((error: unknown) => {
          // What is in memory is ahead of what is stored.
          known.clear();
          throw error;
        }),
    // In its turn: facts given before may not be events yet.
    flush: feed => void mutex(feed.name, async () => writer.flush()),
    forget,
    exclusive: (feed, change) =>
      mutex(feed.name, () =>
        engine.withLock(`facts of ${feed.name}`, async wasLast => {
          if (!wasLast) othersWrote();
          forget();
          await writer.drain();
          try {
            return await change(named(feed, await aliases.read()));
          } finally {
            known.clear();
          }
        }),
      ),
  };
}

/** What takes the place of what, gathered over agents: a replacement costs about the same for one and for thousands. */
interface Replacement extends Replaced {
  sessionIds: string[];
  outside: Outside[];
  events: AgentEvent[];
}

function emptyReplacement(source: string, accountId: string): Replacement {
  return { accountId, source, sessionIds: [], outside: [], events: [] };
}

/**
 * The facts made into sessions, up to where the next session begins as it did: what comes after it is as it was. `joins` tells
 * whether it does; `last` is from where later facts go on.
 */
function makeSessions(
  feed: AgentSource,
  facts: readonly AgentFact[],
  { next }: Stored,
  context: DecodeContext,
): { events: AgentEvent[]; last: Known; joins: boolean } {
  const maker = feed.sessionizer(context);
  const events: AgentEvent[] = [];
  const last = { maker, latest: lastInstant(facts) };
  for (const fact of facts) {
    const made = maker.next(fact);
    if (next !== undefined && made[0]?.loginSessionId === next.sessionId) {
      return { events, last, joins: true };
    }
    for (const event of made) events.push(event);
  }
  return { events, last, joins: false };
}

/** Those facts that are new, if they go on from the latest ones, else undefined. */
function factsAfter(
  feed: AgentSource,
  latest: readonly AgentFact[],
  facts: readonly AgentFact[],
): readonly AgentFact[] | undefined {
  const { at } = latest[0]!;
  if (facts[0]!.at > at) return facts;
  if (facts[0]!.at < at) return undefined;
  const all = inOrder(feed, [...latest, ...facts]);
  return goesOnFrom(latest, all) ? all.slice(latest.length) : undefined;
}

const byNames = (facts: readonly AgentFact[], names: NamesByAccount) =>
  names.size === 0 ? facts : facts.map(fact => underAlias(fact, names));

/** Whether an event is made of one of the facts. */
function ofFacts(facts: readonly AgentFact[]): (event: AgentEvent) => boolean {
  const keys = new Set(facts.map(({ key }) => key));
  return ({ eventId }) => keys.has(eventId) || keys.has(eventId.replace(/ \d+$/, ''));
}

/** The lengths keep two names apart that would read the same together. */
const nameOf = ({ source, accountId, agentId }: AgentFact) =>
  `${source.length} ${accountId.length} ${source} ${accountId} ${agentId}`;

/** Nearly always of one account; so the names of millions of facts are not put together. */
function byAgent(feed: AgentSource, facts: readonly AgentFact[]): AgentFact[][] {
  return [...Map.groupBy(facts, ({ accountId }) => accountId).values()].flatMap(ofAccount =>
    [...Map.groupBy(ofAccount, ({ agentId }) => agentId).values()].map(own => inOrder(feed, own)),
  );
}
