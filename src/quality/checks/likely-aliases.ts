// Check: two names that are likely one agent, because one only logs in and the other only takes calls at the same times.
import type { Engine } from '../../engine/engine.ts';
import { sqlText } from '../../engine/sql-file.ts';
import { LIMITS } from '../../limits.ts';
import { FEEDS } from '../../sources/registry.ts';
import type { Check, Example, QualityQuestion } from './check.ts';

/** Least share of the hours with calls of the one in which the other was logged in: a log may lack some lines. */
const LEAST_CALLS_WITHIN = 0.9;
/** Least share of the logins of the one in which the other had calls: a quiet day may have none. */
const LEAST_LOGINS = 0.5;

/** Members are agents with a login in every session, callers those without any. Few accounts have both. */
const NAMES_SQL = `
  SELECT
    account_id AS accountId,
    toString(source) AS source,
    groupArrayIf(agent_id, is_member) AS members,
    groupArrayIf(agent_id, is_caller) AS callers
  FROM (
    SELECT
      account_id,
      source,
      agent_id,
      min(has_login) AS is_member,
      max(has_login) = 0 AS is_caller
    FROM login_sessions FINAL
    WHERE account_id IN ({accounts:Array(String)}) AND source IN ({sources:Array(String)})
      AND first_at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
      AND first_at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
    GROUP BY account_id, source, agent_id
    ORDER BY account_id, source, agent_id
  )
  GROUP BY account_id, source
  HAVING notEmpty(members) AND notEmpty(callers)
  ORDER BY accountId, source`;

const WITH_CALLS_SQL = `
  SELECT DISTINCT agent_id AS agentId
  FROM events
  WHERE account_id = {account:String} AND source = {source:String} AND agent_id IN ({agents:Array(String)})
    AND kind IN ('OFFER', 'ANSWER', 'RING_NO_ANSWER')
    AND at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
    AND at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')`;

const PAIRS_SQL = sqlText(new URL('./likely-aliases.sql', import.meta.url));

const DIRECTORY_SQL = `
  SELECT
    agent_id AS agentId,
    lower(trimBoth(concat(argMax(first_name, valid_from), ' ', argMax(last_name, valid_from)))) AS fullName,
    lower(argMax(username, valid_from)) AS username
  FROM agents FINAL
  WHERE account_id = {account:String} AND agent_id IN ({agents:Array(String)})
  GROUP BY agent_id`;

/** Two names that may be one agent. */
export interface LikelyAlias {
  accountId: string;
  source: string;
  agentId: string;
  alias: string;
  /** Whether the name fits no other agent equally well. */
  isLikely: boolean;
  /** Other agents whom the name fits equally well. */
  others: string[];
  /** When the calls were, UTC milliseconds since 1970. */
  fromMs: number;
  toMs: number;
}

interface Pair {
  /** The agent who only logs in. */
  memberId: string;
  /** The agent who only takes calls. */
  callerId: string;
  /** Whether all hours with calls lie in the logins, and all logins have calls. */
  isExact: boolean;
  fromMs: number;
  toMs: number;
}

/** Feeds without login sessions of their own. Others name an agent in one way only. */
const SOURCES = Object.values(FEEDS)
  .filter(feed => !('decoder' in feed))
  .map(({ name }) => name);

interface Names {
  accountId: string;
  source: string;
  members: string[];
  callers: string[];
}

/** One for each name that only takes calls, likely ones first. */
export async function likelyAliases(engine: Engine, asked: QualityQuestion): Promise<LikelyAlias[]> {
  const { accountIds, fromMs, toMs } = asked;
  const names = await engine.query<Names>(NAMES_SQL, {
    accounts: accountIds,
    sources: SOURCES,
    from_ms: fromMs,
    to_ms: toMs,
  });
  const found: LikelyAlias[] = [];
  for (const ofFeed of names) {
    for (const alias of await aliasesIn(engine, asked, ofFeed)) found.push(alias);
  }
  return found.sort((a, b) => Number(b.isLikely) - Number(a.isLikely));
}

async function aliasesIn(
  engine: Engine,
  { fromMs, toMs, clock }: QualityQuestion,
  { accountId, source, members, callers }: Names,
): Promise<LikelyAlias[]> {
  const params = { account: accountId, source, from_ms: fromMs, to_ms: toMs };
  const calling = await engine.query<{ agentId: string }>(WITH_CALLS_SQL, { ...params, agents: members });
  const withCalls = new Set(calling.map(({ agentId }) => agentId));
  const pairs = await engine.query<Pair>(PAIRS_SQL, {
    ...params,
    callers,
    members: members.filter(agentId => !withCalls.has(agentId)),
    stale_ms: clock.staleAfterMs,
    limit: LIMITS.aliasPairs,
    least_calls_within: LEAST_CALLS_WITHIN,
    least_logins: LEAST_LOGINS,
  });
  const known = await namesInDirectory(engine, accountId, pairs);
  const isNamed = ({ memberId, callerId }: Pair) => known.get(memberId)?.has(callerId.toLowerCase()) ?? false;
  const byMember = Map.groupBy(pairs, ({ memberId }) => memberId);
  return [...Map.groupBy(pairs, ({ callerId }) => callerId).values()].map(own => {
    const named = own.find(isNamed);
    const fitting = bestOf(own);
    const best = named ?? fitting[0]!;
    const isOnly = fitting.length === 1 && bestOf(byMember.get(best.memberId)!).length === 1;
    const isLikely = named !== undefined || isOnly;
    const { memberId, callerId } = best;
    const [agentId, alias] = known.has(callerId) && !known.has(memberId) ? [callerId, memberId] : [memberId, callerId];
    return {
      accountId,
      source,
      agentId,
      alias,
      isLikely,
      fromMs: best.fromMs,
      toMs: best.toMs,
      others: isLikely ? [] : fitting.slice(1).map(other => other.memberId),
    };
  });
}

/** If some pairs fit exactly, only those. */
function bestOf(pairs: readonly Pair[]): readonly Pair[] {
  const exact = pairs.filter(({ isExact }) => isExact);
  return exact.length > 0 ? exact : pairs;
}

/** By agent id, full name and username in the directory, in lower case. */
async function namesInDirectory(
  engine: Engine,
  accountId: string,
  pairs: readonly Pair[],
): Promise<Map<string, Set<string>>> {
  const agents = [...new Set(pairs.flatMap(({ memberId, callerId }) => [memberId, callerId]))];
  if (agents.length === 0) return new Map();
  const rows = await engine.query<{ agentId: string; fullName: string; username: string }>(DIRECTORY_SQL, {
    account: accountId,
    agents,
  });
  return new Map(rows.map(({ agentId, fullName, username }) => [agentId, new Set([fullName, username])]));
}

export const likelyAliasPairs: Check = {
  key: 'LIKELY_ALIASES',
  title: 'Names that are likely one agent',
  meaning:
    'One name only logs in and the other only takes calls, in the same queues and at the same times: by default Asterisk logs ' +
    'memberships under the interface and calls under the member’s name. LIKELY: only this name fits; POSSIBLE: several names fit.',
  remedy:
    "Join them with './offhook agents alias set --account ID --agent AGENT NAME', or all at once with './offhook agents alias " +
    "import --account ID FILE' (the output of `asterisk -rx 'queue show'`, or rows of queue_members). This also joins their history.",
  isOfAllGroups: true,
  async find(engine, asked) {
    const found = await likelyAliases(engine, asked);
    const kinds = ['LIKELY', 'POSSIBLE'].map(kind => ({
      kind,
      durationMs: 0,
      count: found.filter(({ isLikely }) => kindOf(isLikely) === kind).length,
    }));
    return {
      count: found.length,
      durationMs: 0,
      toleratedMs: 0,
      kinds: kinds.filter(({ count }) => count > 0),
      examples: found.slice(0, LIMITS.qualityExamples).map(exampleOf),
    };
  },
};

const kindOf = (isLikely: boolean) => (isLikely ? 'LIKELY' : 'POSSIBLE');

function exampleOf({ isLikely, others, alias, ...pair }: LikelyAlias): Example {
  const { accountId, source, agentId, fromMs, toMs } = pair;
  const few = others.slice(0, 5).map(other => `'${other}'`);
  const more = others.length > few.length ? ` and ${others.length - few.length} more` : '';
  const fits = few.length === 0 ? '' : ` It also fits ${few.join(', ')}${more}.`;
  const command = `./offhook agents alias set --account ${shell(accountId)} --agent ${shell(agentId)} ${shell(alias)}`;
  return {
    kind: kindOf(isLikely),
    accountId,
    source,
    agentId,
    loginSessionId: '',
    fromMs,
    toMs,
    durationMs: 0,
    amount: 2,
    detail: `'${alias}' is ${isLikely ? 'likely' : 'possibly'} agent '${agentId}'.${fits} To join them: ${command}`,
  };
}

/** Quoted for a shell if necessary. */
const shell = (word: string) => (/^[\w@.:/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
