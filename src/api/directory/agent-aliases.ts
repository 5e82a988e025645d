// Agent aliases: names, interfaces and numbers that belong to the same agent.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LIMITS } from '../../limits.ts';
import { likelyAliases } from '../../quality/checks/likely-aliases.ts';
import { qualityRange } from '../../quality/range.ts';
import { readAccount } from '../../directory/accounts.ts';
import { listAliases } from '../../directory/aliases/agent-aliases.ts';
import type { AliasesApplied } from '../../ingest/sessionization/alias-changes.ts';
import { parseAliasFile } from '../../directory/aliases/alias-file.ts';
import { type AgentAlias, idByRule } from '../../directory/aliases/alias-names.ts';
import { isoInstant } from '../../time/instant.ts';
import { ALIAS_CALLS } from './agent-alias-schemas.ts';
import type { ApiContext } from '../context.ts';
import { recordAction, requireAdministratorOf, signedInScope } from '../guard.ts';
import { idText, wireId } from '../schema/ids.ts';
import { plainText } from '../schema/texts.ts';
import type { SchemaTypes } from '../schema/schema.ts';
import { readTextFiles } from '../http/text-files.ts';

const ALIASES = '/admin/accounts/:accountId/agentAliases';

export async function agentAliasRoutes(scope: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now, staleAfterMs } = context;
  const { engine, aliases } = offhook;
  const app = signedInScope(scope, context);

  app.get(ALIASES, { schema: ALIAS_CALLS.list }, async request => {
    requireAdministratorOf(request, request.params.accountId);
    return (await listAliases(engine, request.params.accountId)).map(aliasAnswer);
  });

  app.put(ALIASES, { schema: ALIAS_CALLS.add }, async request => {
    const { accountId } = request.params;
    requireAdministratorOf(request, accountId);
    const agentId = idText(request.body.agentId);
    const newAliases = request.body.aliases.map(alias => ({ agentId, alias: plainText(alias) }));
    return recordChange(context, request, 'ALIASES_ADDED', await aliases.add(accountId, newAliases, now()));
  });

  app.delete(ALIASES, { schema: ALIAS_CALLS.remove }, async request => {
    const { accountId } = request.params;
    requireAdministratorOf(request, accountId);
    const removed = await aliases.remove(accountId, [request.query.alias], now());
    return recordChange(context, request, 'ALIASES_REMOVED', removed);
  });

  app.get(`${ALIASES}/suggestions`, { schema: ALIAS_CALLS.suggestions }, async request => {
    const { accountId } = request.params;
    requireAdministratorOf(request, accountId);
    const { timezone } = await readAccount(engine, accountId);
    const clock = { nowMs: now(), staleAfterMs };
    const { from, to } = request.query;
    const range = qualityRange(from || undefined, to || undefined, timezone, clock.nowMs);
    const suggestions = await likelyAliases(engine, {
      accountIds: [accountId],
      ...range,
      clock,
      visibleGroups: new Map(),
      seesUnassigned: false,
    });
    return suggestions.map(({ fromMs, toMs, source, isLikely, others, ...alias }) => ({
      ...aliasAnswer(alias),
      source,
      isLikely,
      others: others.map(wireId),
      from: isoInstant(fromMs),
      to: isoInstant(toMs),
    }));
  });

  // In a scope of its own, because its body is a text file.
  await scope.register(child => importRoute(child, context));
}

async function importRoute(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now } = context;
  const noteOf = readTextFiles(app);
  app
    .withTypeProvider<SchemaTypes>()
    .post(`${ALIASES}Import`, { schema: ALIAS_CALLS.import, bodyLimit: LIMITS.agentsFileBytes }, async request => {
      const { accountId } = request.params;
      requireAdministratorOf(request, accountId);
      const { agentRule } = await readAccount(offhook.engine, accountId);
      const { aliases, notes } = parseAliasFile(request.body, idByRule(agentRule));
      const added = await offhook.aliases.add(accountId, aliases, now());
      const note = noteOf(request);
      const answer = await recordChange(context, request, 'ALIASES_ADDED', added);
      return { ...answer, notes: note === undefined ? notes : [note, ...notes] };
    });
}

const aliasAnswer = ({ agentId, alias }: AgentAlias) => ({ agentId: wireId(agentId), alias });

/** Records the change in the audit log and returns the answer. */
async function recordChange(
  context: ApiContext,
  request: FastifyRequest<{ Params: { accountId: string } }>,
  change: string,
  { changed, unchanged, moved, left }: AliasesApplied,
) {
  if (changed.length > 0) {
    const detail = { change, aliases: changed, moved };
    await recordAction(context, request, 'DIRECTORY_CHANGED', request.params.accountId, detail);
  }
  return { changed: changed.map(aliasAnswer), unchanged, movedEvents: moved, left: left.map(wireId) };
}
