// Accounts and their settings.
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { isAdministrator, mayRead } from '../../access/principal.ts';
import { UserError } from '../../errors.ts';
import { timeZoneNamed } from '../../time/time-zone.ts';
import { type AccountGiven, agentRuleOf, listAccounts, readAccount, writeAccount } from '../../directory/accounts.ts';
import type { ApiContext } from '../context.ts';
import { accessDenied, recordAction, requireAdministratorOf, requireReader, signedInScope } from '../guard.ts';
import { AccountParams, Id, idText } from '../schema/ids.ts';
import { plainText, ShortText } from '../schema/texts.ts';
import { nullish } from '../schema/schema.ts';

const Account = Type.Object({
  accountId: Type.String(),
  accountName: Type.String(),
  mainAccountId: Type.String({ description: 'The account that this one is part of; its own id if none.' }),
  timezone: Type.String({ description: 'Time zone of reports that name none.' }),
  feedTimezone: Type.String({ description: 'Time zone of feed times that have none.' }),
  agentRule: Type.String({
    description:
      'A regular expression whose first group finds the agent id in the name that a feed uses for the agent; empty: the feed’s own rule.',
  }),
  keepMonths: Type.Integer({
    description:
      'Number of whole months before the current one for which data is kept. Deletion of older data is announced in the audit log and ' +
      'happens some days later. 0: keep everything.',
  }),
});

const AccountBody = Type.Object(
  {
    accountName: nullish(ShortText),
    mainAccountId: nullish(Type.Union([Id, Type.Literal('')])),
    timezone: nullish(ShortText),
    feedTimezone: nullish(ShortText),
    agentRule: nullish(ShortText),
    keepMonths: nullish(Type.Integer({ minimum: 0, maximum: 1200 })),
  },
  { examples: [{ accountName: 'Contact centre Phoenix', timezone: 'US/Arizona' }] },
);

const LIST = {
  tags: ['Accounts'],
  summary: 'The accounts that the user may read',
  response: { 200: Type.Array(Account) },
};
const READ = { tags: ['Accounts'], summary: 'One account', params: AccountParams, response: { 200: Account } };
const CHANGE = {
  tags: ['Accounts'],
  summary: 'Change the settings of an account',
  description:
    'For administrators of the account. Fields that are left out do not change. Rights to a main account also apply to the accounts ' +
    'that are part of it, so only an administrator of all accounts may change mainAccountId.',
  params: AccountParams,
  body: AccountBody,
  response: { 200: Account },
};

export async function accountRoutes(scope: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now, authenticate } = context;
  const app = signedInScope(scope, context);

  app.get('/admin/accounts', { schema: LIST }, async ({ principal }) =>
    (await listAccounts(offhook.engine)).filter(({ accountId }) => mayRead(principal, accountId)),
  );

  app.get('/admin/accounts/:accountId', { schema: READ }, async request => {
    const { accountId } = request.params;
    requireReader(request, accountId);
    const account = (await listAccounts(offhook.engine)).find(one => one.accountId === accountId);
    if (account === undefined) throw noSuchAccount(accountId);
    return account;
  });

  app.put('/admin/accounts/:accountId', { schema: CHANGE }, async request => {
    const { accountId } = request.params;
    requireAdministratorOf(request, accountId);
    const settings = settingsOf(request.body);
    const { mainAccountId } = await readAccount(offhook.engine, accountId);
    const newMainId = settings.mainAccountId === '' ? accountId : (settings.mainAccountId ?? mainAccountId);
    if (newMainId !== mainAccountId && !isAdministrator(request.principal)) throw accessDenied();
    const { account, changed } = await writeAccount(offhook.engine, { accountId, ...settings }, now());
    if (changed.length > 0) {
      const values = Object.fromEntries(changed.map(setting => [setting, account[setting]]));
      authenticate.forget();
      offhook.forgetSettings();
      await recordAction(context, request, 'ACCOUNT_CHANGED', accountId, values);
    }
    return account;
  });
}

function settingsOf(body: Static<typeof AccountBody>): AccountGiven {
  const { accountName, mainAccountId, timezone, feedTimezone, agentRule, keepMonths } = body;
  return {
    ...(keepMonths != null && { keepMonths }),
    ...(typeof accountName === 'string' && { accountName: plainText(accountName) }),
    ...(mainAccountId != null && { mainAccountId: idText(mainAccountId) }),
    ...(typeof timezone === 'string' && { timezone: zoneOf('timezone', timezone) }),
    ...(typeof feedTimezone === 'string' && { feedTimezone: zoneOf('feedTimezone', feedTimezone) }),
    ...(typeof agentRule === 'string' && { agentRule: agentRule && agentRuleOf(agentRule).source }),
  };
}

/** The name of the time zone; empty text stands for the default. @throws UserError UNKNOWN_TIME_ZONE */
function zoneOf(attributeName: string, name: string): string {
  try {
    return name === '' ? '' : timeZoneNamed(name);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const validationErrors = [{ attributeName, message: 'unknown time zone', value: name }];
    throw new UserError(error.code, error.message, error.remedy, validationErrors);
  }
}

function noSuchAccount(accountId: string): UserError {
  return new UserError(
    'NOT_FOUND',
    `The account ${accountId} does not exist.`,
    'An account is created with its first event, agent or setting.',
  );
}
