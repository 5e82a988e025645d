// An agents file (CSV) into the directory, or into a preview of what it would change.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { LIMITS } from '../../limits.ts';
import { REPORT_HEADERS } from '../../report/columns/columns.ts';
import { type AgentChange, applyAgents, planAgents } from '../../directory/agents/agents.ts';
import { parseAgentsCsv } from '../../directory/agents/agents-file.ts';
import type { ApiContext } from '../context.ts';
import { recordAction, requireAdministratorOf, signedIn } from '../guard.ts';
import { PathId, WireId, wireId } from '../schema/ids.ts';
import type { SchemaTypes } from '../schema/schema.ts';
import { readTextFiles } from '../http/text-files.ts';

const FromTo = Type.Object({ from: Type.String(), to: Type.String() });

const schema = {
  tags: ['Directory'],
  summary: 'Import agents from a CSV file, or see what that would change',
  description:
    'The first line names columns among agent_id, first_name, last_name, username, email, team, agent_group_id, ' +
    'agent_group_name, external_agent_id, dial_group_id, dial_group_name, agent_type, is_active, is_deleted and valid_from. ' +
    'A row holds from its valid_from on (an ISO date or time; without one, from now on). Columns that are not there keep what ' +
    'is known; empty cells empty it. The same file again changes nothing. Any content type is read as text: UTF-8, what is not ' +
    'that as Windows-1252, or UTF-16 with a byte order mark. Delimiters may be commas, semicolons, tabs or pipes; the report’s own ' +
    'names of columns (Agent ID, First Name, …, Dial Group) are understood, and its other columns are left out. A file with ' +
    'mistakes is answered with all of them (validationErrors, with line and column, the first ' +
    `${LIMITS.listedMistakes}), and nothing is written.`,
  consumes: ['text/csv'],
  params: Type.Object({ accountId: PathId }),
  querystring: Type.Object({
    preview: Type.Optional(Type.Boolean({ description: 'True: nothing is written.' })),
  }),
  body: Type.String({ examples: ['agent_id,first_name,last_name,team\n1111111,John,Smiths,Red\n'] }),
  response: {
    200: Type.Object({
      new: Type.Integer({ description: 'Agents that were not known.' }),
      changed: Type.Integer(),
      unchanged: Type.Integer({ description: 'Rows that say what is known already.' }),
      note: Type.Optional(Type.String({ description: 'How the text was read, where it is not UTF-8.' })),
      changes: Type.Array(
        Type.Object({
          agentId: WireId,
          validFrom: Type.String({ description: 'UTC, ISO 8601.' }),
          kind: Type.Enum(['NEW', 'CHANGED']),
          fields: Type.Record(Type.String(), FromTo, { description: 'By column: what differs.' }),
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
        validFrom: new Date(validFromMs).toISOString(),
        kind,
        fields,
      })),
  };
}
