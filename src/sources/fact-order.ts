// Sorts the facts of one agent by time and removes duplicates.
import type { AgentFact, AgentSource } from './agent-source.ts';

function compareFacts(a: AgentFact, b: AgentFact): number {
  return a.at - b.at || a.order - b.order || compareTexts(a.key, b.key);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const isBefore = (a: AgentFact, b: AgentFact) => compareFacts(a, b) < 0;

/** The facts of one agent, sorted and without duplicates. The result does not depend on the order in which they are given. */
export function inOrder(feed: Pick<AgentSource, 'arrange'>, facts: AgentFact[]): AgentFact[] {
  // The facts of a file nearly always are sorted already.
  const isSorted = facts.every((fact, i) => i === 0 || isBefore(facts[i - 1]!, fact));
  const sorted = isSorted ? facts : distinct(facts.toSorted(compareFacts));
  return feed.arrange === undefined ? sorted : arranged(sorted, feed.arrange);
}

function distinct(sorted: readonly AgentFact[]): AgentFact[] {
  return sorted.filter((fact, i) => i === 0 || isBefore(sorted[i - 1]!, fact));
}

/** The facts, those of each instant in the order that the feed gives them. */
function arranged(sorted: AgentFact[], arrange: NonNullable<AgentSource['arrange']>): AgentFact[] {
  let result = sorted;
  let from = 0;
  // The index past the end closes the last instant.
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

/** The facts of the latest instant among sorted facts. */
export function lastInstant(facts: readonly AgentFact[]): AgentFact[] {
  const { at } = facts.at(-1)!;
  return facts.slice(facts.findLastIndex(fact => fact.at !== at) + 1);
}

/** Whether the sorted facts begin with exactly the given ones. */
export function startsWithFacts(facts: readonly AgentFact[], beginning: readonly AgentFact[]): boolean {
  return beginning.every(({ key }, i) => facts[i]?.key === key);
}
