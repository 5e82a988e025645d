// Accounts and their settings. An account exists as soon as it has an event, an agent or a setting.
import type { Engine } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import { PLATFORM_ZONE } from '../sources/ringcx/input.ts';
import { withChangeLock, nextVersion } from '../engine/lock.ts';

export interface Account {
  accountId: string;
  accountName: string;
  /** The account that this one is part of, whose rights apply here, too. Its own id if there is none. */
  mainAccountId: string;
  /** The zone of reports that give none. */
  timezone: string;
  /** The zone of a feed's times without a zone; New York by default, as RingCX's platform clock has it. */
  feedTimezone: string;
  /** A regular expression whose first group is the agent's id in the name that a feed uses; empty: the feed's own rule. */
  agentRule: string;
  /** How many whole months before the present one are kept, events and sessions; 0: all. */
  keepMonths: number;
}

/** Settings to change; those that are missing stay. An empty text, or its own id as main account, restores the default. */
export type AccountGiven = Partial<Omit<Account, 'accountId'>>;
export type Setting = keyof AccountGiven;
const SETTINGS: readonly Setting[] = [
  'accountName',
  'mainAccountId',
  'timezone',
  'feedTimezone',
  'agentRule',
  'keepMonths',
];

export const DEFAULT_TIMEZONE = 'UTC';

type AccountRow = Account & { version: number };

/** Accounts with the settings that were made; empty texts for an account without a row. */
const ACCOUNTS_SQL = `
  SELECT
    ids.account_id AS accountId,
    settings.account_name AS accountName,
    settings.main_account_id AS mainAccountId,
    settings.timezone AS timezone,
    settings.feed_timezone AS feedTimezone,
    settings.agent_rule AS agentRule,
    toUInt32(settings.keep_months) AS keepMonths,
    settings.version AS version
  FROM (
    SELECT DISTINCT toString(account_id) AS account_id FROM login_sessions
    UNION DISTINCT SELECT DISTINCT toString(account_id) FROM imported_sessions
    UNION DISTINCT SELECT DISTINCT toString(account_id) FROM agents
    UNION DISTINCT SELECT DISTINCT toString(account_id) FROM agent_aliases
    UNION DISTINCT SELECT DISTINCT toString(account_id) FROM agent_groups
    UNION DISTINCT SELECT DISTINCT toString(account_id) FROM aux_states
    UNION DISTINCT SELECT account_id FROM accounts
  ) AS ids
  LEFT JOIN (SELECT * FROM accounts FINAL) AS settings ON settings.account_id = ids.account_id
  ORDER BY toUInt64OrZero(accountId), accountId`;

/** All accounts that have an event, an imported session, an agent, an alias, a group, a state or a setting, by id. */
export async function listAccounts(engine: Engine): Promise<Account[]> {
  return (await engine.query<AccountRow>(ACCOUNTS_SQL)).map(withDefaults);
}

/** The account's settings, with defaults for those that were not made. */
export async function readAccount(engine: Engine, accountId: string): Promise<Account> {
  return withDefaults((await readRow(engine, accountId)) ?? blank(accountId));
}

async function readRow(engine: Engine, accountId: string): Promise<AccountRow | undefined> {
  const [row] = await engine.query<AccountRow>(
    `SELECT account_id AS accountId, account_name AS accountName, main_account_id AS mainAccountId, timezone,
       feed_timezone AS feedTimezone, agent_rule AS agentRule, keep_months AS keepMonths, version
     FROM accounts FINAL WHERE account_id = {accountId:String}`,
    { accountId },
  );
  return row;
}

const blank = (accountId: string): AccountRow => ({
  accountId,
  accountName: '',
  mainAccountId: '',
  timezone: '',
  feedTimezone: '',
  agentRule: '',
  keepMonths: 0,
  version: 0,
});

function withDefaults({
  accountId,
  accountName,
  mainAccountId,
  timezone,
  feedTimezone,
  agentRule,
  keepMonths,
}: AccountRow): Account {
  return {
    accountId,
    accountName: accountName || accountId,
    mainAccountId: mainAccountId || accountId,
    timezone: timezone || DEFAULT_TIMEZONE,
    feedTimezone: feedTimezone || PLATFORM_ZONE,
    agentRule,
    keepMonths,
  };
}

/**
 * Changes the given settings, and creates the account if it does not exist. Zones are not checked here.
 * @throws UserError INVALID_REQUEST for a main account that does not exist or is itself a part, or if the account has parts
 */
export function writeAccount(
  engine: Engine,
  { accountId, ...given }: AccountGiven & { accountId: string },
  nowMs: number,
): Promise<{ account: Account; changed: Setting[] }> {
  return withChangeLock(engine, async () => {
    const known = await readRow(engine, accountId);
    const before = known ?? blank(accountId);
    const after: AccountRow = { ...before, ...given };
    if (after.mainAccountId === accountId) after.mainAccountId = '';
    const changed = SETTINGS.filter(setting => withDefaults(after)[setting] !== withDefaults(before)[setting]);
    if (changed.includes('mainAccountId') && after.mainAccountId !== '') {
      requireMain(await listAccounts(engine), accountId, after.mainAccountId);
    }
    if (changed.length > 0 || known === undefined) await insertRow(engine, after, nowMs);
    return { account: withDefaults(after), changed };
  });
}

/** There are two levels of accounts, never more, since rights are inherited by one step. */
function requireMain(accounts: readonly Account[], accountId: string, mainAccountId: string): void {
  const main = accounts.find(account => account.accountId === mainAccountId);
  const part = accounts.find(account => account.mainAccountId === accountId && account.accountId !== accountId);
  if (main === undefined) throw notMain(mainAccountId, `There is no account ${mainAccountId}.`);
  if (main.mainAccountId !== mainAccountId) {
    throw notMain(mainAccountId, `The account ${mainAccountId} is itself a part of ${main.mainAccountId}.`);
  }
  if (part !== undefined) {
    throw notMain(mainAccountId, `The account ${accountId} is the main account of ${part.accountId}.`);
  }
}

function notMain(mainAccountId: string, message: string): UserError {
  return new UserError(
    'INVALID_REQUEST',
    message,
    'Name an existing account that is not part of another one. The account itself must not have parts.',
    [{ attributeName: 'mainAccountId', message, value: mainAccountId }],
  );
}

/** @throws UserError INVALID_REQUEST for a text that is not a regular expression with a group */
export function agentRuleOf(text: string): RegExp {
  try {
    const rule = new RegExp(text);
    // An empty alternative matches the empty text, and the match tells how many groups there are.
    const groups = (new RegExp(`${text}|`).exec('')?.length ?? 0) - 1;
    if (groups > 0) return rule;
  } catch {
    // Reported below, with the text.
  }
  throw new UserError(
    'INVALID_REQUEST',
    `'${text}' is not a regular expression with a group.`,
    "Write one whose first group is the agent's id, such as '^SIP/(\\d+)'.",
    [{ attributeName: 'agentRule', message: 'must be a regular expression with a group', value: text }],
  );
}

async function insertRow(engine: Engine, row: AccountRow, nowMs: number): Promise<void> {
  const stored = {
    account_id: row.accountId,
    account_name: row.accountName,
    main_account_id: row.mainAccountId,
    timezone: row.timezone,
    feed_timezone: row.feedTimezone,
    agent_rule: row.agentRule,
    keep_months: row.keepMonths,
    version: nextVersion(nowMs, row.version),
  };
  await engine.insert('accounts', [stored]);
}
