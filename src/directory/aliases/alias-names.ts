// Resolves the names that feeds use for agents to the agents' ids, by the accounts' aliases.
import type { Engine } from '../../engine/engine.ts';
import type { AgentFact, AgentSource } from '../../sources/agent-source.ts';
import { agentNaming } from '../../sources/asterisk/agent-rule.ts';
import { isReject } from '../../sources/source.ts';
import { agentRuleOf } from '../accounts.ts';

/** Another name of an agent: as a feed writes it, or the id that the agent rule reads from that. */
export interface AgentAlias {
  agentId: string;
  alias: string;
}

/** For one account: agent ids by names, and by the ids that the agent rule reads from these. No agent id is itself a name. */
export type AgentNames = ReadonlyMap<string, string>;
/** By account, without accounts that have no aliases. */
export type NamesByAccount = ReadonlyMap<string, AgentNames>;

/** A cache of the aliases. */
export interface AliasReader {
  /** From the cache, or from the table if it is empty. */
  read: () => Promise<NamesByAccount>;
  /** Empties the cache, after a change of aliases or of an agent rule. */
  forget: () => void;
}

const ALIASES_SQL = `
  SELECT
    aliases.account_id AS accountId,
    aliases.alias AS alias,
    aliases.agent_id AS agentId,
    settings.agent_rule AS rule
  FROM (SELECT * FROM agent_aliases FINAL WHERE is_deleted = 0) AS aliases
  LEFT JOIN (SELECT * FROM accounts FINAL) AS settings ON settings.account_id = aliases.account_id
  ORDER BY accountId, alias`;

type Row = AgentAlias & { accountId: string; rule: string };

export function openAliasReader(engine: Engine): AliasReader {
  let reading: Promise<NamesByAccount> | undefined;
  return {
    read() {
      const own = reading ?? readNames(engine);
      reading = own;
      own.catch(() => {
        if (reading === own) reading = undefined;
      });
      return own;
    },
    forget() {
      reading = undefined;
    },
  };
}

async function readNames(engine: Engine): Promise<NamesByAccount> {
  const rows = await engine.query<Row>(ALIASES_SQL);
  const byAccount = Map.groupBy(rows, ({ accountId }) => accountId);
  return new Map([...byAccount].map(([accountId, own]) => [accountId, namesOf(own, idByRule(own[0]!.rule))]));
}

/** Reads an agent's id from a name, by the account's agent rule. */
export function idByRule(rule: string): (name: string) => string {
  return agentNaming(rule === '' ? undefined : agentRuleOf(rule));
}

/** Aliases as they are written and as the agent rule reads them. If the two give different agents for a name, the written one wins. */
export function namesOf(aliases: readonly AgentAlias[], idOf: (name: string) => string): AgentNames {
  const names = new Map(aliases.map(({ agentId, alias }) => [idOf(alias), agentId]));
  for (const { agentId, alias } of aliases) names.set(alias, agentId);
  for (const { agentId } of aliases) names.delete(agentId);
  return names;
}

/** The same feed, with names replaced by agents' ids. */
export function named(feed: AgentSource, names: NamesByAccount): AgentSource {
  if (names.size === 0) return feed;
  return {
    ...feed,
    reader(context) {
      const read = feed.reader(context);
      return document => read(document).map(item => (isReject(item) ? item : underAlias(item, names)));
    },
  };
}

/** The fact with the agent's id in place of an alias. */
export function underAlias<Fact extends Pick<AgentFact, 'accountId' | 'agentId'>>(
  fact: Fact,
  names: NamesByAccount,
): Fact {
  const agentId = names.get(fact.accountId)?.get(fact.agentId);
  return agentId === undefined ? fact : { ...fact, agentId };
}
