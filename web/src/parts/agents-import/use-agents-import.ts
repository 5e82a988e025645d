// A CSV file of agents: previewed as soon as it is chosen, imported on demand.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { AGENTS_KEY, GROUPS_KEY } from '../../api/directory.ts';
import { csvUpload } from '../../api/upload.ts';

const importAgents = (accountId: string, file: File, preview: boolean) =>
  answerOf(
    api.POST('/api/v1/admin/accounts/{accountId}/agentsImport', {
      params: { path: { accountId }, query: { preview } },
      ...csvUpload(file),
    }),
  );

export function useAgentsImport(accountId: string) {
  const [file, setFile] = useState<File | null>(null);
  const client = useQueryClient();
  const preview = useMutation({ mutationFn: (chosen: File) => importAgents(accountId, chosen, true) });
  const write = useMutation({
    mutationFn: (chosen: File) => importAgents(accountId, chosen, false),
    onSuccess: () => Promise.all([AGENTS_KEY, GROUPS_KEY].map(key => client.invalidateQueries({ queryKey: [key] }))),
  });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    preview.reset();
    write.reset();
    if (chosen !== null) preview.mutate(chosen);
  };
  return {
    file,
    choose,
    /** Present until the file has been imported. */
    plan: write.data === undefined ? preview.data : undefined,
    imported: write.data,
    isImporting: write.isPending,
    error: preview.error ?? write.error,
    importFile: () => file !== null && write.mutate(file),
  };
}
