// What a feed tells of its agents beside their states (names, team, group) into entries of the directory.
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import { type AgentFact, TOLD_FIELDS, type ToldAgent } from '../../sources/agent-source.ts';
import { isReject, type Reject } from '../../sources/source.ts';
import { type AliasReader, underAlias } from '../aliases/alias-names.ts';
import { importAgents } from './agents.ts';

/** What a fact tells of its agent, without the rest of the fact. */
type Telling = Pick<AgentFact, 'accountId' | 'agentId' | 'at' | 'receivedAt'> & { told: ToldAgent };

export interface ToldAgents {
  /** Resolved when the directory knows it. An entry holds from the moment of the fact that tells something new. */
  learn: (tellings: readonly Telling[]) => Promise<void>;
  /** After another process has learned: what it was told is not known here. */
  forget: () => void;
}

/** What facts tell of their agents; thousands that repeat it are one. */
export function tellingsOf(read: readonly (AgentFact | Reject)[]): Telling[] {
  const tellings: Telling[] = [];
  const latest = new Map<string, Telling>();
  for (const fact of read) {
    if (isReject(fact) || fact.told === undefined) continue;
    const { accountId, agentId, at, told, receivedAt } = fact;
    const last = latest.get(agentId);
    if (last?.accountId === accountId && isSame(last.told, told)) continue;
    const telling = { accountId, agentId, at, told, receivedAt };
    latest.set(agentId, telling);
    tellings.push(telling);
  }
  return tellings;
}

export function openToldAgents(engine: Engine, aliases: AliasReader): ToldAgents {
  /** What was told last, so that what is repeated costs nothing. */
  const known = new Map<string, ToldAgent>();

  function isNew({ accountId, agentId, told }: Telling): boolean {
    const name = JSON.stringify([accountId, agentId]);
    const last = known.get(name);
    if (last !== undefined && isSame(last, told)) return false;
    known.delete(name);
    if (known.size >= LIMITS.rememberedAgents) known.delete(known.keys().next().value as string);
    known.set(name, told);
    return true;
  }

  return {
    forget: () => known.clear(),
    async learn(tellings) {
      if (tellings.length === 0) return;
      const names = await aliases.read();
      const news = tellings.map(telling => underAlias(telling, names)).filter(isNew);
      for (const [accountId, own] of Map.groupBy(news, ({ accountId }) => accountId)) {
        const rows = own.map(({ agentId, at, told }) => ({
          ...said(told),
          agent_id: agentId,
          validFromMs: at,
        }));
        await importAgents(engine, accountId, rows, own[0]!.receivedAt);
      }
    },
  };
}

function isSame(a: ToldAgent, b: ToldAgent): boolean {
  return TOLD_FIELDS.every(name => a[name] === b[name]);
}

/** What is not said stays as it is: a team that somebody entered is not lost because the feed knows none. */
function said(told: ToldAgent): ToldAgent {
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== ''));
}
