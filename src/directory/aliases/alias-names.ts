// The names of an account's agents into one id for each agent: what a feed calls an agent, and which agent that is.
import type { Engine } from '../../engine/engine.ts';
import type { AgentFact, AgentSource } from '../../sources/agent-source.ts';
import { agentNaming } from '../../sources/asterisk/agent-rule.ts';
import { isReject } from '../../sources/source.ts';
import { agentRuleOf } from '../accounts.ts';

/** Another name of an agent: as a feed writes it, or the id that the agent rule makes of that. */
export interface AgentAlias {
  agentId: string;
  alias: string;
}

/** Of one account: names, and ids by the agent rule, to the agents that they are. No agent in it is the name of another one. */
export type AgentNames = ReadonlyMap<string, string>;
/** By account; one without aliases is not in it. */
export type NamesByAccount = ReadonlyMap<string, AgentNames>;

/** The aliases as they are now, whichever process changed them. */
export interface AliasReader {
  /** Reads them unless they are remembered. */
  read: () => Promise<NamesByAccount>;
  /** After a change of them or of an agent rule. */
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

/** What an account's agent rule makes of a name. */
export function idByRule(rule: string): (name: string) => string {
  return agentNaming(rule === '' ? undefined : agentRuleOf(rule));
}

/** An alias counts as it is written and as the agent rule reads it; where two would say different agents, the written one does. */
export function namesOf(aliases: readonly AgentAlias[], idOf: (name: string) => string): AgentNames {
  const names = new Map(aliases.map(({ agentId, alias }) => [idOf(alias), agentId]));
  for (const { agentId, alias } of aliases) names.set(alias, agentId);
  for (const { agentId } of aliases) names.delete(agentId);
  return names;
}

/** The feed, telling of agents by the ids that their names stand for. */
export function named(feed: AgentSource, names: NamesByAccount): AgentSource {
  if (names.size === 0) return feed;
  return {
    ...feed,
    reader(context) {
      const read = feed.reader(context);
      return document => read(document).map(said => (isReject(said) ? said : underAlias(said, names)));
    },
  };
}

/** What is said of an agent by whatever name, as said of the agent. */
export function underAlias<Said extends Pick<AgentFact, 'accountId' | 'agentId'>>(
  said: Said,
  names: NamesByAccount,
): Said {
  const agentId = names.get(said.accountId)?.get(said.agentId);
  return agentId === undefined ? said : { ...said, agentId };
}
