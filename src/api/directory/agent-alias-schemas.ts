// Schemas of the calls for agent aliases.
import { Type } from 'typebox';
import { Instant } from '../schema/instants.ts';
import { AccountParams, Id, WireId } from '../schema/ids.ts';
import { RequiredText } from '../schema/texts.ts';
import { TEXT_ENCODINGS } from '../http/text-files.ts';
import { nullish } from '../schema/schema.ts';

const tags = ['Directory'];
const params = AccountParams;
const Name = Type.String({ description: 'A name, interface or number as the feed sends it.' });
const Alias = Type.Object({ agentId: WireId, alias: Name });
const AliasList = Type.Array(Alias);

const Changed = Type.Object({
  changed: AliasList,
  unchanged: Type.Integer({ description: 'Aliases that existed already.' }),
  movedEvents: Type.Integer({ description: 'Stored events that now belong to another agent.' }),
  left: Type.Array(WireId, {
    description: 'Agents whose stored events did not change because some of their inputs cannot be read again.',
  }),
});
const answer = { response: { 200: Changed } };
const HISTORY =
  'The change applies to stored and future events: sessions are computed again as if it had always been so. Feeds that name their ' +
  'own login sessions (`ringcx`, `offhook`, imported exports) are not affected.';

const LIST = {
  tags,
  params,
  summary: 'The aliases of agents',
  response: { 200: AliasList },
  description: 'Names, interfaces and numbers that belong to the same agent, sorted by agent.',
};
const ADD = {
  tags,
  params,
  summary: 'Add aliases to an agent',
  ...answer,
  description: `Adds all aliases or none. ${HISTORY}`,
  body: Type.Object(
    { agentId: Id, aliases: Type.Array(RequiredText, { minItems: 1 }) },
    { examples: [{ agentId: 1004, aliases: ['DANA REED', 'Local/1004@from-queue/n'] }] },
  ),
};
const REMOVE = {
  tags,
  params,
  summary: 'Remove an alias',
  ...answer,
  description: 'The agent and the alias are separate again, also in stored events.',
  querystring: Type.Object({
    alias: Type.String({ maxLength: 256, description: 'The alias as it is listed.', examples: ['DANA REED'] }),
  }),
};
const IMPORT = {
  tags,
  params,
  summary: 'Import aliases from a file',
  description:
    "Accepts rows of Asterisk's table `queue_members` (CSV, TSV or SQL dump, with the columns membername and interface), the output " +
    `of Asterisk's command \`queue show\`, or a CSV file with the header agent_id,alias. ${TEXT_ENCODINGS} ${HISTORY}`,
  consumes: ['text/csv'],
  body: Type.String({ examples: ['agent_id,alias\n1004,DANA REED\n'] }),
  response: {
    200: Type.Object({
      ...Changed.properties,
      notes: Type.Array(Type.String(), {
        description: 'What was skipped and why, and the encoding of the text if it is not UTF-8.',
      }),
    }),
  },
};
const SUGGESTIONS = {
  tags,
  params,
  summary: 'Suggest aliases',
  description:
    'Pairs of names: one only logs in, the other only takes calls, in the same queues and at the same time. The check ' +
    '`LIKELY_ALIASES` of `dataQuality` finds the same pairs in the same range.',
  querystring: Type.Object({
    from: nullish(Type.String(), { description: '`2026-04-22`. Default: six days before `to`.' }),
    to: nullish(Type.String(), { description: 'Included. Default: today.' }),
  }),
  response: {
    200: Type.Array(
      Type.Object({
        ...Alias.properties,
        source: Type.String({ description: 'The feed.' }),
        isLikely: Type.Boolean({
          description: 'True: no other agent matches, or the directory has the agent under this name.',
        }),
        others: Type.Array(WireId, { description: 'Other agents that match the name.' }),
        from: Instant,
        to: Instant,
      }),
    ),
  },
};

export const ALIAS_CALLS = {
  list: LIST,
  add: ADD,
  remove: REMOVE,
  import: IMPORT,
  suggestions: SUGGESTIONS,
};
