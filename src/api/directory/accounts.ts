// Accounts and their settings, as far as the user may read them.
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { isAdministrator, mayRead } from '../../access/principal.ts';
import { UserError } from '../../errors.ts';
import { timeZoneNamed } from '../../time/time-zone.ts';
import { type AccountGiven, agentRuleOf, listAccounts, readAccount, writeAccount } from '../../directory/accounts.ts';
import type { ApiContext } from '../context.ts';
import { accessDenied, recordAction, requireAdministratorOf, requireReader, signedIn } from '../guard.ts';
import { Id, idText, PathId } from '../schema/ids.ts';
import { plainText, ShortText } from '../schema/texts.ts';
import { readJsonBodies } from '../schema/json-bodies.ts';
import { absent, type SchemaTypes } from '../schema/schema.ts';

const params = Type.Object({ accountId: PathId });

const Account = Type.Object({
  accountId: Type.String(),
  accountName: Type.String(),
  mainAccountId: Type.String({ description: 'Its own id where the account is part of no other one.' }),
  timezone: Type.String({ description: 'Zone of reports that name none.' }),
  feedTimezone: Type.String({ description: 'Zone of a feed’s times that carry none.' }),
  agentRule: Type.String({
    description:
      'A regular expression whose first group is the agent’s id in a feed’s name for them; empty: the feed’s own rule.',
  }),
  keepMonths: Type.Integer({
    description:
      'Whole months before the present one that are kept; what ended before is announced in the audit log, and deleted some days later. 0: for ever.',
  }),
});

const AccountBody = Type.Object(
  {
    accountName: absent(ShortText),
    mainAccountId: absent(Type.Union([Id, Type.Literal('')])),
    timezone: absent(ShortText),
    feedTimezone: absent(ShortText),
    agentRule: absent(ShortText),
    keepMonths: absent(Type.Integer({ minimum: 0, maximum: 1200 })),
  },
  { examples: [{ accountName: 'Contact centre Phoenix', timezone: 'US/Arizona' }] },
);

const LIST = {
  tags: ['Accounts'],
  summary: 'The accounts that the user may read',
  response: { 200: Type.Array(Account) },
};
const READ = { tags: ['Accounts'], summary: 'One account', params, response: { 200: Account } };
const CHANGE = {
  tags: ['Accounts'],
  summary: 'Set an account’s name and zones',
  description:
    'For administrators of the account; fields that are left out stay. Rights to a main account reach the accounts that are ' +
    'part of it, so that only an administrator of all accounts may change mainAccountId.',
  params,
  body: AccountBody,
  response: { 200: Account },
};

export async function accountRoutes(plain: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now, authenticate } = context;
  plain.addHook('onRequest', signedIn(context));
  readJsonBodies(plain);
  const app = plain.withTypeProvider<SchemaTypes>();

  app.get('/admin/accounts', { schema: LIST }, async ({ principal }) =>
    (await listAccounts(offhook.engine)).filter(({ accountId }) => mayRead(principal, accountId)),
  );

  app.get('/admin/accounts/:accountId', { schema: READ }, async request => {
    const { accountId } = request.params;
    requireReader(request, accountId);
    const account = (await listAccounts(offhook.engine)).find(known => known.accountId === accountId);
    if (account === undefined) throw noSuchAccount(accountId);
    return account;
  });

  app.put('/admin/accounts/:accountId', { schema: CHANGE }, async request => {
    const { accountId } = request.params;
    requireAdministratorOf(request, accountId);
    const given = settingsGiven(request.body);
    const { mainAccountId } = await readAccount(offhook.engine, accountId);
    const asked = given.mainAccountId === '' ? accountId : (given.mainAccountId ?? mainAccountId);
    if (asked !== mainAccountId && !isAdministrator(request.principal)) throw accessDenied();
    const { account, changed } = await writeAccount(offhook.engine, { accountId, ...given }, now());
    if (changed.length > 0) {
      const values = Object.fromEntries(changed.map(setting => [setting, account[setting]]));
      authenticate.forget();
      offhook.forgetSettings();
      await recordAction(context, request, 'ACCOUNT_CHANGED', accountId, values);
    }
    return account;
  });
}

function settingsGiven(body: Static<typeof AccountBody>): AccountGiven {
  const { accountName, mainAccountId, timezone, feedTimezone, agentRule, keepMonths } = body;
  return {
    ...(keepMonths != null && { keepMonths }),
    ...(typeof accountName === 'string' && { accountName: plainText(accountName) }),
    ...(mainAccountId != null && { mainAccountId: idText(mainAccountId) }),
    ...(typeof timezone === 'string' && { timezone: zoneGiven('timezone', timezone) }),
    ...(typeof feedTimezone === 'string' && { feedTimezone: zoneGiven('feedTimezone', feedTimezone) }),
    ...(typeof agentRule === 'string' && { agentRule: agentRule && agentRuleOf(agentRule).source }),
  };
}

/** The zone's name; an empty text asks for the default. */
function zoneGiven(attributeName: string, name: string): string {
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
    `There is no account ${accountId}.`,
    'It comes into being with its first event, agent or setting.',
  );
}
