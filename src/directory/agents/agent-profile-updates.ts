// Keeps the agent directory up to date with the profiles (names, team, group) that feeds send along with agents' states.
import type { Engine } from '../../engine/engine.ts';
import { LIMITS } from '../../limits.ts';
import { type AgentFact, type AgentProfile, PROFILE_FIELDS } from '../../sources/agent-source.ts';
import { isReject, type Reject } from '../../sources/source.ts';
import { type AliasReader, underAlias } from '../aliases/alias-names.ts';
import { importAgents } from './agents.ts';

/** An agent's profile as of one fact. */
type ProfileUpdate = Pick<AgentFact, 'accountId' | 'agentId' | 'at' | 'receivedAt'> & { profile: AgentProfile };

export interface ProfileUpdates {
  /** Resolved when the updates are in the directory. An entry is valid from the time of the first fact with a changed profile. */
  apply: (updates: readonly ProfileUpdate[]) => Promise<void>;
  /** Empties the cache, for when another process may have written to the directory. */
  forget: () => void;
}

/** The profiles that facts carry, without those that repeat the agent's previous one. */
export function profileUpdatesOf(read: readonly (AgentFact | Reject)[]): ProfileUpdate[] {
  const updates: ProfileUpdate[] = [];
  const latest = new Map<string, ProfileUpdate>();
  for (const fact of read) {
    if (isReject(fact) || fact.profile === undefined) continue;
    const { accountId, agentId, at, profile, receivedAt } = fact;
    const last = latest.get(agentId);
    if (last?.accountId === accountId && isSame(last.profile, profile)) continue;
    const update = { accountId, agentId, at, profile, receivedAt };
    latest.set(agentId, update);
    updates.push(update);
  }
  return updates;
}

export function openProfileUpdates(engine: Engine, aliases: AliasReader): ProfileUpdates {
  /** The last profile of each agent, so that a repeated one costs no query. */
  const cache = new Map<string, AgentProfile>();

  function isChanged({ accountId, agentId, profile }: ProfileUpdate): boolean {
    const key = JSON.stringify([accountId, agentId]);
    const last = cache.get(key);
    if (last !== undefined && isSame(last, profile)) return false;
    cache.delete(key);
    if (cache.size >= LIMITS.rememberedAgents) cache.delete(cache.keys().next().value as string);
    cache.set(key, profile);
    return true;
  }

  return {
    forget: () => cache.clear(),
    async apply(updates) {
      if (updates.length === 0) return;
      const names = await aliases.read();
      const changed = updates.map(update => underAlias(update, names)).filter(isChanged);
      for (const [accountId, own] of Map.groupBy(changed, ({ accountId }) => accountId)) {
        const rows = own.map(({ agentId, at, profile }) => ({
          ...filledFields(profile),
          agent_id: agentId,
          validFromMs: at,
        }));
        await importAgents(engine, accountId, rows, own[0]!.receivedAt);
      }
    },
  };
}

function isSame(a: AgentProfile, b: AgentProfile): boolean {
  return PROFILE_FIELDS.every(name => a[name] === b[name]);
}

/** Empty fields are left out, so that a team entered by hand survives a feed that knows no teams. */
function filledFields(profile: AgentProfile): AgentProfile {
  return Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== ''));
}
