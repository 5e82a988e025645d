// Calls that read and change aliases. Each change also applies to stored events.
import { answerOf, api } from '../../api/client.ts';
import { csvUpload } from '../../api/upload.ts';
import { counted } from '../../format/numbers.ts';

export interface Alias {
  agentId: number | string;
  alias: string;
}

export const ALIASES_KEY = 'agentAliases';
/** Queries whose answers a change affects: sessions are computed again. */
export const ALIAS_DEPENDENTS = [ALIASES_KEY, 'dataQuality', 'reportRows', 'likelyAliases'];

const PATH = '/api/v1/admin/accounts/{accountId}/agentAliases';

export const readAliases = (accountId: string) => answerOf(api.GET(PATH, { params: { path: { accountId } } }));

export const addAliases = (accountId: string, agentId: number | string, aliases: string[]) =>
  answerOf(api.PUT(PATH, { params: { path: { accountId } }, body: { agentId, aliases } }));

export const removeAlias = (accountId: string, alias: string) =>
  answerOf(api.DELETE(PATH, { params: { path: { accountId }, query: { alias } } }));

export const importAliases = (accountId: string, file: File) =>
  answerOf(
    api.POST('/api/v1/admin/accounts/{accountId}/agentAliasesImport', {
      params: { path: { accountId } },
      ...csvUpload(file),
    }),
  );

/** How many stored events a change moved to another agent. */
export function movedText(movedEvents: number): string {
  if (movedEvents === 0) return 'No stored events were affected.';
  return `${counted(movedEvents, 'stored event')} moved to another agent.`;
}
