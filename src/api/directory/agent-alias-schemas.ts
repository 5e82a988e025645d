// The calls of agents' aliases, described: what they are asked with and what they answer.
import { Type } from 'typebox';
import { Instant } from '../schema/instants.ts';
import { Id, PathId, WireId } from '../schema/ids.ts';
import { SomeText } from '../schema/texts.ts';
import { absent } from '../schema/schema.ts';

const tags = ['Directory'];
const params = Type.Object({ accountId: PathId });
const Name = Type.String({ description: 'A name, interface or number as the feed writes it.' });
const Alias = Type.Object({ agentId: WireId, alias: Name });
const AliasList = Type.Array(Alias);

const Changed = Type.Object({
  changed: AliasList,
  unchanged: Type.Integer({ description: 'Aliases that were said already.' }),
  movedEvents: Type.Integer({ description: 'Stored events that are another agent’s now.' }),
  left: Type.Array(WireId, {
    description: 'Agents whose stored events stay as they are, since not all of their inputs can be read again.',
  }),
});
const answer = { response: { 200: Changed } };
const HISTORY =
  'It counts for what is stored and for what comes: the sessions are made anew, as if it had always been so. Feeds that name ' +
  'their own login sessions (`ringcx`, `offhook`, imported exports) are not concerned.';

const LIST = {
  tags,
  params,
  summary: 'The aliases of agents',
  response: { 200: AliasList },
  description: 'Names, interfaces and numbers that are one agent, by agent.',
};
const ADD = {
  tags,
  params,
  summary: 'Say that names are an agent’s',
  ...answer,
  description: `All of the aliases are added, or none. ${HISTORY}`,
  body: Type.Object(
    { agentId: Id, aliases: Type.Array(SomeText, { minItems: 1 }) },
    { examples: [{ agentId: 1004, aliases: ['DANA REED', 'Local/1004@from-queue/n'] }] },
  ),
};
const REMOVE = {
  tags,
  params,
  summary: 'Take a name from its agent',
  ...answer,
  description: 'What the alias had joined is apart again, also in what is stored.',
  querystring: Type.Object({
    alias: Type.String({ maxLength: 256, description: 'As it is listed.', examples: ['DANA REED'] }),
  }),
};
const IMPORT = {
  tags,
  params,
  summary: 'Set the aliases that a file says',
  description:
    "Rows of Asterisk's table `queue_members` (CSV, TSV or statements of a dump, with the columns membername and interface), the " +
    'output of its command `queue show`, or a CSV with the header agent_id,alias. Any content type is read as text: UTF-8, what is ' +
    `not that as Windows-1252, or UTF-16 with a byte order mark. ${HISTORY}`,
  consumes: ['text/csv'],
  body: Type.String({ examples: ['agent_id,alias\n1004,DANA REED\n'] }),
  response: {
    200: Type.Object({
      ...Changed.properties,
      notes: Type.Array(Type.String(), {
        description: 'What was left out, and why; how the text was read, where it is not UTF-8.',
      }),
    }),
  },
};
const SUGGESTIONS = {
  tags,
  params,
  summary: 'Names that are likely one agent',
  description:
    'One name only logs in and the other only takes calls, in the same queues and at the same time. The range is that of ' +
    '`dataQuality`, whose check `LIKELY_ALIASES` says the same.',
  querystring: Type.Object({
    from: absent(Type.String(), { description: '`2026-04-22`; absent: six days before `to`.' }),
    to: absent(Type.String(), { description: 'Included; absent: today.' }),
  }),
  response: {
    200: Type.Array(
      Type.Object({
        ...Alias.properties,
        source: Type.String({ description: 'The feed.' }),
        isLikely: Type.Boolean({
          description: 'True: no other agent fits, or the directory names the agent so.',
        }),
        others: Type.Array(WireId, { description: 'Agents whom the name fits as well.' }),
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
