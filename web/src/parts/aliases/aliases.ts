// Aliases of agents, asked for and changed: every change concerns what is stored, too.
import { answerOf, api } from '../../api/client.ts';
import { csvUpload } from '../../api/upload.ts';
import { formatCount } from '../../format/numbers.ts';

export interface Alias {
  agentId: number | string;
  alias: string;
}

export const ALIASES_KEY = 'agentAliases';
/** The sessions are made anew, so that reports and what is found in them are others. */
export const ALIASES_CONCERN = [ALIASES_KEY, 'dataQuality', 'reportRows', 'likelyAliases'];

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

/** What a change did to what is stored. */
export function movedText(movedEvents: number): string {
  if (movedEvents === 0) return 'No stored event is concerned.';
  return `${formatCount(movedEvents)} stored ${movedEvents === 1 ? 'event counts' : 'events count'} for another agent now.`;
}
