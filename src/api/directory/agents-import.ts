// Imports an agents file (CSV) into the directory, or previews what it would change.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { LIMITS } from '../../limits.ts';
import { REPORT_HEADERS } from '../../report/columns/columns.ts';
import { type AgentChange, applyAgents, planAgents } from '../../directory/agents/agents.ts';
import { parseAgentsCsv } from '../../directory/agents/agents-file.ts';
import type { ApiContext } from '../context.ts';
import { recordAction, requireAdministratorOf, signedIn } from '../guard.ts';
import { isoInstant } from '../../time/instant.ts';
import { AccountParams, WireId, wireId } from '../schema/ids.ts';
import type { SchemaTypes } from '../schema/schema.ts';
import { readTextFiles, TEXT_ENCODINGS } from '../http/text-files.ts';

const FromTo = Type.Object({ from: Type.String(), to: Type.String() });

const schema = {
  tags: ['Directory'],
  summary: 'Import agents from a CSV file, or preview the import',
  description:
    'The first line has the column names, from agent_id, first_name, last_name, username, email, team, agent_group_id, ' +
    'agent_group_name, external_agent_id, dial_group_id, dial_group_name, agent_type, is_active, is_deleted and valid_from. ' +
    'A row applies from its valid_from (an ISO date or time; default: now). Attributes without a column do not change; empty cells ' +
    'clear them. Importing the same file again changes nothing. The delimiter may be a comma, semicolon, tab or pipe. The column ' +
    'names of the report (Agent ID, First Name, …, Dial Group) are accepted, too; its other columns are ignored. If the file has ' +
    `mistakes, nothing is imported and the first ${LIMITS.listedMistakes} are listed in validationErrors, with line and column. ` +
    TEXT_ENCODINGS,
  consumes: ['text/csv'],
  params: AccountParams,
  querystring: Type.Object({
    preview: Type.Optional(Type.Boolean({ description: 'True: nothing is imported.' })),
  }),
  body: Type.String({ examples: ['agent_id,first_name,last_name,team\n1111111,John,Smiths,Red\n'] }),
  response: {
    200: Type.Object({
      new: Type.Integer({ description: 'Number of new agents.' }),
      changed: Type.Integer(),
      unchanged: Type.Integer({ description: 'Rows that change nothing.' }),
      note: Type.Optional(Type.String({ description: 'The encoding of the text if it is not UTF-8.' })),
      changes: Type.Array(
        Type.Object({
          agentId: WireId,
          validFrom: Type.String({ description: 'UTC, ISO 8601.' }),
          kind: Type.Enum(['NEW', 'CHANGED']),
          fields: Type.Record(Type.String(), FromTo, { description: 'Changed values by column.' }),
        }),
      ),
    }),
  },
};

export async function agentsImportRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { now } = context;
  const { engine } = context.offhook;
  app.addHook('onRequest', signedIn(context));
  const noteOf = readTextFiles(app);

  app
    .withTypeProvider<SchemaTypes>()
    .post('/admin/accounts/:accountId/agentsImport', { schema, bodyLimit: LIMITS.agentsFileBytes }, async request => {
      const { accountId } = request.params;
      requireAdministratorOf(request, accountId);
      const rows = parseAgentsCsv(request.body, REPORT_HEADERS);
      const note = noteOf(request);
      if (request.query.preview) return importAnswer(await planAgents(engine, accountId, rows, now()), note);
      const changes = await applyAgents(engine, accountId, rows, now());
      const answer = importAnswer(changes, note);
      if (answer.changes.length > 0) {
        const { changes: _, note: __, ...counts } = answer;
        const detail = { change: 'AGENTS_IMPORTED', ...counts };
        await recordAction(context, request, 'DIRECTORY_CHANGED', accountId, detail);
      }
      return answer;
    });
}

function importAnswer(changes: readonly AgentChange[], note: string | undefined) {
  const count = (kind: AgentChange['kind']) => changes.filter(change => change.kind === kind).length;
  return {
    new: count('NEW'),
    changed: count('CHANGED'),
    unchanged: count('UNCHANGED'),
    ...(note !== undefined && { note }),
    changes: changes
      .filter(({ kind }) => kind !== 'UNCHANGED')
      .map(({ agentId, validFromMs, kind, fields }) => ({
        agentId: wireId(agentId),
        validFrom: isoInstant(validFromMs),
        kind,
        fields,
      })),
  };
}
