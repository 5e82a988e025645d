// Stores facts about agents as events of login sessions, whatever the order in which the facts arrive.
import type { Engine } from '../../engine/engine.ts';
import type { AgentEvent } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import { type AgentFact, type AgentSource, isFact } from '../../sources/agent-source.ts';
import { inOrder, lastInstant, startsWithFacts } from '../../sources/fact-order.ts';
import { type DecodeContext, isReject, type Reject } from '../../sources/source.ts';
import { type AliasReader, named, openAliasReader } from '../../directory/aliases/alias-names.ts';
import { replaceEvents } from '../events/event-replacement.ts';
import { END_OF_TIME_MS } from '../events/event-block.ts';
import type { EventWriter, FlushPolicy, Written } from '../events/event-writer.ts';
import {
  byAgent,
  byNames,
  emptyReplacement,
  factsAfter,
  keyOf,
  type KnownAgent,
  makeSessions,
  ofFacts,
  type Replacement,
} from './agent-facts.ts';
import { notStored, readStored, type Stored } from './stored-facts.ts';
import { keyedMutex } from '../../engine/keyed-mutex.ts';

export interface Sessionization {
  /**
   * Stores facts as events of sessions, and rejects; resolved when all of it is durable.
   * @throws UserError QUEUE_FULL
   */
  write: (
    feed: AgentSource,
    read: readonly (AgentFact | Reject)[],
    context: DecodeContext,
    how?: FlushPolicy,
  ) => Promise<Written>;
  /** Facts given so far no longer wait for a full insert. */
  flush: (feed: AgentSource) => void;
  /** Empties the caches after a change of settings. */
  forget: () => void;
  /**
   * Runs a change of a feed's stored facts while no process stores others. Earlier facts are stored before; later ones are read with
   * the aliases of after the change.
   */
  exclusive: <T>(feed: AgentSource, change: (named: AgentSource) => Promise<T>) => Promise<T>;
}

/**
 * Facts name an agent by an id or alias, and are stored under the id.
 * @param othersWrote called when another process has stored facts of the feed since this one last did
 */
export function openSessionization(
  engine: Engine,
  writer: EventWriter,
  othersWrote: () => void = () => {},
  aliases: AliasReader = openAliasReader(engine),
): Sessionization {
  const cache = new Map<string, KnownAgent>();
  /** By feed, the writes that are not durable yet. */
  const beingWritten = new Map<string, Set<Promise<unknown>>>();
  const mutex = keyedMutex();

  /** Another process may have continued the agents' sessions. */
  function forgetAll(): void {
    forget();
    othersWrote();
  }

  function forget(): void {
    cache.clear();
    aliases.forget();
  }

  /**
   * The events of new facts, and how many facts are new. Late facts are stored at once, by a replacement, and their events are not
   * returned.
   */
  async function assign(feed: AgentSource, facts: readonly AgentFact[], context: DecodeContext) {
    const events: AgentEvent[] = [];
    const late: AgentFact[][] = [];
    let added = 0;
    for (const agentFacts of byAgent(feed, facts)) {
      const agent = cache.get(keyOf(agentFacts[0]!));
      const next = agent && factsAfter(feed, agent.latest, agentFacts);
      if (next === undefined) late.push(agentFacts);
      else if (next.length > 0) {
        continueSession(agent!, next, events);
        added += next.length;
      }
    }
    if (late.length === 0) return { events, added };
    const merged = await merge(feed, late, context);
    for (const event of merged.events) events.push(event);
    return { events, added: added + merged.added };
  }

  function continueSession(agent: KnownAgent, facts: readonly AgentFact[], events: AgentEvent[]): void {
    const isSameInstant = facts.at(-1)!.at === agent.latest[0]!.at;
    for (const fact of facts) {
      for (const event of agent.sessionizer.next(fact)) events.push(event);
    }
    agent.latest = isSameInstant ? [...agent.latest, ...facts] : lastInstant(facts);
  }

  /** For agents that are not in the cache, and for late facts: starts from the stored session that the first fact lies in. */
  async function merge(feed: AgentSource, late: readonly AgentFact[][], context: DecodeContext) {
    await durableSoFar(feed);
    const events: AgentEvent[] = [];
    let added = 0;
    for (const accountFacts of Map.groupBy(late, ([first]) => first!.accountId).values()) {
      const newFacts = await notStored(engine, feed, accountFacts);
      if (newFacts.length === 0) continue;
      for (const { length } of newFacts) added += length;
      const replacement = emptyReplacement(feed.name, newFacts[0]![0]!.accountId);
      const unjoined = await mergeAgents(feed, newFacts, true, { replacement, context, events });
      // If the next session no longer begins as it did, all later ones may change, too.
      if (unjoined.length > 0) await mergeAgents(feed, unjoined, false, { replacement, context, events });
      if (replacement.outside.length > 0) await replaceEvents(engine, replacement, replacement.events);
    }
    return { events, added };
  }

  /** Waits until the feed's earlier facts can be read. Not for other feeds' writes, which may never end. */
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

  /** Returns the agents whose next session no longer begins as it did. */
  async function mergeAgents(
    feed: AgentSource,
    agents: readonly AgentFact[][],
    isBounded: boolean,
    { replacement, context, events }: { replacement: Replacement; context: DecodeContext; events: AgentEvent[] },
  ): Promise<AgentFact[][]> {
    const starts = agents.map(facts => ({
      ...facts[0]!,
      ...(isBounded && { untilMs: facts.at(-1)!.at }),
    }));
    const stored = await readStored(engine, feed, starts, context);
    return agents.filter(facts => {
      const made = mergeAgent(feed, facts, stored.get(facts[0]!.agentId)!, replacement, context);
      for (const event of made ?? []) events.push(event);
      return made === undefined;
    });
  }

  /**
   * Merges new facts into an agent's stored ones. Returns the events of facts that follow all others; if sessions change, they go
   * into `replacement` instead. Undefined: the next session no longer begins as it did.
   */
  function mergeAgent(
    feed: AgentSource,
    facts: readonly AgentFact[],
    before: Stored,
    replacement: Replacement,
    context: DecodeContext,
  ): AgentEvent[] | undefined {
    const all = inOrder(feed, [...before.facts, ...facts]);
    const { events, last, joins } = makeSessions(feed, all, before, context);
    if (before.next !== undefined && !joins) return undefined;
    if (joins) cache.delete(keyOf(facts[0]!));
    else remember(last);
    if (startsWithFacts(all, before.facts)) return events.filter(ofFacts(facts));
    const { sessionIds, fromMs, next } = before;
    const toMs = next === undefined ? END_OF_TIME_MS : next.firstMs + 1;
    replacement.outside.push({ agentId: facts[0]!.agentId, fromMs, toMs });
    for (const sessionId of sessionIds) replacement.sessionIds.push(sessionId);
    for (const event of events) replacement.events.push(event);
    return [];
  }

  function remember(agent: KnownAgent): void {
    const key = keyOf(agent.latest[0]!);
    cache.delete(key);
    if (cache.size >= LIMITS.rememberedAgents) cache.delete(cache.keys().next().value as string);
    cache.set(key, agent);
  }

  /** Derives the facts' events and starts to write them. */
  async function begin(
    feed: AgentSource,
    read: readonly (AgentFact | Reject)[],
    context: DecodeContext,
    how: FlushPolicy = 'soon',
  ) {
    const rejects = read.filter(isReject);
    const facts = read.filter(isFact);
    // One at a time, since sessions continue from the facts before. The lock is not held until the write is durable.
    const { written, added } = await mutex(feed.name, () =>
      engine.withLock(`facts of ${feed.name}`, async wasLast => {
        if (!wasLast) forgetAll();
        const names = await aliases.read();
        const { events, added } = await assign(named(feed, names), byNames(facts, names), context);
        const written = writer.write([...events, ...rejects], engine.isShared ? 'soon' : how);
        rememberWrite(feed, written);
        // Other processes continue from what is stored.
        if (engine.isShared) await written;
        return { written, added };
      }),
    );
    return { written, stored: facts.length, rejected: rejects.length, known: facts.length - added };
  }

  /** A separate function, so that an import's facts are not kept in memory until they are durable. */
  async function durable({ written, ...counts }: Written & { written: Promise<Written> }): Promise<Written> {
    await written;
    return counts;
  }

  return {
    write: (feed, read, context, how) =>
      begin(feed, read, context, how)
        .then(durable)
        .catch((error: unknown) => {
          // The cache is ahead of what is stored.
          cache.clear();
          throw error;
        }),
    // After facts given before, which may still wait for the lock.
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
            cache.clear();
          }
        }),
      ),
  };
}
