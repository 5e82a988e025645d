// An agent's facts, each once, in the order in which they happened.
import type { AgentFact, AgentSource } from './agent-source.ts';

function compareFacts(a: AgentFact, b: AgentFact): number {
  return a.at - b.at || a.order - b.order || compareTexts(a.key, b.key);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const isBefore = (a: AgentFact, b: AgentFact) => compareFacts(a, b) < 0;

/** Each fact of one agent once, in order. It depends on which facts there are, and not on the order in which they are given. */
export function inOrder(feed: Pick<AgentSource, 'arrange'>, facts: AgentFact[]): AgentFact[] {
  // As the facts of a file nearly always are.
  const isSorted = facts.every((fact, i) => i === 0 || isBefore(facts[i - 1]!, fact));
  const sorted = isSorted ? facts : distinct(facts.toSorted(compareFacts));
  return feed.arrange === undefined ? sorted : arranged(sorted, feed.arrange);
}

function distinct(sorted: readonly AgentFact[]): AgentFact[] {
  return sorted.filter((fact, i) => i === 0 || isBefore(sorted[i - 1]!, fact));
}

/** The facts with those of each instant as the feed arranges them. */
function arranged(sorted: AgentFact[], arrange: NonNullable<AgentSource['arrange']>): AgentFact[] {
  let result = sorted;
  let from = 0;
  // One fact more than there are ends the last instant.
  for (let to = 1; to <= sorted.length; to++) {
    if (sorted[to]?.at === sorted[from]!.at) continue;
    const instant = to - from > 1 ? arrange(sorted.slice(from, to)) : undefined;
    if (instant !== undefined) {
      if (result === sorted) result = [...sorted];
      for (let i = 0; i < instant.length; i++) result[from + i] = instant[i]!;
    }
    from = to;
  }
  return result;
}

/** The facts at the last instant of facts that are in order. */
export function lastInstant(facts: readonly AgentFact[]): AgentFact[] {
  const { at } = facts.at(-1)!;
  return facts.slice(facts.findLastIndex(fact => fact.at !== at) + 1);
}

/** Whether facts in order go on from others, which are as they were and come first. */
export function goesOnFrom(before: readonly AgentFact[], facts: readonly AgentFact[]): boolean {
  return before.every(({ key }, i) => facts[i]?.key === key);
}
