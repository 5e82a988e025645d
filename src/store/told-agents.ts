// What a feed tells of its agents beside their states (names, team, group) into entries of the directory.
import type { Engine } from '../engine/engine.ts';
import { LIMITS } from '../limits.ts';
import type { AgentFact, ToldAgent } from '../sources/agent-facts.ts';
import { importAgents } from './agents.ts';

export interface ToldAgents {
  /** Resolved when the directory knows it. An entry holds from the moment of the fact that tells something new. */
  learn: (facts: readonly AgentFact[]) => Promise<void>;
  /** After another process has learned: what it was told is not known here. */
  forget: () => void;
}

export function openToldAgents(engine: Engine): ToldAgents {
  /** What was told last, so that thousands of events that repeat it cost nothing. */
  const known = new Map<string, string>();

  function isNew({ accountId, agentId, told }: AgentFact): boolean {
    const name = JSON.stringify([accountId, agentId]);
    const text = JSON.stringify(told);
    if (known.get(name) === text) return false;
    known.delete(name);
    if (known.size >= LIMITS.rememberedAgents) known.delete(known.keys().next().value as string);
    known.set(name, text);
    return true;
  }

  return {
    forget: () => known.clear(),
    async learn(facts) {
      const news = facts.filter(fact => fact.told !== undefined && isNew(fact));
      for (const [accountId, own] of Map.groupBy(news, fact => fact.accountId)) {
        const rows = own.map(({ agentId, at, told }) => ({
          ...{ ...said(told as ToldAgent), agent_id: agentId, validFromMs: at },
        }));
        await importAgents(engine, accountId, rows, own[0]!.receivedAt);
      }
    },
  };
}

/** What is not said stays as it is: a team that somebody entered is not lost because the feed knows none. */
function said(told: ToldAgent): ToldAgent {
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== ''));
}
