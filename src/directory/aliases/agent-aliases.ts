// The table of agent aliases: further names, interfaces and numbers of an account's agents.
import type { Engine } from '../../engine/engine.ts';
import { UserError, type ValidationError } from '../../errors.ts';
import { readAccount } from '../accounts.ts';
import { type AgentAlias, idByRule, namesOf } from './alias-names.ts';
import { withChangeLock, nextVersion } from '../../engine/lock.ts';

/** As long as a field of a log. */
const MAX_NAME_LENGTH = 256;
const CONTROL = /\p{Cc}/u;

type AliasRow = AgentAlias & { isDeleted: boolean; isPending: boolean; version: number };

/** The changes, which the stored history does not follow yet. */
export interface AliasesChanged {
  changed: AgentAlias[];
  /** How many existed already. */
  unchanged: number;
}

/** The aliases, by agent and alias. */
export async function listAliases(engine: Engine, accountId: string): Promise<AgentAlias[]> {
  const present = (await readRows(engine, accountId)).filter(({ isDeleted }) => !isDeleted);
  return present.map(({ agentId, alias }) => ({ agentId, alias }));
}

/**
 * Adds all of the aliases or none. An agent may be given by a name from which the agent rule reads the id.
 * @throws UserError INVALID_ALIAS that lists each one that is refused
 */
export function addAliases(
  engine: Engine,
  accountId: string,
  given: readonly AgentAlias[],
  nowMs: number,
): Promise<AliasesChanged> {
  return withChangeLock(engine, async () => {
    const rows = await readRows(engine, accountId);
    const idOf = idByRule((await readAccount(engine, accountId)).agentRule);
    const present: AgentAlias[] = rows.filter(({ isDeleted }) => !isDeleted);
    const known = new Set(present.map(({ alias }) => alias));
    const problems: ValidationError[] = [];
    const added: AgentAlias[] = [];
    for (const item of given) {
      const alias = item.alias.trim().toWellFormed();
      const agentId = idOf(item.agentId.trim().toWellFormed());
      const problem = problemOf({ agentId, alias }, [...present, ...added], idOf);
      if (problem !== undefined) problems.push({ attributeName: 'alias', message: problem, value: alias });
      else if (!known.has(alias)) {
        known.add(alias);
        added.push({ agentId, alias });
      }
    }
    if (problems.length > 0) throw invalidAliases(problems);
    await write(engine, accountId, rows, added, { isDeleted: false, isPending: true }, nowMs);
    return { changed: added, unchanged: given.length - added.length };
  });
}

/** Removes aliases, whatever agents have them. @throws UserError NOT_FOUND for the first one that does not exist */
export function removeAliases(
  engine: Engine,
  accountId: string,
  given: readonly string[],
  nowMs: number,
): Promise<AliasesChanged> {
  return withChangeLock(engine, async () => {
    const rows = await readRows(engine, accountId);
    const removed = [...new Set(given.map(alias => alias.trim()))].map(alias => {
      const row = rows.find(known => known.alias === alias && !known.isDeleted);
      if (row === undefined) throw noSuchAlias(alias);
      return { agentId: row.agentId, alias };
    });
    await write(engine, accountId, rows, removed, { isDeleted: true, isPending: true }, nowMs);
    return { changed: removed, unchanged: 0 };
  });
}

/** Changes that the history does not follow yet because a process ended in between, by account. */
export async function pendingAliases(engine: Engine): Promise<Map<string, AgentAlias[]>> {
  const rows = await engine.query<AgentAlias & { accountId: string }>(
    `SELECT account_id AS accountId, alias, agent_id AS agentId
     FROM agent_aliases FINAL WHERE is_pending = 1 ORDER BY accountId, alias`,
  );
  return Map.groupBy(rows, ({ accountId }) => accountId);
}

/** Marks changes that the history follows now. One that was changed again meanwhile stays pending. */
export function settleAliases(
  engine: Engine,
  accountId: string,
  settled: readonly AgentAlias[],
  nowMs: number,
): Promise<void> {
  return withChangeLock(engine, async () => {
    const rows = await readRows(engine, accountId);
    const isSettled = ({ agentId, alias, isPending }: AliasRow) =>
      isPending && settled.some(one => one.alias === alias && one.agentId === agentId);
    for (const isDeleted of [false, true]) {
      const own = rows.filter(row => row.isDeleted === isDeleted && isSettled(row));
      await write(engine, accountId, rows, own, { isDeleted, isPending: false }, nowMs);
    }
  });
}

/** Why an alias is refused, given the existing ones; undefined if it is not. */
function problemOf(
  { agentId, alias }: AgentAlias,
  present: readonly AgentAlias[],
  idOf: (name: string) => string,
): string | undefined {
  for (const name of [agentId, alias]) {
    if (name === '') return 'Both an agent id and an alias are needed; one of them is empty.';
    if (name.length > MAX_NAME_LENGTH) return `'${name.slice(0, 40)}…' is longer than ${MAX_NAME_LENGTH} characters.`;
    if (CONTROL.test(name)) return `${JSON.stringify(name)} contains a control character.`;
  }
  if (alias === agentId) return `'${alias}' is the agent's own id.`;
  const names = namesOf(present, idOf);
  const main = names.get(agentId);
  if (main !== undefined) {
    return `'${agentId}' is itself an alias of agent '${main}': add '${alias}' to '${main}'.`;
  }
  for (const name of [alias, idOf(alias)]) {
    const owner = names.get(name);
    if (owner !== undefined && owner !== agentId) {
      return `'${alias}' is already an alias of agent '${owner}': remove it there first.`;
    }
    const own = name !== agentId && present.find(known => known.agentId === name);
    if (own) {
      return `'${alias}' is agent '${name}', which has aliases ('${own.alias}', …): remove them first.`;
    }
  }
  return undefined;
}

function readRows(engine: Engine, accountId: string): Promise<AliasRow[]> {
  return engine.query<AliasRow>(
    `SELECT alias, agent_id AS agentId, toBool(is_deleted) AS isDeleted, toBool(is_pending) AS isPending, version
     FROM agent_aliases FINAL WHERE account_id = {accountId:String} ORDER BY agentId, alias`,
    { accountId },
  );
}

async function write(
  engine: Engine,
  accountId: string,
  rows: readonly AliasRow[],
  aliases: readonly AgentAlias[],
  { isDeleted, isPending }: Pick<AliasRow, 'isDeleted' | 'isPending'>,
  nowMs: number,
): Promise<void> {
  const versions = new Map(rows.map(({ alias, version }) => [alias, version]));
  const stored = aliases.map(({ agentId, alias }) => ({
    account_id: accountId,
    alias,
    agent_id: agentId,
    is_deleted: isDeleted,
    is_pending: isPending,
    version: nextVersion(nowMs, versions.get(alias)),
  }));
  await engine.insert('agent_aliases', stored);
}

function invalidAliases(problems: ValidationError[]): UserError {
  return new UserError(
    'INVALID_ALIAS',
    problems.map(({ message }) => message).join('\n'),
    "An alias belongs to one agent only, and cannot be an agent's id. './offhook agents alias list' shows the aliases. Nothing was changed.",
    problems,
  );
}

function noSuchAlias(alias: string): UserError {
  return new UserError(
    'NOT_FOUND',
    `'${alias}' is not an alias of any agent.`,
    "List the aliases: './offhook agents alias list --account ID'.",
  );
}
